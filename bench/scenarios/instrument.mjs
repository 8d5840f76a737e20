import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from '../lib/traced-run.mjs'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'instrument.mjs')

export const isolates = 'instrumenting 9 MB of source (typescript.js) in a process that has done nothing else'

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  { text: 'instrumenting, in a fresh process', measurement: 'MB a second', variant: 'cold', unit: 'MB/s' },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const library = fileURLToPath(import.meta.resolve('typescript'))
  return {
    cold: () => {
      const { stdout } = runNode([PROGRAM, library])
      const { megabytes, milliseconds } = /** @type {{ megabytes: number, milliseconds: number }} */ (
        JSON.parse(stdout)
      )
      return { 'MB a second': (megabytes * 1000) / milliseconds }
    },
  }
}
