import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { filtered, type FilterOptions } from '../src/formats/trace-filter.js'

const NOTHING: FilterOptions = {
  include: [],
  exclude: [],
  maxDepth: undefined,
  minDuration: undefined,
  range: undefined,
}

const parts: [Partial<FilterOptions>, string[]][] = [
  [{ include: ['src'] }, ['main', 'find']],
  [{ include: ['src/db', 'lib'] }, ['find', 'log']],
  [{ exclude: ['lib/**', 'app.ts'] }, ['find']],
  [{ include: ['src'], exclude: ['db'] }, ['main']],
  [{ maxDepth: 1 }, ['main']],
  [{ minDuration: 40, include: ['src'] }, ['main']],
  [{ range: { fromNs: 0, toNs: 30 }, exclude: ['app.ts'] }, ['find']],
]

describe('filtered', () => {
  it.each(parts)('keeps what %j names', (options, names) => {
    expect(namesIn(filtered(sample(), { ...NOTHING, ...options }))).toEqual(names)
  })

  it('is the trace itself when nothing is named', () => {
    const trace = sample()
    expect(filtered(trace, NOTHING)).toBe(trace)
  })
})

function sample(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const add = (name: string, file: string, startNs: number, endNs: number): number =>
    builder.addSlice(thread, builder.addSite({ kind: 'function', name, file, line: 1, column: 1 }), startNs, endNs)
  add('main', '/shop/src/app.ts', 0, 100)
  add('find', '/shop/src/db/store.ts', 10, 40)
  add('log', '/shop/lib/log.ts', 50, 95)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

function namesIn({ tracks, sites }: Trace): string[] {
  return tracks.flatMap((track) =>
    track.kind === 'counter' ? [] : Array.from(track.slices.site, (site) => sites[site].name),
  )
}
