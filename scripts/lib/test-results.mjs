import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readMembers } from './workspace.mjs'

/** What `vitest.preset.ts` writes in the folder of each package. */
const RESULTS_FILE = 'test-results.json'

/**
 * The part of a results file that is read.
 *
 * @typedef {object} Results
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: readonly { status: string }[] }[]} testResults one a test file
 */

/** @typedef {{ passed: number, failed: number, skipped: number, notes: string[] }} Totals */

/**
 * Adds up the results of all packages that have tests. A package without results counts as one
 * failure: its tests did not run.
 *
 * @param {string} [root]
 * @returns {Totals}
 */
export function readTotals(root = ROOT) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: 0, skipped: 0, notes: [] }
  for (const { folder, manifest } of readMembers(root)) {
    if (!manifest.scripts?.['test']) continue
    const file = join(root, folder, RESULTS_FILE)
    if (existsSync(file)) {
      add(totals, folder, /** @type {Results} */ (JSON.parse(readFileSync(file, 'utf8'))))
    } else {
      totals.failed += 1
      totals.notes.push(`${folder}: no ${RESULTS_FILE}, its tests did not run`)
    }
  }
  return totals
}

/**
 * Removes the results of earlier runs, which would be counted otherwise.
 *
 * @param {string} [root]
 */
export function clearResults(root = ROOT) {
  for (const { folder } of readMembers(root)) rmSync(join(root, folder, RESULTS_FILE), { force: true })
}

/**
 * `3 passed, 0 failed`, and what was skipped when something was.
 *
 * @param {Totals} totals
 */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed` + (skipped > 0 ? `, ${skipped} skipped` : '')
}

/**
 * @param {Totals} totals
 * @param {string} folder
 * @param {Results} results
 */
function add(totals, folder, results) {
  totals.passed += results.numPassedTests
  totals.failed += results.numFailedTests
  totals.skipped += results.numPendingTests + results.numTodoTests
  // A file that failed without a failed test did not load, or threw in a hook.
  const broken = results.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length
  if (broken > 0) {
    totals.failed += broken
    totals.notes.push(`${folder}: ${broken} test files did not load, or a hook in them threw`)
  } else if (!results.success && results.numFailedTests === 0) {
    totals.failed += 1
    totals.notes.push(`${folder}: the run failed although no test did; are there any?`)
  }
}
