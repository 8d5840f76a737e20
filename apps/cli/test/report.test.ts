import { describe, expect, it } from 'vitest'
import { reportLines } from '../src/commands/report.js'
import type { ReportOptions } from '../src/options.js'
import { textWidth } from '../src/text/cell.js'
import { styleFor } from '../src/text/style.js'
import { captured, lines } from './captured.js'
import { emptyTrace, SAMPLE_LAYOUT, sampleTrace } from './sample-session.js'

const DEFAULTS: ReportOptions = { top: 20, sort: 'self', depth: 12, minPercent: 1 }
const plain = styleFor(captured(), {})

function report(options: Partial<ReportOptions> = {}, width = 80): string[] {
  return reportLines(sampleTrace(), { ...DEFAULTS, ...options }, { ...SAMPLE_LAYOUT, width }, plain)
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
        1.10 ms  2.00 ms      2  1.00 ms  2.00 ms  render         …nder-to-string.ts:7:1
         900 µs   900 µs     90  10.0 µs  10.0 µs  (anonymous)    …er-to-string.ts:99:10

                 Total     Self  Calls  Function
        64.0%  4.00 ms  2.50 ms      1  Server.handle
        24.0%  1.50 ms  1.50 ms      1    Store.find
        32.0%  2.00 ms  1.10 ms      2  render
        14.4%   900 µs   900 µs     90    (anonymous) render-to-string.ts:99:10
         4.0%   250 µs   250 µs         Store.find, resumed 1 time
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
        64.0%  4.00 ms  2.50 ms      1  Server.handle
        32.0%  2.00 ms  1.10 ms      2  render
        ... 1 under 10%: --min-percent 0 shows them
        ... 2 deeper: --depth 2 shows them
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
    expect(reportLines(emptyTrace(), DEFAULTS, SAMPLE_LAYOUT, plain)).toEqual(
      lines(`
        0 calls of 0 functions in 0 ns, 1 thread, 1 process
        There is no function call in this trace.
      `),
    )
  })
})
