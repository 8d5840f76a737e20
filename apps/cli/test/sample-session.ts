import { TraceBuilder, type Trace } from '@tracer/core'
import type { Session } from '@tracer/spool'

/** Modules of a session of which nothing is to be said. */
export const QUIET_MODULES: Session['modules'] = {
  instrumented: 1,
  functionsInstrumented: 4,
  functionsSkipped: {},
  skipped: [],
  filtered: {},
}

const CWD = '/home/ada/shop'

/** A server that handles a request and waits for its store, and a worker that was killed. */
export function sampleTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 4711, name: 'node', commandLine: ['node', 'server.ts'] })
  const site = (name: string, file: string, line: number, column: number): number =>
    builder.addSite({ kind: 'function', name, file: `${CWD}/${file}`, line, column })
  const handle = site('Server.handle', 'src/server.ts', 12, 3)
  const find = site('Store.find', 'src/store.ts', 40, 9)
  const render = site('render', 'src/templates/engine/compiled/render-to-string.ts', 7, 1)
  const escape = site(
    '(anonymous) render-to-string.ts:99:10',
    'src/templates/engine/compiled/render-to-string.ts',
    99,
    10,
  )
  const main = builder.addThread({ process, tid: 4711, name: 'main' })
  builder.addSlice(main, handle, 1_000_000, 5_000_000)
  builder.setActivation(main, builder.addSlice(main, find, 2_000_000, 3_500_000), 1, 0)
  builder.setActivation(main, builder.addSlice(main, find, 6_000_000, 6_250_000), 1, 1)
  builder.addSlice(main, render, 7_000_000, 9_000_000)
  for (let at = 7_100_000; at < 8_900_000; at += 20_000) builder.addSlice(main, escape, at, at + 10_000)
  const worker = builder.addThread({ process, tid: 2, name: 'worker 2' })
  builder.addSlice(worker, render, 3_000_000, 3_000_071)
  builder.setIncomplete(worker)
  builder.addDrop(worker, { count: 1234, startNs: 4_000_000, endNs: 5_000_000 })
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0, overheadNs: 71, overheadInsideNs: 31 })
}

/** A call on each of two threads that collections stopped, one of them within another. */
export function collectedTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  const run = builder.addSite({ kind: 'function', name: 'run', file: `${CWD}/a.js`, line: 1, column: 1 })
  const [main, pool] = ['main', 'pool'].map((name, i) => builder.addThread({ process, tid: 7 + i, name }))
  const collect = (thread: number, name: string, startNs: number, endNs: number): void => {
    const site = builder.addSite({ kind: 'collection', name, file: '', line: 0, column: 0 })
    builder.addAsyncSlice(thread, site, startNs, endNs, undefined, false, 'Garbage collection')
  }
  for (const thread of [main, pool]) builder.addSlice(thread, run, 0, 10_000_000)
  collect(main, 'major collection', 1_000_000, 4_000_000)
  collect(main, 'weak callbacks', 3_000_000, 3_500_000)
  collect(pool, 'minor collection', 5_000_000, 5_500_000)
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0 })
}

/**
 * A parser whose small functions were tick-checked after a while; some records of `next` found no
 * room. Two threads were steered, at 10 percent.
 */
export function steeredSession(): Pick<Session, 'trace' | 'costs' | 'moves' | 'leftOut'> {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 4711, name: 'node', commandLine: ['node', 'parse.ts'] })
  const [parse, next, peek, skip] = ['parse', 'next', 'peek', 'skip'].map((name, index) =>
    builder.addSite({ kind: 'function', name, file: `${CWD}/src/parse.ts`, line: index + 1, column: 1 }),
  )
  const main = builder.addThread({ process, tid: 4711, name: 'main' })
  builder.addSlice(main, parse, 0, 10_000_000)
  builder.addSlice(main, next, 1_000_000, 3_000_000)
  builder.addSlice(main, peek, 1_500_000, 2_000_000)
  builder.addUnrecorded(main, next, 60_000, 6_000_000)
  builder.addUnrecorded(main, skip, 40_000, 1_600_000)
  builder.addDrop(main, { count: 1000, startNs: 4_000_000, endNs: 5_000_000 })
  const worker = builder.addThread({ process, tid: 2, name: 'worker 2' })
  builder.addUnrecorded(worker, skip, 120, 4800)
  const probes = { overheadNs: 70, overheadInsideNs: 30, checkNs: 5, tickNs: 1_000_000 }
  const cost = { ...probes, latestTickNs: 1_100_000, budgetPercent: 10 }
  return {
    trace: builder.build({ producer: 'test', clock: 'native', originEpochMs: 0, ...probes }),
    costs: [{ ...cost, latestTickNs: 53_000_000 }, cost],
    leftOut: [],
    moves: [
      { site: next, toChecked: 2, toTimed: 1, isLearned: true, calls: 9000, meanNs: 100, reason: 'calls are short' },
      { site: skip, toChecked: 1, toTimed: 0, isLearned: false, calls: 5000, meanNs: 40, reason: 'calls are short' },
    ],
  }
}

/** A trace without any slice. */
export function emptyTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  builder.addThread({ process, tid: 1, name: 'main' })
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0 })
}

export const SAMPLE_LAYOUT = { width: 80, cwd: CWD }
