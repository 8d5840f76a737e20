import { nativeClock } from '@tracer/clock-native'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, runRecorded } from './traced-run.mjs'

/** On a core, from the start of the process to the end of the job, instrumented code from the cache. */
export const MAIN_MS = 'ms of the main thread'

/** The same without start, loading, and the rounds that warm up. */
export const WARM_MAIN_MS = 'ms of the main thread, warm'

/**
 * A program that repeats a job of a package, bare, traced as it comes, after a run with `--learn`, and
 * traced exactly; as far as the interim files, since a trace of a hundred million events takes minutes to save.
 *
 * @param {string} program
 * @param {string} traced name of the package
 * @returns {Record<string, import('./scenario.mjs').Variant>}
 */
export function variantsOfJob(program, traced) {
  /** @param {import('@tracer/loader').RecordOptions} options */
  const run = (options) => () => measurements(runRecorded([program], { packages: [traced], ...options }))
  return {
    bare: () => measurements(runNode([program])),
    default: run({}),
    learned: learnedRun(program, { packages: [traced] }),
    ...(nativeClock() !== undefined && { exact: run({ exact: true, clock: 'native' }) }),
  }
}

/**
 * A run that begins with what another one learned. Its cache is its own: what is learned counts for all runs.
 *
 * @param {string} program
 * @param {import('@tracer/loader').RecordOptions} options
 */
function learnedRun(program, options) {
  /** @type {NodeJS.ProcessEnv | undefined} */
  let env
  return () => {
    if (env === undefined) {
      const folder = mkdtempSync(join(tmpdir(), 'bench-learned-'))
      process.on('exit', () => rmSync(folder, { recursive: true }))
      env = { ...process.env, TRACER_CACHE: folder }
      runRecorded([program], { ...options, learn: true }, env)
    }
    return measurements(runRecorded([program], options, env))
  }
}

/** @param {{ readonly stdout: string, readonly wholeMs: number }} run */
function measurements({ stdout, wholeMs }) {
  const { warm, end } = /** @type {{ warm: import('./usage.mjs').Usage, end: import('./usage.mjs').Usage }} */ (
    JSON.parse(stdout)
  )
  return {
    [MAIN_MS]: end.mainMs,
    [WARM_MAIN_MS]: end.mainMs - warm.mainMs,
    'ms of all threads': end.processMs,
    ms: end.wallMs,
    'ms, warm': end.wallMs - warm.wallMs,
    'ms with start and interim files': wholeMs,
  }
}
