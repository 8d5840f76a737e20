import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CRASH, TIMEOUT } from './outcome.mjs'

/** @typedef {import('./run-test.mjs').Variant} Variant */
/** @typedef {import('./run-test.mjs').VariantResult} VariantResult */
/** @typedef {import('./suite.mjs').TestRun} TestRun */

/**
 * What is to be run, and how.
 *
 * @typedef {object} Work
 * @property {string} checkout
 * @property {readonly TestRun[]} runs
 * @property {readonly Variant[]} variants
 */

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url))
const FLAGS = ['--experimental-vm-modules', '--no-warnings']
/** A process runs so many tests, so that what they leave behind does not add up. */
const BATCH_SIZE = 250
const LIMIT_MS = 15_000

/**
 * Runs tests in child processes, `jobs` at a time, and gives for each its results in the order of
 * the variants.
 *
 * @param {Work} work
 * @param {number} jobs
 * @param {(done: number) => void} onProgress
 * @returns {Promise<VariantResult[][]>}
 */
export async function runAll({ runs, ...work }, jobs, onProgress = () => undefined) {
  /** @type {TestRun[][]} */
  const batches = []
  for (let i = 0; i < runs.length; i += BATCH_SIZE) batches.push(runs.slice(i, i + BATCH_SIZE))
  /** @type {VariantResult[][][]} */
  const results = []
  let next = 0
  let done = 0
  const takeBatches = async () => {
    while (next < batches.length) {
      const position = next++
      results[position] = await runBatch({ ...work, runs: batches[position] })
      onProgress((done += batches[position].length))
    }
  }
  await Promise.all(Array.from({ length: jobs }, takeBatches))
  return results.flat()
}

/**
 * @param {Work} work
 * @returns {Promise<VariantResult[][]>}
 */
async function runBatch(work) {
  const { runs, variants } = work
  const count = runs.length * variants.length
  /** @type {VariantResult[]} */
  const results = []
  while (results.length < count) {
    const ending = await runInProcess(work, results)
    if (results.length < count) results.push({ outcome: ending, functions: 0, functionsSkipped: {} })
  }
  return runs.map((_, i) => results.slice(i * variants.length, (i + 1) * variants.length))
}

/**
 * Runs what has no result yet; gives what ended the process when results are missing afterwards.
 *
 * @param {Work} work
 * @param {VariantResult[]} results
 * @returns {Promise<typeof TIMEOUT | typeof CRASH>}
 */
function runInProcess(work, results) {
  return new Promise((resolve) => {
    const child = fork(WORKER, { execArgv: FLAGS, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    /** @type {typeof TIMEOUT | typeof CRASH} */
    let ending = CRASH
    const stop = () => {
      ending = TIMEOUT
      child.kill('SIGKILL')
    }
    let watchdog = setTimeout(stop, LIMIT_MS)
    child.on('message', (message) => {
      clearTimeout(watchdog)
      watchdog = setTimeout(stop, LIMIT_MS)
      results.push(/** @type {VariantResult} */ (message))
    })
    child.on('close', () => {
      clearTimeout(watchdog)
      resolve(ending)
    })
    child.send({ ...work, done: results.length })
  })
}
