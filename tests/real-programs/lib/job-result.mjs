import { compareOutcomes } from './comparison.mjs'

/**
 * What became of a job.
 *
 * @typedef {object} JobResult
 * @property {string} name
 * @property {string} kind
 * @property {string} packages
 * @property {'same' | 'different' | 'cannot run here'} result
 * @property {string} [reason] why it cannot run here
 * @property {readonly import('./comparison.mjs').Difference[]} differences
 * @property {Readonly<Record<string, string>>} normalised
 * @property {number} [bareMs]
 * @property {number} [tracedMs]
 * @property {number} [events]
 * @property {number} [processes]
 * @property {number} [threads]
 * @property {readonly { file: string, reason: string, message: string }[]} modulesSkipped
 * @property {readonly string[]} warnings
 */

/**
 * @param {import('./job.mjs').Job} job
 * @param {{ bare: () => Promise<Outcome>, traced: () => Promise<Outcome> }} runs
 * @returns {Promise<JobResult>}
 *
 * @typedef {import('./job-run.mjs').Outcome} Outcome
 */
export async function judge(job, runs) {
  const { name, kind, normalise: normalised = {} } = job
  const packages = job.packages.join(', ')
  const about = { name, kind, packages, normalised, differences: [], modulesSkipped: [], warnings: [] }
  const bare = await runs.bare()
  const expected = `exit ${job.exitCode ?? 0}`
  if (bare.ending !== expected) {
    const reason = `${bare.ending} instead of ${expected}: ${(bare.stderr || bare.stdout).trim().slice(-600)}`
    return { ...about, result: 'cannot run here', reason }
  }
  const again = await runs.bare()
  const [unstable] = compareOutcomes(bare, again, Object.keys(normalised))
  if (unstable) {
    const reason = `two bare runs differ in ${unstable.what}: ${unstable.difference}`
    return { ...about, result: 'cannot run here', reason }
  }
  const traced = await runs.traced()
  const differences = compareOutcomes(bare, traced, Object.keys(normalised))
  if (!traced.summary) differences.push({ what: 'trace', difference: 'no summary: tracer did not end in order' })
  const { events = 0, processes = 0, threads = 0, modulesSkipped = [], warnings = [] } = traced.summary ?? {}
  return {
    ...about,
    result: differences.length > 0 ? 'different' : 'same',
    differences,
    bareMs: Math.round(Math.min(bare.durationMs, again.durationMs)),
    tracedMs: Math.round(traced.durationMs),
    events,
    processes,
    threads,
    modulesSkipped,
    warnings,
  }
}
