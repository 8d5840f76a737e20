import { TraceBuilder, type Trace } from '@tracer/core'

/**
 * Makes a trace of a drawing, so that a test shows what it is about:
 *
 * ```
 * thread main            a new thread; without it there is one
 * load 0-30              a slice: name, start and end in nanoseconds
 *   parse 5-20           nesting follows from the times; indentation is for the reader
 *   fetch 20-25 #1.0     run 0 of activation 1
 * fetch 30-40 #1.1
 * span load-all 0-40     an asynchronous span
 * unrecorded scan 12x 40 calls in no slice, and their estimated time together
 * unrecorded poll 2x 40 +5 the same, with later runs that are in no slice
 * probes 8/3             cost of a pair of probes, and the part of it inside the slice
 * ```
 */
export function drawnTrace(drawing: string): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  let threads = 0
  const addThread = (name: string): number => builder.addThread({ process, tid: ++threads, name })
  let probes = { overheadNs: 0, overheadInsideNs: 0 }
  let thread = drawing.includes('thread ') ? -1 : addThread('main')

  for (const line of drawing.split('\n').map((text) => text.trim())) {
    if (line === '') continue
    const threadName = /^thread (.+)$/.exec(line)?.[1]
    if (threadName !== undefined) {
      thread = addThread(threadName)
      continue
    }
    const cost = /^probes (\d+)\/(\d+)$/.exec(line)
    if (cost !== null) {
      probes = { overheadNs: Number(cost[1]), overheadInsideNs: Number(cost[2]) }
      continue
    }
    const unrecorded = /^unrecorded (\S+) (\d+)x (\d+)(?: \+(\d+))?$/.exec(line)
    if (unrecorded !== null) {
      const [, name, calls, estimatedNs, laterRuns = 0] = unrecorded
      const site = builder.addSite({ kind: 'function', name, file: 'app.ts', line: 1, column: 1 })
      builder.addUnrecorded(thread, site, Number(calls), Number(estimatedNs), Number(laterRuns))
      continue
    }
    const slice = /^(?<span>span )?(?<name>\S+) (?<start>\d+)-(?<end>\d+)(?: #(?<activation>\d+)\.(?<run>\d+))?$/.exec(
      line,
    )
    if (slice?.groups === undefined) throw new Error(`Not a line of a drawn trace: ${line}`)
    const { span, name, start, end, activation, run } = slice.groups
    const kind = span === undefined ? 'function' : 'async-span'
    const site = builder.addSite({ kind, name, file: 'app.ts', line: 1, column: 1 })
    if (span !== undefined) {
      builder.addAsyncSlice(thread, site, Number(start), Number(end))
      continue
    }
    const position = builder.addSlice(thread, site, Number(start), Number(end))
    if (activation !== undefined) builder.setActivation(thread, position, Number(activation), Number(run))
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, ...probes })
}
