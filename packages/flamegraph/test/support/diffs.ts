import { callTree, diffTrees } from '@tracer/call-tree'
import { TraceBuilder, type Trace } from '@tracer/core'
import type { DiffContent } from '../../src/index.js'

/** A call: its function, and when it began and ended, in nanoseconds. */
export type DrawnCall = readonly [name: string, startNs: number, endNs: number]

export function diffOf(before: readonly DrawnCall[], after: readonly DrawnCall[]): DiffContent {
  const [first, second] = [before, after].map((calls) => {
    const trace = traceOf(calls)
    return { trace, tree: callTree(trace) }
  })
  return { diff: diffTrees(first, second) }
}

function traceOf(calls: readonly DrawnCall[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  for (const [name, startNs, endNs] of calls) {
    const site = builder.addSite({ kind: 'function', name, file: '/srv/app.ts', line: 1, column: 1 })
    builder.addSlice(thread, site, startNs, endNs)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}
