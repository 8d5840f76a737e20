import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sliceAt } from '../src/hit-test.js'
import { endOf, indexLevels } from '../src/level-index.js'
import { levelled, tableOf, windows } from './some-slices.js'

/** As far as a point reaches, and the pixel that a column of small slices stands for. */
const REACH = 3
const A_COLUMN = 1

test('the slice at a point is the one that lies there, else one within reach, else none', () => {
  fc.assert(
    fc.property(
      levelled,
      windows,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (slices, { fromNs, toNs, width }, place) => {
        const table = tableOf(slices)
        const index = indexLevels(table)
        fc.pre(index.levels > 0)
        const view = { fromNs, toNs }
        const x = place * width
        const found = sliceAt(table, index, 0, { view, width }, x)
        const xOf = (ns: number): number => ((ns - fromNs) / (toNs - fromNs)) * width
        const all = slices.flatMap(({ depth, startNs }, slice) => {
          const [left, right] = [xOf(startNs), xOf(endOf(table, slice))]
          return depth === 0 ? [{ slice, left, right, away: Math.max(left - x, x - right, 0) }] : []
        })
        const wide = all.find(({ left, right }) => right - left >= 1 + 1e-6 && left < x - 1e-6 && x + 1e-6 < right)
        const there = all.find(({ slice }) => slice === found)
        if (wide !== undefined) {
          // A column of small ones beside it may reach over it by its pixel.
          expect(there !== undefined && there.away <= A_COLUMN).toBe(true)
          if (x - wide.left > A_COLUMN && wide.right - x > A_COLUMN) expect(found).toBe(wide.slice)
        } else if (found === undefined) {
          expect(all.every(({ away }) => away > REACH - A_COLUMN)).toBe(true)
        } else {
          expect(there?.away).toBeLessThanOrEqual(REACH + A_COLUMN)
        }
      },
    ),
  )
})
