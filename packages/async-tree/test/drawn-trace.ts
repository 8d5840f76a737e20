import { TraceBuilder, type Trace } from '@tracer/core'

/**
 * Makes a trace of a drawing, so that a test shows what it is about. Times are milliseconds:
 *
 * ```
 * thread main                  a new thread; without it there is one
 * load 0-30                    a slice: name, start and end
 *   parse 5-20                 nesting follows from the times; indentation is for the reader
 *   fetch 20-25 #1.0           run 0 of activation 1
 * fetch 30-31 #1.1 unfinished  the last run, and no settlement
 * tick 30-40 after Timeout/10  what it was called back for, and how long a timer was to wait
 * module app 0-10              the body of a module
 * span job 0-40                an asynchronous span
 * flow main 12 -> tick 30      an arrow from the slice that is open on a thread to the next one on another or the same
 * ```
 */
export function drawnTrace(drawing: string): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const threads: string[] = []
  const addThread = (name: string): number => {
    threads.push(name)
    return builder.addThread({ process, tid: threads.length, name })
  }
  let thread = drawing.includes('thread ') ? -1 : addThread('main')
  let flows = 0
  for (const line of drawing.split('\n').map((text) => text.trim())) {
    if (line === '') continue
    const threadName = /^thread (.+)$/.exec(line)?.[1]
    if (threadName !== undefined) {
      thread = addThread(threadName)
      continue
    }
    const flow = /^flow (\S+) ([\d.]+) -> (\S+) ([\d.]+)$/.exec(line)
    if (flow !== null) {
      const key = `flow ${++flows}`
      builder.addFlow(key, threads.indexOf(flow[1]), ns(flow[2]))
      builder.addFlow(key, threads.indexOf(flow[3]), ns(flow[4]), 'next')
      continue
    }
    const slice = SLICE.exec(line)?.groups
    if (slice === undefined) throw new Error(`Not a line of a drawn trace: ${line}`)
    const { kind, name, start, end, activation, run, unfinished, after, ms } = slice as Record<
      string,
      string | undefined
    >
    const siteKind = kind === 'span' ? 'async-span' : kind === 'module' ? 'module' : 'function'
    const site = builder.addSite({
      kind: siteKind,
      name: name ?? '',
      file: BUILT_INS.get(name ?? '') ?? 'app.ts',
      line: 1,
      column: 1,
    })
    if (kind === 'span') {
      builder.addAsyncSlice(thread, site, ns(start), ns(end))
      continue
    }
    const position = builder.addSlice(thread, site, ns(start), ns(end))
    if (activation !== undefined) builder.setActivation(thread, position, Number(activation), Number(run))
    if (unfinished !== undefined) builder.setUnfinished(thread, position)
    if (after !== undefined) {
      builder.setArgs(thread, position, JSON.stringify({ after, ...(ms !== undefined && { ms: Number(ms) }) }))
    }
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

/** Files of functions that are known by name. */
const BUILT_INS = new Map([
  ['receiveMessageOnPort', 'node:worker_threads'],
  ['Atomics.wait', 'node:atomics'],
])

const SLICE =
  /^(?:(?<kind>span|module) )?(?<name>\S+) (?<start>[\d.]+)-(?<end>[\d.]+)(?: #(?<activation>\d+)\.(?<run>\d+))?(?<unfinished> unfinished)?(?: after (?<after>\w+)(?:\/(?<ms>\d+))?)?$/

function ns(ms: string | undefined): number {
  return Math.round(Number(ms) * 1e6)
}
