import { describe, expect, it } from 'vitest'
import { functionTable } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { formattedTable, text } from './formatted.js'

const tables: Record<string, { drawing: string; table: string }> = {
  'takes the time of callees from self, not from total': {
    drawing: `
      main 0-100
        parse 10-40
          scan 15-20
        run 40-90
    `,
    table: `
      run: 1 calls, self 50, total 50, mean 50, min 50, max 50
      parse: 1 calls, self 25, total 30, mean 30, min 30, max 30
      main: 1 calls, self 20, total 100, mean 100, min 100, max 100
      scan: 1 calls, self 5, total 5, mean 5, min 5, max 5
    `,
  },
  'counts recursion once in totals, and each call in mean and max': {
    drawing: `
      fib 0-100
        fib 10-50
          fib 20-30
        fib 50-90
      fib 100-110
    `,
    table: `
      fib: 5 calls, self 110, total 110, mean 40, min 10, max 100
    `,
  },
  'counts recursion through another function once': {
    drawing: `
      a 0-100
        b 10-90
          a 20-80
            b 30-70
    `,
    table: `
      b: 2 calls, self 60, total 80, mean 60, min 40, max 80
      a: 2 calls, self 40, total 100, mean 80, min 60, max 100
    `,
  },
  'counts the runs of an activation as one call, and sums their time': {
    drawing: `
      main 0-20
        load 5-10 #1.0
        load 12-14 #2.0
      load 30-50 #1.1
      load 60-64 #2.1
      load 70-71
    `,
    table: `
      load: 3 calls, 5 runs, self 32, total 32, mean ${32 / 3}, min 1, max 25
      main: 1 calls, self 13, total 20, mean 20, min 20, max 20
    `,
  },
  'counts an activation whose first run the trace does not hold': {
    drawing: `
      load 10-20 #7.1
      load 30-40 #7.2
    `,
    table: `
      load: 1 calls, 2 runs, self 20, total 20, mean 20, min 20, max 20
    `,
  },
  'keeps activations of one number apart when they are of two functions, and knows any number': {
    drawing: `
      load 0-10 #1.0
      save 20-23 #1.0
      load 30-40 #1.1
      save 50-52 #1.1
      load 60-61 #1000000000.0
      load 70-72 #1000000000.1
    `,
    table: `
      load: 2 calls, 4 runs, self 23, total 23, mean 11.5, min 3, max 20
      save: 1 calls, 2 runs, self 5, total 5, mean 5, min 5, max 5
    `,
  },
  'keeps the activations of threads apart': {
    drawing: `
      thread main
      load 0-10 #1.0
      load 20-30 #1.1
      thread worker
      load 0-5 #1.0
    `,
    table: `
      load: 2 calls, 3 runs, self 25, total 25, mean 12.5, min 5, max 20
    `,
  },
  'counts slices that fit in no nest, and no asynchronous spans': {
    drawing: `
      a 0-10
      b 5-15
      span waiting 0-100
    `,
    table: `
      a: 1 calls, self 10, total 10, mean 10, min 10, max 10
      b: 1 calls, self 10, total 10, mean 10, min 10, max 10
    `,
  },
  'counts calls that are in no slice, and keeps their time apart': {
    drawing: `
      main 0-100
        parse 10-40
      unrecorded parse 12x 600
      unrecorded scan 5x 40
    `,
    table: `
      main: 1 calls, self 70, total 100, mean 100, min 100, max 100
      parse: 13 calls (1 recorded, others ~600), self 30, total 30, mean 30, min 30, max 30
      scan: 5 calls (0 recorded, others ~40), self 0, total 0, mean 0, min 0, max 0
    `,
  },
  'counts runs that are in no slice, of calls that are and that are not': {
    drawing: `
      poll 0-10 #1.0
      poll 20-30 #1.1
      unrecorded poll 0x 60 +3
      unrecorded scan 5x 40 +7
    `,
    table: `
      poll: 1 calls, 5 runs, self 20, total 20, mean 20, min 20, max 20
      scan: 5 calls (0 recorded, others ~40), 12 runs, self 0, total 0, mean 0, min 0, max 0
    `,
  },
  'counts a call once of which the first run is in no slice, and later ones are': {
    drawing: `
      poll 0-10 #1.1
      poll 20-30 #1.2
      poll 40-50 #2.0
      unrecorded poll 3x 60
    `,
    table: `
      poll: 4 calls (2 recorded, others ~60), 6 runs, self 30, total 30, mean 15, min 10, max 20
    `,
  },
  'counts a call of which the first run is in no part of the trace': {
    drawing: `
      poll 0-10 #1.1
      poll 20-30 #1.2
    `,
    table: `
      poll: 1 calls, 2 runs, self 20, total 20, mean 20, min 20, max 20
    `,
  },
  'takes what probes cost from the slice and from what is around it': {
    drawing: `
      probes 8/3
      main 0-100
        parse 10-40
          scan 15-25
        run 40-90
    `,
    table: `
      run: 1 calls, self 47, total 47, mean 47, min 47, max 47
      parse: 1 calls, self 12, total 19, mean 19, min 19, max 19
      main: 1 calls, self 7, total 73, mean 73, min 73, max 73
      scan: 1 calls, self 7, total 7, mean 7, min 7, max 7
    `,
  },
  'gives no time below 0, and lets short calls make up for long ones': {
    drawing: `
      probes 8/6
      a 0-2
      a 10-20
      b 20-21
    `,
    table: `
      a: 2 calls, self 0, total 0, mean 0, min 0, max 4
      b: 1 calls, self 0, total 0, mean 0, min 0, max 0
    `,
  },
  'takes what probes cost from each run of an activation': {
    drawing: `
      probes 8/3
      load 0-10 #1.0
      load 30-50 #1.1
    `,
    table: `
      load: 1 calls, 2 runs, self 24, total 24, mean 24, min 24, max 24
    `,
  },
  'knows calls that took no time': {
    drawing: `
      a 0-0
      a 5-9
    `,
    table: `
      a: 2 calls, self 4, total 4, mean 2, min 0, max 4
    `,
  },
}

describe('functionTable', () => {
  it.each(Object.entries(tables))('%s', (_, { drawing, table }) => {
    const trace = drawnTrace(drawing)
    expect(formattedTable(trace, functionTable(trace))).toBe(text(table))
  })

  it('is empty for a trace without slices', () => {
    expect(functionTable(drawnTrace(''))).toEqual([])
  })

  it('gives the times as they were recorded when asked to', () => {
    const trace = drawnTrace('probes 8/3\nmain 0-100\n  parse 10-40')
    expect(formattedTable(trace, functionTable(trace, { raw: true }))).toBe(
      'main: 1 calls, self 70, total 100, mean 100, min 100, max 100\nparse: 1 calls, self 30, total 30, mean 30, min 30, max 30',
    )
  })

  it('looks at the chosen threads only', () => {
    const trace = drawnTrace(`
      thread main
      a 0-10
      thread worker
      b 0-20
      unrecorded a 5x 9
    `)
    expect(formattedTable(trace, functionTable(trace, { threads: [0] }))).toBe(
      'a: 1 calls, self 10, total 10, mean 10, min 10, max 10',
    )
  })
})
