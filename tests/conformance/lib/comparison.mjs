import { runAll } from './pool.mjs'

/** @typedef {import('./run-test.mjs').VariantResult} VariantResult */
/** @typedef {import('./suite.mjs').TestRun} TestRun */

/**
 * A test in one mode with what became of it.
 *
 * @typedef {object} Comparison
 * @property {TestRun} run
 * @property {VariantResult} bare
 * @property {VariantResult} instrumented
 * @property {VariantResult} [restored] for those that differ: with `toString` giving the texts without probes
 */

/**
 * Runs tests bare and instrumented. Those that differ are run once more the way that the loader
 * runs programs, where functions show their own text.
 *
 * @param {string} checkout
 * @param {readonly TestRun[]} runs
 * @param {number} jobs
 * @param {(done: number) => void} [onProgress]
 * @returns {Promise<Comparison[]>}
 */
export async function compareAll(checkout, runs, jobs, onProgress) {
  const results = await runAll({ checkout, runs, variants: ['bare', 'instrumented'] }, jobs, onProgress)
  /** @type {Comparison[]} */
  const comparisons = results.map(([bare, instrumented], i) => ({ run: runs[i], bare, instrumented }))
  const differing = comparisons.filter(({ bare, instrumented }) => bare.outcome !== instrumented.outcome)
  const again = differing.map(({ run }) => run)
  const restored = await runAll({ checkout, runs: again, variants: ['restored'] }, jobs)
  differing.forEach((comparison, i) => {
    comparison.restored = restored[i][0]
  })
  return comparisons
}
