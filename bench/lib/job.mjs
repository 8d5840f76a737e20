import { nativeClock } from '@tracer/clock-native'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, runTraced } from './traced-run.mjs'

/** On a core, from the start of the process to the end of the job, its code loaded from the cache. */
export const MAIN_MS = 'ms of the main thread'

/** The same without start, loading, and the rounds that warm up. */
export const WARM_MAIN_MS = 'ms of the main thread, warm'

/**
 * A program that repeats a job of a package, bare, traced as it comes, and traced exactly.
 *
 * @param {string} program
 * @param {string} traced names of packages, for `--packages`
 * @returns {Record<string, import('./scenario.mjs').Variant>}
 */
export function variantsOfJob(program, traced) {
  const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'))
  process.once('exit', () => rmSync(cache, { recursive: true }))
  const env = { ...process.env, TRACER_CACHE: cache }
  /** @param {readonly string[]} options */
  const run = (options) => () => measurements(runTraced([program], ['--packages', traced, ...options], env))
  return {
    bare: () => measurements(runNode([program])),
    default: run([]),
    ...(nativeClock() !== undefined && { exact: run(['--exact', '--clock', 'native']) }),
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
    'ms with start and save': wholeMs,
  }
}
