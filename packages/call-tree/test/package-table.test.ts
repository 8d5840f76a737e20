import { packageOf, TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { packageTable } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'

describe('packageTable', () => {
  it('adds up functions, calls and times, and counts a package within itself once', () => {
    const trace = traceOf([
      ['main', '/app/main.js', 0, 100],
      ['render', '/app/node_modules/eta/render.js', 10, 60],
      ['compile', '/app/node_modules/eta/compile.js', 20, 50],
      ['helper', '/app/main.js', 30, 40],
      ['render', '/app/node_modules/eta/render.js', 70, 80],
    ])
    expect(packageTable(trace)).toEqual([
      { name: '(app)', functions: 2, calls: 2, selfNs: 50, totalNs: 100 },
      { name: 'eta', functions: 2, calls: 3, selfNs: 50, totalNs: 60 },
    ])
  })

  it('counts a call once of which the first run is in no slice, and later ones are', () => {
    const trace = drawnTrace('poll 0-10 #1.1\nunrecorded poll 3x 60')
    expect(packageTable(trace)).toMatchObject([{ functions: 1, calls: 3 }])
  })

  it('holds what a selection holds', () => {
    const trace = traceOf([
      ['main', '/app/main.js', 0, 100],
      ['render', '/app/node_modules/eta/render.js', 10, 60],
    ])
    const part = { sites: ({ file }: { file: string }) => packageOf(file) === 'eta' }
    expect(packageTable(trace, part)).toEqual([{ name: 'eta', functions: 1, calls: 1, selfNs: 50, totalNs: 50 }])
  })
})

function traceOf(calls: readonly (readonly [name: string, file: string, startNs: number, endNs: number])[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: '' })
  for (const [name, file, startNs, endNs] of calls) {
    builder.addSlice(thread, builder.addSite({ kind: 'function', name, file, line: 1, column: 1 }), startNs, endNs)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}
