import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compare } from './comparison.js'
import { NODE_LANES } from './nodes.js'
import type { TraceEvent } from './tracer.js'

const require = createRequire(import.meta.url)
const AN_HOUR_US = 3_600_000_000
const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url))

describe.each(NODE_LANES)('$title', ({ path }) => {
  const lane = it.runIf(path !== undefined)
  const node = path ?? ''

  lane('clocks that sinon fakes, or the program replaces or deletes, stop the program and not the trace', () => {
    const { bare, traced, slices, calls } = compare(node, [join(fixtures, 'fake-timers.cjs')])
    expect(traced).toEqual(bare)
    expect(traced.stdout).toContain('86401000 86400000 [ 86400, 0 ] 86400000000000n')
    expect(calls).toMatchObject({ work: 8, replaced: 2, deleted: 2 })
    for (const { dur } of slices.filter(({ name }) => name === 'work')) {
      // A million additions take a while on any machine, and no test takes a day.
      expect(dur).toBeGreaterThan(50)
      expect(dur).toBeLessThan(AN_HOUR_US)
    }
    expect(spanUs(slices)).toBeLessThan(AN_HOUR_US)
  })
})

it('timers that vitest fakes give its tests the same results', () => {
  const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs')
  const options = { cwd: join(fixtures, 'vitest'), env: { VITEST: '' }, varies: /\d+(\.\d+)?m?s\b|\d\d:\d\d:\d\d/g }
  const { bare, traced, slices, calls } = compare(process.execPath, [vitest, 'run', '--reporter', 'tap-flat'], options)
  expect({ ...traced, stdout: withoutDurations(traced.stdout) }).toEqual({
    ...bare,
    stdout: withoutDurations(bare.stdout),
  })
  expect(traced.stdout).toContain('ok 1 - timers.check.ts > fakes timers')
  expect(calls).toMatchObject({ wait: 4 })
  expect(spanUs(slices)).toBeLessThan(AN_HOUR_US)
})

function withoutDurations(tap: string): string {
  return tap.replace(/# time=\S+/g, '')
}

function spanUs(slices: readonly TraceEvent[]): number {
  const starts = slices.map(({ ts }) => ts)
  return Math.max(...starts) - Math.min(...starts)
}
