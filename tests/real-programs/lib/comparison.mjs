import { normalise } from './normalisation.mjs'
import { textDifference } from './text-difference.mjs'

/** What a run of a job left behind. @typedef {import('./job-run.mjs').Outcome} Outcome */

/** Something that is not the same. @typedef {{ what: string, difference: string }} Difference */

/**
 * Everything in which two runs differ.
 *
 * @param {Outcome} bare
 * @param {Outcome} traced
 * @param {readonly string[]} normalisations
 * @returns {Difference[]}
 */
export function compareOutcomes(bare, traced, normalisations) {
  /** @type {Difference[]} */
  const differences = []
  if (bare.ending !== traced.ending) {
    differences.push({ what: 'ending', difference: `${bare.ending} bare, ${traced.ending} traced` })
  }
  /** @type {(what: string, before: string, after: string) => void} */
  const compareText = (what, before, after) => {
    const difference = textDifference(normalise(before, normalisations), normalise(after, normalisations))
    if (difference !== undefined) differences.push({ what, difference })
  }
  compareText('stdout', bare.stdout, traced.stdout)
  compareText('stderr', bare.stderr, traced.stderr)
  for (const path of new Set([...bare.files.keys(), ...traced.files.keys()])) {
    const [before, after] = [bare.files.get(path), traced.files.get(path)]
    const what = `file ${path}`
    if (!before || !after) {
      differences.push({ what, difference: before ? 'missing when traced' : 'only when traced' })
    } else if (isText(before) && isText(after)) {
      compareText(what, before.toString(), after.toString())
    } else if (!before.equals(after)) {
      differences.push({ what, difference: `${before.length} bytes bare, ${after.length} traced, not the same` })
    }
  }
  return differences
}

/** @param {Buffer} content */
function isText(content) {
  return Buffer.from(content.toString()).equals(content)
}
