import { TraceBuilder, type Trace } from '@tracer/core'

/** A call: its function, and when it began and ended. */
export type DrawnCall = readonly [name: string, startMs: number, endMs: number]

/** A trace of one thread with these calls, a parent before its children; each function is in a file of its own name. */
export function traceOfCalls(calls: readonly DrawnCall[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  for (const [name, startMs, endMs] of calls) {
    const site = builder.addSite({ kind: 'function', name, file: `/srv/${name}.ts`, line: 3, column: 1 })
    builder.addSlice(thread, site, startMs * 1e6, endMs * 1e6)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}
