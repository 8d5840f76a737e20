import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NORMALISATIONS } from './normalisation.mjs'

/** Where the jobs are: a folder each, with its `job.json`. */
const JOBS = fileURLToPath(new URL('../fixtures', import.meta.url))

/**
 * What a `job.json` says.
 *
 * @typedef {object} Description
 * @property {string} kind such as `compiler`
 * @property {string} does one line for the reader
 * @property {readonly string[]} packages those it is there to try
 * @property {readonly string[]} command `node`, a file of the job (`./main.mjs`) or one of a package (`mocha/bin/mocha.js`), and its arguments
 * @property {number} [exitCode] how the program ends when all is well; 0 unless given
 * @property {Readonly<Record<string, string>>} [normalise] names of normalisations, each with its reason
 * @property {string} [knownDifference] why its results differ, where they do: it counts as different all the same
 * @property {readonly string[]} [tracerOptions]
 * @property {number} [timeLimitSeconds]
 */

/** A job and the folder it lies in. @typedef {Description & { name: string, folder: string }} Job */

/**
 * The jobs of those names, or all.
 *
 * @param {readonly string[]} names
 * @param {string} [root]
 * @returns {Job[]}
 */
export function readJobs(names, root = JOBS) {
  const known = readdirSync(root).sort()
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`No job is called ${unknown.join(' or ')}; there are ${known.join(', ')}.`)
  return (names.length > 0 ? names : known).map((name) => readJob(name, join(root, name)))
}

/**
 * @param {string} name
 * @param {string} folder
 * @returns {Job}
 */
function readJob(name, folder) {
  const description = /** @type {Description} */ (JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8')))
  for (const wanted of Object.keys(description.normalise ?? {})) {
    if (wanted in NORMALISATIONS) continue
    throw new Error(
      `Job ${name} wants the normalisation ${wanted}; there are ${Object.keys(NORMALISATIONS).join(', ')}.`,
    )
  }
  return { ...description, name, folder }
}
