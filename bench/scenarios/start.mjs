import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, runTraced } from '../lib/traced-run.mjs'

export const isolates = 'starting and saving, for a script that does nothing'

/** All scenarios together are to take less than ten minutes. */
export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'a script that does nothing: added from start to saved file',
    measurement: 'ms',
    variant: 'traced - bare',
    unit: 'ms',
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const program = join(folder, 'empty.cjs')
  writeFileSync(program, '0\n')
  return {
    bare: () => ({ ms: runNode([program]).wholeMs }),
    traced: () => ({ ms: runTraced([program]).wholeMs }),
  }
}
