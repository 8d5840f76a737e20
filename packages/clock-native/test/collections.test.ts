import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addonFile } from '../src/index.js'
import { watchCollections } from '../src/from-file.js'
import { hasCompiler } from './addons.js'
import { NODES } from './nodes.js'

const PROGRAM = join(import.meta.dirname, 'fixtures', 'collections.mjs')

// Without a compiler there is no addon that could tell of them.
if (hasCompiler) {
  it.each(NODES.flatMap((node) => ['native', 'monotonic'].map((clock) => ({ ...node, clock }))))(
    'V8 tells when collections were, of which kind, and what they freed, by a $clock clock: $title',
    ({ path, clock }) => {
      const printed = execFileSync(path, ['--expose-gc', PROGRAM, addonFile, clock], { encoding: 'utf8' })
      const { whyNot, kept, written, lost, isLostWithin } = JSON.parse(printed) as {
        readonly whyNot?: string
        readonly kept: readonly { readonly before: number; readonly after: number }[]
        readonly written: number
        readonly lost: number
        readonly isLostWithin: boolean
      }
      expect(whyNot).toBeUndefined()
      expect(kept).toMatchObject([
        { isWithin: true, type: 4, flags: 4 },
        { isWithin: true, type: 1, flags: 4 },
      ])
      expect(kept[0].before - kept[0].after).toBeGreaterThan(100_000)
      expect(kept[0].after).toBeGreaterThan(1_000_000)
      // There were four slots for six collections, or more if V8 found one necessary.
      expect(written).toBe(4)
      expect(lost).toBeGreaterThanOrEqual(2)
      expect(isLostWithin).toBe(true)
    },
  )
}

it('says why nobody tells where there is no addon', () => {
  const clock = { id: 'portable', originNs: 0, nsPerTick: 1e6 }
  const ring = new Float64Array(new SharedArrayBuffer(8 * 13))
  expect(watchCollections(ring, { addon: '/nowhere/a.node', clock })).toContain('is not built')
})
