import { describe, expect, it } from 'vitest'
import { TraceBuilder, filterTrace, type EventFilter, type Trace } from '../src/index.js'
import { formatTrace, lines } from './support/format-trace.js'

/** Slices in the form of `formatTrace`, one async slice, one instant, one sample. */
const TREE = `
  0-100 a
    10-50 b{"n":1}
      20-30 d
      30-~40 e
    60-70 c
  200-300 b
`

describe('filterTrace', () => {
  it.each<[string, string, string]>([
    ['nothing', '', TREE],
    [
      'a level in between',
      'b',
      `
        0-100 a
          20-30 d
          30-~40 e
          60-70 c
      `,
    ],
    [
      'a root',
      'a',
      `
        10-50 b{"n":1}
          20-30 d
          30-~40 e
        60-70 c
        200-300 b
      `,
    ],
    ['several levels', 'a b', '\n20-30 d\n30-~40 e\n60-70 c'],
    ['leaves', 'c d e', '\n0-100 a\n  10-50 b{"n":1}\n200-300 b'],
  ])('moves children up when it rejects %s', (_, names, expected) => {
    const filtered = filterTrace(parse(TREE), without(names.split(' ')))
    expect(formatTrace(filtered)).toBe(`${lines(expected).replaceAll(/^/gm, '  ')}\n  @5 i\ncounter q.n: @5 1`)
  })

  it('rejects what any of several filters rejects', () => {
    const filtered = filterTrace(parse(TREE), [without(['a', 'b']), without(['d', 'e'])])
    expect(formatTrace(filtered)).toBe('  60-70 c\n  @5 i\ncounter q.n: @5 1')
  })

  it('leaves calls that are in no slice as they are', () => {
    const builder = new TraceBuilder()
    const thread = addMain(builder)
    const hot = builder.addSite({ kind: 'function', name: 'hot', file: '', line: 0, column: 0 })
    builder.addSlice(thread, hot, 0, 10)
    builder.addUnrecorded(thread, hot, 12, 40)
    const trace = builder.build({ producer: 'test', clock: 'manual', originEpochMs: 0 })
    expect(filterTrace(trace, without(['hot'])).unrecorded).toBe(trace.unrecorded)
  })

  it('shows filters the slices as they were', () => {
    const onlyRoots: EventFilter = { id: 'roots', keeps: (_site, slices, i) => slices.depth[i] === 0 }
    const filtered = filterTrace(parse(TREE), [onlyRoots, without(['a'])])
    expect(formatTrace(filtered)).toBe('  200-300 b\n  @5 i\ncounter q.n: @5 1')
  })

  it('filters asynchronous slices too, and drops a track when none is left', () => {
    const builder = new TraceBuilder()
    const thread = addMain(builder)
    for (const [name, start] of [
      ['x', 0],
      ['y', 1],
    ] as const) {
      const site = builder.addSite({ kind: 'async-span', name, file: '', line: 0, column: 0 })
      builder.addAsyncSlice(thread, site, start, 10, `{"of":"${name}"}`)
    }
    expect(formatTrace(filterTrace(build(builder), without(['x'])))).toBe('async y\n  1-10 y{"of":"y"}')
  })

  it('lets the first run that stays stand for the call', () => {
    const builder = new TraceBuilder()
    const thread = addMain(builder)
    const site = builder.addSite({ kind: 'function', name: 'f', file: '', line: 0, column: 0 })
    for (const run of [0, 1, 2]) {
      const position = builder.addSlice(thread, site, run * 10, run * 10 + 5 + run)
      builder.setActivation(thread, position, 9, run)
    }
    const longer: EventFilter = { id: 'longer', keeps: (_site, slices, i) => slices.durationNs[i] > 5 }
    expect(formatTrace(build(builder))).toBe('  0-5 f #9\n  10-16 f #-9\n  20-27 f #-9')
    expect(formatTrace(filterTrace(build(builder), longer))).toBe('  10-16 f #9\n  20-27 f #-9')
  })

  it('leaves the trace that it was given alone', () => {
    const trace = parse(TREE)
    const before = formatTrace(trace)
    filterTrace(trace, without(['a', 'b', 'c', 'd', 'e']))
    expect(formatTrace(trace)).toBe(before)
    expect(filterTrace(trace, [])).toBe(trace)
  })
})

function without(names: readonly string[]): EventFilter {
  return { id: 'without', keeps: (site) => !names.includes(site.name) }
}

function parse(text: string): Trace {
  const builder = new TraceBuilder()
  const thread = addMain(builder)
  for (const [, start, open, end, name, args] of text.matchAll(/(\d+)-(~?)(\d+) (\w+)(\{.*\})?/g)) {
    const site = builder.addSite({ kind: 'function', name, file: '', line: 0, column: 0 })
    const position = builder.addSlice(thread, site, Number(start), Number(end))
    if (open !== '') builder.setUnfinished(thread, position)
    if (args !== undefined) builder.setArgs(thread, position, args)
  }
  builder.addInstant(thread, builder.addSite({ kind: 'instant', name: 'i', file: '', line: 0, column: 0 }), 5)
  builder.addSample(thread, 'q', 'n', 5, 1)
  return build(builder)
}

function addMain(builder: TraceBuilder): number {
  const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
  return builder.addThread({ process, tid: 1, name: 'main' })
}

function build(builder: TraceBuilder): Trace {
  return builder.build({ producer: 'test', clock: 'manual', originEpochMs: 0 })
}
