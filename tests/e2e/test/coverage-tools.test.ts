import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compare, type Comparison } from './comparison.js'
import { HOOK_LANES } from './nodes.js'

const require = createRequire(import.meta.url)
const fixture = fileURLToPath(new URL('./fixtures/coverage/', import.meta.url))
const CALLS = { used: 2, wait: 2, 'Counter.add': 1, unused: 1, '(module) child.cjs': 1 }

describe.each(HOOK_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane('c8 reports the same lines and functions', () => {
    const { bare, traced, calls } = inCopy(node, 'c8/bin/c8.js', ['--reporter', 'text', '--reporter', 'text-lcov'])
    expect(withoutBranches(traced.stdout)).toBe(withoutBranches(bare.stdout))
    expect(traced.stdout).toMatch(/^FNDA:0,never$/m)
    expect([traced.stderr, traced.exitCode]).toEqual([bare.stderr, bare.exitCode])
    expect(calls).toMatchObject({ ...CALLS, '(module) half.cjs': 2 })
  })
})

// It instruments by itself, the same on every version.
it('nyc reports the same coverage', () => {
  const { bare, traced, calls } = inCopy(process.execPath, 'nyc/bin/nyc.js', ['--cache=false', '--reporter', 'text'])
  expect(traced).toEqual(bare)
  expect(traced.stdout).toMatch(/ half\.cjs +\| +83\.33 \|/)
  expect(calls).toMatchObject({ ...CALLS, '(module) half.cjs': 2 })
})

/** Runs a coverage tool on a copy of the program, because it writes beside it. */
function inCopy(node: string, tool: string, args: readonly string[]): Comparison {
  const folder = mkdtempSync(join(tmpdir(), 'tracer-coverage-'))
  try {
    cpSync(fixture, folder, { recursive: true })
    const [name, ...inside] = tool.split('/')
    const bin = join(dirname(require.resolve(`${name}/package.json`)), ...inside)
    return compare(node, [bin, ...args, node, 'main.mjs'], { cwd: folder })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Drops what is said of branches, the third column of tables and the BR lines of lcov, and how often a line was run:
 * c8 adds the ranges of processes up, in texts whose probes have different numbers.
 */
function withoutBranches(report: string): string {
  return report
    .replace(/^([^|\n]*\|[^|\n]*\|)[^|\n]*\|/gm, '$1')
    .replace(/^BR(DA|F|H):.*\n/gm, '')
    .replace(/^(DA:\d+),[1-9]\d*$/gm, '$1,run')
}
