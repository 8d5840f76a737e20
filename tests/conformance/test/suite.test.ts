import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareAll, type Comparison } from '../lib/comparison.mjs'
import { formatPage } from '../lib/page.mjs'
import { compare, formatReport, type Report } from '../lib/report.mjs'
import { listTests } from '../lib/suite.mjs'

const SUITE = fileURLToPath(new URL('fixtures/', import.meta.url))

let comparisons: Comparison[] = []

beforeAll(async () => {
  comparisons = await compareAll(SUITE, listTests(SUITE, ''), 2)
}, 60_000)

/** Outcomes bare, by name and mode. */
function outcomes(variant: 'bare' | 'instrumented'): Record<string, string> {
  const entries = comparisons.map(({ run, [variant]: result }) => [
    `${run.path.replace('test/language/', '')} ${run.mode}`,
    result.outcome,
  ])
  return Object.fromEntries(entries)
}

describe('a small suite', () => {
  it('ends bare as it was written to', () => {
    const unusual = Object.entries(outcomes('bare')).filter(([, outcome]) => outcome !== 'pass')
    expect(Object.fromEntries(unusual)).toEqual({
      'async-fails.js sloppy': 'runtime RangeError',
      'async-fails.js strict': 'runtime RangeError',
      'async-hangs.js sloppy': 'timeout',
      'async-hangs.js strict': 'timeout',
      'crashes.js sloppy': 'crash',
      'fails.js sloppy': 'runtime TypeError',
      'fails.js strict': 'runtime TypeError',
    })
  })

  it('ends the same instrumented, but for the texts of functions', () => {
    const { same, tests, different, functionTexts } = compare(comparisons, {})
    expect(different).toEqual([])
    expect(functionTexts).toEqual([
      'test/language/function-text.js (sloppy)',
      'test/language/function-text.js (strict)',
    ])
    expect(same).toBe(tests - 2)
  })

  it('is instrumented, but for what the parser rejects', () => {
    const { notInstrumented, functions } = compare(comparisons, {})
    expect(notInstrumented).toEqual({})
    expect(functions).toBeGreaterThan(50)
  })
})

describe('the report', () => {
  const result = { outcome: 'pass', functions: 1, functionsSkipped: { notrace: 2 } }
  const failed = { ...result, outcome: 'runtime TypeError' }
  const counts = compare(
    [
      { run: { path: 'a.js', mode: 'sloppy' }, bare: result, instrumented: failed, restored: failed },
      { run: { path: 'b.js', mode: 'strict' }, bare: result, instrumented: failed, restored: failed },
      { run: { path: 'c.js', mode: 'strict' }, bare: failed, instrumented: { ...failed, skipped: 'syntax-error' } },
    ],
    { 'b.js': 'as it should be' },
  )
  const report: Report = { node: '20.1.0', v8: '11', instrument: '1', test262: 'abc', seconds: 1, ...counts }

  it('names what differs, apart from what is meant to', () => {
    const difference = { bare: 'pass', instrumented: 'runtime TypeError' }
    expect(report.different).toEqual([{ name: 'a.js (sloppy)', ...difference }])
    expect(report.deliberate).toEqual([{ name: 'b.js (strict)', ...difference, reason: 'as it should be' }])
    expect(report).toMatchObject({ tests: 3, same: 1, passing: 0, functions: 3, functionsSkipped: { notrace: 6 } })
    expect(report.notInstrumented).toEqual({ 'syntax-error for the parser only': 1 })
    expect(formatReport(report)).toContain('a.js (sloppy): pass -> runtime TypeError')
  })

  it('makes a page with a row for each version of Node.js, in their order', () => {
    const programs = {
      node: 'v24.0.0',
      counts: { jobs: 2, same: 1, different: 1, cannotRunHere: 0 },
      packages: { acorn: '8.0.0' },
      results: [
        { name: 'acorn', kind: 'parser', result: 'same' },
        { name: 'c8', kind: 'coverage', result: 'different' },
      ],
    }
    const page = formatPage([{ ...report, node: '24.0.0' }, report], [programs], { c8: 'known' })
    expect(page).toContain('| v24.0.0 | 2 | 1 | 1 | 0 |')
    expect(page).toContain('| v24.0.0 | c8 | coverage | different | known |')
    expect(page.match(/^\| (\d+)\.\d+\.\d+ \| 11/gm)).toEqual(['| 20.1.0 | 11', '| 24.0.0 | 11'])
    expect(page).toContain('| b.js (strict) | pass | runtime TypeError | as it should be |')
  })
})
