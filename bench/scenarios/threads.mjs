import { join } from 'node:path'
import { runNode, runTraced } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'workers.mjs')

export const isolates =
  'what a worker takes on a core, every call recorded: alone, and with three others at once; Linux only'

/** All scenarios together are to take less than ten minutes. */
export const turns = 3

const MS_ON_A_CORE = 'ms on a core a worker'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'four workers at once: what each takes on a core, of one alone, both with every call recorded',
    measurement: MS_ON_A_CORE,
    variant: 'four traced / one traced',
    unit: '%',
    atMost: 1.1,
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  return {
    'one traced': () => measurements(runTraced([PROGRAM, '1'], ['--exact'])),
    'four traced': () => measurements(runTraced([PROGRAM, '4'], ['--exact'])),
    'one bare': () => measurements(runNode([PROGRAM, '1'])),
    'four bare': () => measurements(runNode([PROGRAM, '4'])),
  }
}

/** @param {{ readonly stdout: string }} run */
function measurements({ stdout }) {
  return { [MS_ON_A_CORE]: Number(stdout) }
}
