import { join } from 'node:path'
import { runNode, runTraced } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'fib.mjs')

const NS_PER_MS = 1e6

export const isolates = 'what a probe adds to a call that does almost nothing'

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  return {
    bare: () => measurements(runNode([PROGRAM])),
    traced: () => measurements(runTraced([PROGRAM])),
  }
}

/** @param {{ readonly stdout: string, readonly wholeMs: number }} run */
function measurements({ stdout, wholeMs }) {
  const { calls, milliseconds } = /** @type {{ calls: number, milliseconds: number }} */ (JSON.parse(stdout))
  return { 'ns a call': (milliseconds * NS_PER_MS) / calls, 'ms with start and save': wholeMs }
}
