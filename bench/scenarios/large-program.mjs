import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode, runTraced } from '../lib/traced-run.mjs'

const require = createRequire(import.meta.url)
const TYPESCRIPT = require.resolve('typescript')
const FLOW_PARSER = require.resolve('prettier/plugins/flow')

export const isolates =
  'loading 9 MB of JavaScript (typescript.js) and 20 MB (two of it, and prettier/plugins/flow.js) with all of it traced, first run and later ones'

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'loading 9 MB of JavaScript with all of it traced: added the first time',
    measurement: 'ms for 9 MB',
    variant: 'first - bare',
    unit: 'ms',
  },
  { text: 'the same, added later on', measurement: 'ms for 9 MB', variant: 'later - bare', unit: 'ms' },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-large-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  // Another file to Node.js and to the cache, in a package of its own.
  const copy = join(folder, 'node_modules', 'typescript', 'again.cjs')
  mkdirSync(join(copy, '..'), { recursive: true })
  copyFileSync(TYPESCRIPT, copy)
  const programs = {
    9: program(folder, '9.cjs', [TYPESCRIPT]),
    20: program(folder, '20.cjs', [TYPESCRIPT, copy, FLOW_PARSER]),
  }
  /** @param {string} cache */
  const traced = (cache) => () =>
    measured((file) =>
      runTraced([file], ['--packages', 'typescript,prettier'], { ...process.env, TRACER_CACHE: cache }),
    )
  /** @param {(file: string) => { readonly wholeMs: number }} run */
  const measured = (run) => ({ 'ms for 9 MB': run(programs[9]).wholeMs, 'ms for 20 MB': run(programs[20]).wholeMs })
  return {
    bare: () => measured((file) => runNode([file])),
    first: traced('off'),
    // The turn that warms up fills it.
    later: traced(join(folder, 'cache')),
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} files
 */
function program(folder, name, files) {
  const path = join(folder, name)
  writeFileSync(path, files.map((file) => `require(${JSON.stringify(file)})\n`).join(''))
  return path
}
