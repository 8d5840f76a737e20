import { join } from 'node:path'
import { runNode } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'clock.mjs')

const NS_PER_MS = 1e6

export const isolates = 'one reading of each clock, in a loop that does nothing else; the fastest of 50 passes'

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  return {
    'performance.now': () => measure('performance.now'),
    hrtime: () => measure('hrtime'),
    native: () => measure('native'),
    cell: () => measure('cell'),
  }
}

/** @param {string} clock */
function measure(clock) {
  const { milliseconds, readings } = /** @type {{ milliseconds: number, readings: number }} */ (
    JSON.parse(runNode([PROGRAM, clock]).stdout)
  )
  return { 'ns a reading': (milliseconds * NS_PER_MS) / readings }
}
