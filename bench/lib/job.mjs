import { nativeClock } from '@tracer/clock-native'
import { runNode, runRecorded } from './traced-run.mjs'

/** On a core, from the start of the process to the end of the job, instrumented code from the cache. */
export const MAIN_MS = 'ms of the main thread'

/** The same without start, loading, and the rounds that warm up. */
export const WARM_MAIN_MS = 'ms of the main thread, warm'

/**
 * A program that repeats a job of a package, bare, traced as it comes, and traced exactly; as far as
 * the interim files, since a trace of a hundred million events takes minutes to save.
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
    ...(nativeClock() !== undefined && { exact: run({ exact: true, clock: 'native' }) }),
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
