import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { producedFiles, readFiles } from './produced-files.mjs'
import { runTimed } from './timed-process.mjs'
import { splitSummary } from './tracer-summary.mjs'

const require = createRequire(import.meta.url)

const DEFAULT_TIME_LIMIT_SECONDS = 180

/**
 * What a run of a job left behind.
 *
 * @typedef {object} Outcome
 * @property {string} ending
 * @property {string} stdout
 * @property {string} stderr
 * @property {import('./produced-files.mjs').Files} files
 * @property {number} durationMs
 * @property {import('./tracer-summary.mjs').Summary} [summary]
 */

/** Where jobs run, and the tracer. @typedef {{ folder: string, tracer: string }} Place */

/** The tracer of this workspace. */
export function workspaceTracer() {
  return require.resolve('@tracer/cli/bin/tracer.js')
}

/**
 * @param {import('./job.mjs').Job} job
 * @param {Place} place
 * @returns {Promise<Outcome>}
 */
export function runBare(job, place) {
  return run(job, place, [process.execPath, ...target(job, place, [])])
}

/**
 * @param {import('./job.mjs').Job} job
 * @param {Place} place
 * @returns {Promise<Outcome>}
 */
export async function runTraced(job, place) {
  const trace = join(place.folder, 'traces', `${job.name}.json`)
  mkdirSync(dirname(trace), { recursive: true })
  const options = ['--exact', '--packages', 'all', '--summary', 'json', ...(job.tracerOptions ?? []), '-o', trace]
  try {
    const outcome = await run(job, place, [process.execPath, place.tracer, ...options, ...target(job, place, ['node'])])
    return { ...outcome, ...splitSummary(outcome.stderr, place.folder) }
  } finally {
    rmSync(trace, { force: true })
  }
}

/**
 * What comes after `node`, or after the options of tracer, which has to be told that `node` is meant.
 *
 * @param {import('./job.mjs').Job} job
 * @param {Place} place
 * @param {readonly string[]} node
 */
function target(job, { folder }, node) {
  const [program = '', ...args] = job.command
  if (program === 'node') return [...node, ...args]
  return [program.startsWith('./') ? program : join(folder, 'node_modules', program), ...args]
}

/**
 * Bare and traced run in the same fresh folder: paths in what they print are the same.
 *
 * @param {import('./job.mjs').Job} job
 * @param {Place} place
 * @param {readonly string[]} command
 */
async function run(job, { folder }, command) {
  const cwd = resolve(folder, 'work', job.name)
  rmSync(cwd, { recursive: true, force: true })
  cpSync(job.folder, cwd, { recursive: true })
  const before = readFiles(cwd)
  const timeLimitMs = 1000 * (job.timeLimitSeconds ?? DEFAULT_TIME_LIMIT_SECONDS)
  const ended = await runTimed(command, { cwd, env: environment(), timeLimitMs })
  return { ...ended, files: producedFiles(before, readFiles(cwd)) }
}

/** The environment of every run, without what belongs to the one who started the runner. */
function environment() {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...env } = process.env
  const own = Object.entries(env).filter(([name]) => !/^(npm_|VITEST|NODE_TEST|NODE_CHANNEL)/i.test(name))
  const path = [dirname(process.execPath), env['PATH']].join(delimiter)
  return { ...Object.fromEntries(own), PATH: path, TZ: 'UTC', LANG: 'C.UTF-8', NO_COLOR: '1' }
}
