import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = join(import.meta.dirname, '..', 'programs', 'fib.mjs')
const TRACER = fileURLToPath(import.meta.resolve('@tracer/cli/bin/tracer.js'))

const NS_PER_MS = 1e6

export const isolates = 'what a probe adds to a call that does almost nothing'

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  return {
    bare: () => runProgram([]),
    traced: () => {
      const folder = mkdtempSync(join(tmpdir(), 'bench-fib-'))
      try {
        return runProgram([TRACER, '-o', join(folder, 'trace.json')])
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
  }
}

/**
 * Runs the program under node and what `before` names.
 *
 * @param {readonly string[]} before
 */
function runProgram(before) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, PROGRAM], { encoding: 'utf8' })
  const wholeMs = performance.now() - start
  if (status !== 0) throw new Error(`The program ended with ${status}; build first (npm run build).\n${stderr}`)
  const { calls, milliseconds } = /** @type {{ calls: number, milliseconds: number }} */ (JSON.parse(stdout))
  return { 'ns a call': (milliseconds * NS_PER_MS) / calls, 'ms with start and save': wholeMs }
}
