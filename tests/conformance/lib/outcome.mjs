/**
 * How a test ended: `pass`, `timeout`, `crash`, or the phase and the constructor of the error with
 * which it failed, as in `runtime TypeError`.
 *
 * @typedef {string} Outcome
 */

export const PASS = 'pass'
/** It neither finished nor has anything left to wait for, or takes longer than the limit. */
export const TIMEOUT = 'timeout'
/** It took the process down. */
export const CRASH = 'crash'

/**
 * @typedef {object} Failure
 * @property {'parse' | 'resolution' | 'runtime'} phase
 * @property {string} name
 */

/**
 * Judges what happened by what was expected.
 *
 * @param {Failure | undefined} failure
 * @param {{ readonly phase: string, readonly type: string } | undefined} expected
 * @returns {Outcome}
 */
export function outcomeOf(failure, expected) {
  if (expected === undefined) return failure === undefined ? PASS : `${failure.phase} ${failure.name}`
  if (failure === undefined) return `no ${expected.phase} ${expected.type}`
  const isExpected = failure.phase === expected.phase && failure.name === expected.type
  return isExpected ? PASS : `${failure.phase} ${failure.name}`
}

/**
 * The name of an error's constructor. A test may throw anything, objects that throw when they are
 * looked at included.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function errorName(error) {
  try {
    if ((typeof error !== 'object' || error === null) && typeof error !== 'function') return `thrown ${typeof error}`
    const maker = /** @type {{ constructor?: { name?: unknown } }} */ (error).constructor
    return typeof maker?.name === 'string' ? maker.name : 'an object'
  } catch {
    return 'an object that throws'
  }
}
