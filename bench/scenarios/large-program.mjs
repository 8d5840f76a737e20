import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode, runTraced } from '../lib/traced-run.mjs'

export const isolates = 'loading 9 MB of JavaScript (typescript.js) with all of it traced, first run and later ones'

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-large-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const program = join(folder, 'load.cjs')
  const library = fileURLToPath(import.meta.resolve('typescript'))
  writeFileSync(program, `require(${JSON.stringify(library)})\n`)
  /** @param {string} cache */
  const traced = (cache) => ({
    ms: runTraced([program], ['--packages', 'typescript'], { ...process.env, TRACER_CACHE: cache }).wholeMs,
  })
  return {
    bare: () => ({ ms: runNode([program]).wholeMs }),
    first: () => traced('off'),
    // The turn that warms up fills it.
    later: () => traced(join(folder, 'cache')),
  }
}
