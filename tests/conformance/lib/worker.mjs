// Runs the tests that the parent sends, one after the other, and reports each result at its end:
// what is missing when this process hangs or dies is what it hung or died in.
import { errorName } from './outcome.mjs'
import { runTest } from './run-test.mjs'

/**
 * @typedef {object} Batch
 * @property {string} checkout
 * @property {readonly import('./suite.mjs').TestRun[]} runs
 * @property {readonly import('./run-test.mjs').Variant[]} variants each run is done in all of them
 * @property {number} done how many results there are already
 */

// A test may leave rejections and exceptions behind that no one waits for.
process.on('unhandledRejection', () => undefined)
process.on('uncaughtException', () => undefined)

process.once('message', (/** @type {Batch} */ batch) => {
  void runBatch(batch).then(() => process.disconnect())
})

/** @param {Batch} batch */
async function runBatch({ checkout, runs, variants, done }) {
  for (let i = done; i < runs.length * variants.length; i++) {
    const run = runs[Math.floor(i / variants.length)]
    const result = await runTest(checkout, run, variants[i % variants.length]).catch(
      (/** @type {unknown} */ error) => ({ outcome: `host ${errorName(error)}`, functions: 0, functionsSkipped: {} }),
    )
    process.send?.(result)
  }
}
