import { describe, expect, it } from 'vitest'
import { callTree, functionTable, inverted, invertedTree, timeTree, type TrackSelection } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTable, formattedTree, text } from './formatted.js'

const RUN = `
  main 0-100
    load 0-30
      parse 10-20
    load 30-40
    log 40-45
    load 50-60
      parse 52-54
`

describe('timeTree', () => {
  it('puts calls together that follow one another, and no others', () => {
    const trace = drawnTrace(RUN)
    expect(formattedTree(trace, timeTree(trace))).toBe(
      text(`
        main 1x self 45 total 100
          load 2x self 30 total 40
            parse 1x self 10 total 10
          log 1x self 5 total 5
          load 1x self 8 total 10
            parse 1x self 2 total 2
      `),
    )
  })

  it('puts the calls below those together, too', () => {
    const trace = drawnTrace('a 0-10\n  b 1-4\n  c 5-8\na 10-20\n  c 11-13\n  b 14-15')
    expect(formattedTree(trace, timeTree(trace))).toBe(
      text(`
        a 2x self 11 total 20
          b 1x self 3 total 3
          c 2x self 5 total 5
          b 1x self 1 total 1
      `),
    )
  })

  it('keeps threads apart', () => {
    const trace = drawnTrace('thread main\nwork 0-10\nthread worker\nwork 0-30')
    expect(formattedTree(trace, timeTree(trace))).toBe('work 1x self 10 total 10\nwork 1x self 30 total 30')
  })
})

describe('invertedTree', () => {
  it('has functions at the top, and their callers below, with the time that came from each', () => {
    const trace = drawnTrace(`main 0-60\n  load 0-25\n    parse 5-25\n  parse 30-40`)
    expect(formattedTree(trace, invertedTree(trace))).toBe(
      text(`
        parse 2x self 0 total 30
          load 1x self 0 total 20
            main 1x self 20 total 20
          main 1x self 10 total 10
        main 1x self 25 total 25
        load 1x self 0 total 5
          main 1x self 5 total 5
      `),
    )
  })

  it('takes in all as long as the calls did', () => {
    const trace = drawnTrace(RUN)
    expect(invertedTree(trace).rootNs).toBe(100)
  })

  it('ends where less time came from than is asked for', () => {
    const trace = drawnTrace(`main 0-60\n  load 0-25\n    parse 5-25\n  parse 30-40`)
    expect(formattedTree(trace, inverted(callTree(trace), { leastNs: 15 }))).toBe(
      text(`
        parse 2x self 0 total 30
          load 1x self 0 total 20
            main 1x self 20 total 20
          main 1x self 10 total 10
        main 1x self 25 total 25
        load 1x self 5 total 5
      `),
    )
  })

  it('has one function at the top, when asked for that', () => {
    const trace = drawnTrace(`main 0-60\n  load 0-25\n    parse 5-25\n  parse 30-40`)
    const root = trace.sites.findIndex(({ name }) => name === 'load')
    expect(formattedTree(trace, inverted(callTree(trace), { root }))).toBe(
      text(`
        load 1x self 0 total 5
          main 1x self 5 total 5
      `),
    )
  })
})

const parts: Record<string, { part: TrackSelection; tree: string; table: string }> = {
  'a range of time, with what is cut off at its ends': {
    part: { range: { fromNs: 15, toNs: 53 } },
    tree: `
      main 1x self 5 total 38
        load 3x self 22 total 28
          parse 2x self 6 total 6
        log 1x self 5 total 5
    `,
    table: `
      load: 3 calls, self 22, total 28, mean 9.333333333333334, min 3, max 15
      parse: 2 calls, self 6, total 6, mean 3, min 1, max 5
      main: 1 calls, self 5, total 38, mean 38, min 38, max 38
      log: 1 calls, self 5, total 5, mean 5, min 5, max 5
    `,
  },
  'some functions; the time of others is that of their callers': {
    part: { sites: ({ name }) => name !== 'load' },
    tree: `
      main 1x self 83 total 100
        parse 2x self 12 total 12
        log 1x self 5 total 5
    `,
    table: `
      main: 1 calls, self 83, total 100, mean 100, min 100, max 100
      parse: 2 calls, self 12, total 12, mean 6, min 2, max 10
      log: 1 calls, self 5, total 5, mean 5, min 5, max 5
    `,
  },
  'some slices': {
    part: { slices: (_, slice) => slice >= 1 && slice <= 3 },
    tree: `
      load 2x self 30 total 40
        parse 1x self 10 total 10
    `,
    table: `
      load: 2 calls, self 30, total 40, mean 20, min 10, max 30
      parse: 1 calls, self 10, total 10, mean 10, min 10, max 10
    `,
  },
}

describe('a selection is', () => {
  it.each(Object.entries(parts))('%s', (_, { part, tree, table }) => {
    const trace = drawnTrace(RUN)
    expect(formattedTree(trace, callTree(trace, part))).toBe(text(tree))
    expect(formattedTable(trace, functionTable(trace, part))).toBe(text(table))
  })

  it('without the slices that touch a range from outside, and with those of no length within it', () => {
    const trace = drawnTrace('a 0-10\n  b 10-10\nc 11-15\nd 20-20')
    const part = { range: { fromNs: 10, toNs: 20 } }
    expect(formattedTree(trace, callTree(trace, part))).toBe('c 1x self 4 total 4\nb 1x self 0 total 0')
  })

  it('a range that counts a call of which a later run lies within it', () => {
    const trace = drawnTrace('load 0-10 #1.0\nload 20-24 #1.1\nload 30-33 #1.2')
    const part = { range: { fromNs: 15, toNs: 40 } }
    expect(formattedTable(trace, functionTable(trace, part))).toBe(
      'load: 1 calls, 2 runs, self 7, total 7, mean 7, min 7, max 7',
    )
  })

  it('without calls of which the time is not known, when it is a part of the time', () => {
    const trace = drawnTrace('a 0-10\nunrecorded a 5x 20\nunrecorded b 2x 2')
    const calls = (part: TrackSelection): number[] => functionTable(trace, part).map((row) => row.calls)
    expect(calls({})).toEqual([6, 2])
    expect(calls({ sites: ({ name }) => name === 'b' })).toEqual([2])
    expect(calls({ range: { fromNs: 0, toNs: 10 } })).toEqual([1])
  })
})
