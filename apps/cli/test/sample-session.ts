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
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0, overheadNs: 71 })
}

/** A trace without any slice. */
export function emptyTrace(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  builder.addThread({ process, tid: 1, name: 'main' })
  return builder.build({ producer: 'test', clock: 'portable', originEpochMs: 0 })
}

export const SAMPLE_LAYOUT = { width: 80, cwd: CWD }
