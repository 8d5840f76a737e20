import { describe, expect, it } from 'vitest'
import { reportLines } from '../src/commands/report.js'
import type { ReportOptions } from '../src/options/report-options.js'
import { textWidth } from '../src/text/cell.js'
import { styleFor } from '../src/text/style.js'
import { asyncTrace } from './async-trace.js'
import { captured, lines } from './captured.js'
import { REPORT_DEFAULTS } from './report-options.js'
import { collectedTrace, emptyTrace, SAMPLE_LAYOUT, sampleTrace, steeredSession } from './sample-session.js'

const plain = styleFor(captured(), {})

function report(options: Partial<ReportOptions> = {}, width = 80): string[] {
  return reportLines(sampleTrace(), { ...REPORT_DEFAULTS, ...options }, { ...SAMPLE_LAYOUT, width }, plain)
}

describe('report', () => {
  it('shows the functions and the call tree', () => {
    expect(report()).toEqual(
      lines(`
        94 calls of 4 functions in 8.00 ms, 2 threads, 1 process
        1,234 events more were dropped.

           Self    Total  Calls     Mean      Max  Function       Position
        2.50 ms  4.00 ms      1  4.00 ms  4.00 ms  Server.handle  src/server.ts:12:3
        1.75 ms  1.75 ms      1  1.75 ms  1.75 ms  Store.find     src/store.ts:40:9
        1.10 ms  1.99 ms      2   997 µs  1.99 ms  render         …nder-to-string.ts:7:1
         897 µs   897 µs     90  9.97 µs  9.97 µs  (anonymous)    …er-to-string.ts:99:10

                 Total     Self  Calls  Function
        64.1%  4.00 ms  2.50 ms      1  Server.handle
        24.0%  1.50 ms  1.50 ms      1    Store.find
        31.9%  1.99 ms  1.10 ms      2  render
        14.4%   897 µs   897 µs     90    (anonymous) render-to-string.ts:99:10
         4.0%   250 µs   250 µs         Store.find, resumed 1 time

          Times  are without what the probes cost, about 71 ns a call: --raw shows them
                 as recorded
      `),
    )
  })

  it('says how much of a whole run was garbage collection', () => {
    const shown = (options: Partial<ReportOptions>): string[] =>
      reportLines(collectedTrace(), { ...REPORT_DEFAULTS, ...options }, SAMPLE_LAYOUT, plain)
    expect(shown({}).slice(0, 3)).toEqual([
      '2 calls of 1 function in 10.0 ms, 2 threads, 1 process',
      '  Garbage  3 collections took 3.50 ms; most on main: 3.00 ms, 30.0% of the run;',
      '           the longest: major collection, 3.00 ms',
    ])
    expect(shown({ thread: ['pool'] }).join('\n')).not.toContain('Garbage')
  })

  it.each([
    ['self', ['parse', 'next', 'skip', 'peek']],
    ['total', ['parse', 'next', 'skip', 'peek']],
    ['calls', ['next', 'skip', 'parse', 'peek']],
  ] as const)('sorts by %s with estimates in it', (sort, names) => {
    const { trace } = steeredSession()
    const shown = reportLines(trace, { ...REPORT_DEFAULTS, sort }, SAMPLE_LAYOUT, plain).slice(4, 8)
    expect(shown.map((line) => /(\w+) +src/.exec(line)?.[1])).toEqual(names)
  })

  it('shows the times as they were recorded when asked to', () => {
    const text = report({ raw: true }).join('\n')
    expect(text).toContain(' 900 µs   900 µs     90  10.0 µs  10.0 µs  (anonymous)')
    expect(text).toContain('14.4%   900 µs   900 µs     90    (anonymous)')
    expect(text).toContain('Times  are as recorded, with what the probes cost, about 71 ns a call')
  })

  it('counts calls that left no slice exactly, and marks times that hold an estimate', () => {
    expect(reportLines(steeredSession().trace, REPORT_DEFAULTS, SAMPLE_LAYOUT, plain)).toEqual(
      lines(`
        100,123 calls of 4 functions in 10.0 ms, 2 threads, 1 process
        1,000 events were dropped; their calls are counted.

            Self     Total   Calls     Mean      Max  Function  Position
         8.00 ms   10.0 ms       1  10.0 ms  10.0 ms  parse     src/parse.ts:1:1
        ~6.00 ms  ~8.00 ms  60,001  ~133 ns  2.00 ms  next      src/parse.ts:2:1
        ~1.60 ms  ~1.60 ms  40,120   ~40 ns           skip      src/parse.ts:4:1
          500 µs    500 µs       1   500 µs   500 µs  peek      src/parse.ts:3:1

                 Total     Self  Calls  Function
         100%  10.0 ms  8.00 ms      1  parse
        20.0%  2.00 ms  1.50 ms      1    next
         5.0%   500 µs   500 µs      1      peek

          Times  are without what the probes cost, about 70 ns a call: --raw shows them
                 as recorded
          ~      with an estimate for calls that left no slice: the tree lacks them, and
                 the own time of their callers holds them
      `),
    )
  })

  it('says what it left out, and how to see it', () => {
    expect(report({ top: 1, depth: 1, minPercent: 10 })).toEqual(
      lines(`
        94 calls of 4 functions in 8.00 ms, 2 threads, 1 process
        1,234 events more were dropped.

           Self    Total  Calls     Mean      Max  Function       Position
        2.50 ms  4.00 ms      1  4.00 ms  4.00 ms  Server.handle  src/server.ts:12:3
        ... 3 more: --top 4 shows them

                 Total     Self  Calls  Function
        64.1%  4.00 ms  2.50 ms      1  Server.handle
        31.9%  1.99 ms  1.10 ms      2  render
        ... 1 under 10%: --min-percent 0 shows them
        ... 2 deeper: --depth 2 shows them

          Times  are without what the probes cost, about 71 ns a call: --raw shows them
                 as recorded
      `),
    )
  })

  it.each([
    ['self', 'Server.handle'],
    ['total', 'Server.handle'],
    ['calls', '(anonymous)'],
    ['name', '(anonymous)'],
  ] as const)('sorted by %s begins with %s', (sort, first) => {
    expect(report({ sort })[4]).toContain(first)
  })

  it.each([60, 80, 120])('fits %d columns', (width) => {
    for (const line of report({}, width)) expect(textWidth(line), line).toBeLessThanOrEqual(width)
  })

  it('says so when there is no call', () => {
    expect(reportLines(emptyTrace(), REPORT_DEFAULTS, SAMPLE_LAYOUT, plain)).toEqual(
      lines(`
        0 calls of 0 functions in 0 ns, 1 thread, 1 process
        There is no function call in this trace.
      `),
    )
  })
})

describe('report --async', () => {
  const report = (trace = asyncTrace(), options: Partial<ReportOptions> = {}): string[] =>
    reportLines(trace, { ...REPORT_DEFAULTS, async: true, ...options }, { ...SAMPLE_LAYOUT, width: 100 }, plain)

  it('shows the roots, and below each what it has set going and waited for', () => {
    expect(report()).toEqual(
      lines(`
        5 tasks from 2 roots

         Lasted      Max  Running  Awaiting   Queued  Times  Root    Position
        60.0 ms  60.0 ms  27.0 ms   36.0 ms  2.00 ms      1  handle  /app/src/server.ts:1:1
        20.0 ms  20.0 ms  20.0 ms                         1  scan    /app/src/server.ts:1:1

        Elapsed     Self  Awaiting   Queued  Times  Function, and what it waited for
        60.0 ms  20.0 ms   36.0 ms  2.00 ms      1  handle (find 26.0 ms, timer 12.0 ms)
        19.5 ms  3.00 ms   16.5 ms               2   find (files 16.5 ms)
        12.0 ms  1.00 ms   11.0 ms               1   log (timer 11.0 ms)
        20.0 ms  20.0 ms                         1  scan
      `),
    )
  })

  it('says so when the recording did not follow timers, ticks and I/O', () => {
    expect(report(sampleTrace())[1]).toBe('Timers, ticks and I/O were not followed: tracer --async does.')
  })

  it('says what it left out, and how to see it', () => {
    const text = report(asyncTrace(), { depth: 1, top: 1 }).join('\n')
    expect(text).toContain('... 1 more: --top 2 shows them')
    expect(text).toContain('... 2 deeper: --depth 2 shows them')
    expect(report(asyncTrace(), { minPercent: 30 }).join('\n')).toContain('... 2 under 30%: --min-percent 0 shows them')
  })

  it('says so when there is no slice', () => {
    expect(report(emptyTrace())).toEqual(['0 tasks from 0 roots', 'There is no slice in this trace.'])
  })
})
