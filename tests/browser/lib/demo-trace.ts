import { TraceBuilder, type Trace } from '@tracer/core'

const MS = 1e6

const SOURCE = `import { parse } from 'lib'

export function main() {
  for (const text of load()) parse(text)
}

function load() {
  return ['1', '2', '3']
}
`

/**
 * A program of 100 ms: `main` calls `load` once and `parse` of a package `parses` times, each a little longer than the
 * one before, and stands in `parseLine`; `job` runs on a worker that `load` set going.
 */
export function demoTrace(parses = 4, parseLine = 7): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 10, name: 'demo', commandLine: ['node', '/app/demo.js'] })
  const main = builder.addThread({ process, tid: 10, name: 'main' })
  const worker = builder.addThread({ process, tid: 11, name: 'worker' })
  const site = (name: string, file: string, line: number): number =>
    builder.addSite({ kind: 'function', name, file, line, column: 1 })
  const parse = site('parse', '/app/node_modules/lib/index.js', parseLine)
  builder.addSlice(main, site('main', '/app/demo.js', 3), 0, 100 * MS)
  const load = builder.addSlice(main, site('load', '/app/demo.js', 7), 5 * MS, 25 * MS)
  builder.setArgs(main, load, JSON.stringify({ path: '/etc/<b>data</b>', return: [1, 2, 3] }))
  for (let nth = 0; nth < parses; nth++) {
    builder.addSlice(main, parse, (30 + nth * 10) * MS, (31 + nth * 10 + nth) * MS)
  }
  const job = builder.addSlice(worker, site('job', '/app/worker.js', 1), 40 * MS, 80 * MS)
  builder.addFlowToSlice('job', main, load)
  builder.addFlowToSlice('job', worker, job)
  const ready = builder.addSite({ kind: 'instant', name: 'ready', file: '', line: 0, column: 0 })
  builder.addInstant(main, ready, 26 * MS, JSON.stringify({ rows: 3 }))
  for (let at = 0; at <= 100; at += 10) builder.addSample(main, 'heap', 'MB', at * MS, 20 + at)
  builder.addSource('/app/demo.js', SOURCE)
  return builder.build({ producer: 'demo', clock: 'monotonic', originEpochMs: Date.UTC(2026, 0, 2), originNs: 0 })
}
