import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clearResults, formatTotals, readTotals } from '../../../scripts/lib/test-results.mjs'
import { writeWorkspace } from './file-tree.js'

/** A package that has tests. */
const TESTED = { name: '@t/a', scripts: { test: 'vitest run' } }

/** What vitest writes, in short. */
function results(passed: number, failed: number, files: readonly object[] = []): object {
  const success = failed === 0
  return {
    success,
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: files,
  }
}

describe('readTotals', () => {
  it('adds up the packages that have tests', () => {
    const root = writeWorkspace({
      'packages/a/package.json': TESTED,
      'packages/a/test-results.json': results(3, 1),
      'packages/b/package.json': TESTED,
      'packages/b/test-results.json': results(4, 0),
      'packages/untested/package.json': { name: '@t/untested' },
    })
    expect(readTotals(root)).toEqual({ passed: 7, failed: 1, skipped: 0, notes: [] })
  })

  it('counts a package without results as a failure', () => {
    const root = writeWorkspace({ 'packages/a/package.json': TESTED })
    expect(readTotals(root)).toMatchObject({
      failed: 1,
      notes: ['packages/a: no test-results.json, its tests did not run'],
    })
  })

  it('counts a file that did not load as a failure, and one with failed tests only by those', () => {
    const root = writeWorkspace({
      'packages/a/package.json': TESTED,
      'packages/a/test-results.json': results(1, 1, [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      ]),
    })
    expect(readTotals(root)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
      notes: ['packages/a: 1 test files did not load, or a hook in them threw'],
    })
  })

  it('counts a run that failed without a failed test, such as one without tests', () => {
    const root = writeWorkspace({
      'packages/a/package.json': TESTED,
      'packages/a/test-results.json': { ...results(0, 0), success: false },
    })
    expect(readTotals(root)).toMatchObject({
      failed: 1,
      notes: ['packages/a: the run failed although no test did; are there any?'],
    })
  })

  it('counts skipped tests and those to be written', () => {
    const root = writeWorkspace({
      'packages/a/package.json': TESTED,
      'packages/a/test-results.json': { ...results(1, 0), numPendingTests: 2, numTodoTests: 1 },
    })
    expect(readTotals(root).skipped).toBe(3)
  })
})

describe('clearResults', () => {
  it('removes the results of earlier runs', () => {
    const root = writeWorkspace({
      'packages/a/package.json': TESTED,
      'packages/a/test-results.json': results(1, 0),
    })
    clearResults(root)
    expect(existsSync(join(root, 'packages/a/test-results.json'))).toBe(false)
  })
})

describe('formatTotals', () => {
  it('names skipped tests only when there are some', () => {
    const totals = { passed: 2, failed: 0, skipped: 0, notes: [] }
    expect(formatTotals(totals)).toBe('2 passed, 0 failed')
    expect(formatTotals({ ...totals, skipped: 1 })).toBe('2 passed, 0 failed, 1 skipped')
  })
})
