import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLOCK, endOf, indexLevels, outermost, transferablesOf, type LevelIndex } from '../src/level-index.js'
import { broken, levelled, overlapping, tableOf, type SomeSlice } from './some-slices.js'

/** Slices of a level by start: those whose start is a number. */
function obviousOrder(slices: readonly SomeSlice[], depth: number): number[] {
  return slices
    .flatMap((slice, index) => (slice.depth === depth && Number.isFinite(slice.startNs) ? [index] : []))
    .sort((a, b) => slices[a].startNs - slices[b].startNs || a - b)
}

function levelOf({ order, first }: LevelIndex, level: number): number[] {
  return [...order.subarray(first[level], first[level + 1])]
}

describe('an index of levels', () => {
  test('holds the slices of each level by start', () => {
    fc.assert(
      fc.property(fc.oneof(levelled, broken), (slices) => {
        const index = indexLevels(tableOf(slices))
        expect(index.levels).toBe(Math.max(0, ...slices.map(({ depth }) => depth + 1)))
        for (let level = 0; level < index.levels; level++) {
          expect(levelOf(index, level)).toEqual(obviousOrder(slices, level))
        }
      }),
    )
  })

  test('says when its lowest level begins and ends', () => {
    fc.assert(
      fc.property(fc.oneof(levelled, overlapping, broken), (slices) => {
        const table = tableOf(slices)
        const order = obviousOrder(slices, 0)
        const ends = order.map((slice) => endOf(table, slice))
        const expected = order.length === 0 ? undefined : [table.startNs[order[0]], Math.max(...ends)]
        expect(outermost(indexLevels(table))).toEqual(expected)
      }),
    )
  })

  test('says of each block when it begins and ends, what it covers and which of its slices is the longest', () => {
    fc.assert(
      fc.property(fc.oneof(levelled, overlapping, broken), (slices) => {
        const table = tableOf(slices)
        const index = indexLevels(table)
        const lengthOf = (slice: number): number => endOf(table, slice) - table.startNs[slice]
        for (let level = 0; level < index.levels; level++) {
          let parts = levelOf(index, level).map((slice) => [slice])
          let block = index.firstBlock[level]
          while (parts.length > 1 || block === index.firstBlock[level]) {
            if (parts.length === 0) break
            const groups = Array.from({ length: Math.ceil(parts.length / BLOCK) }, (_, at) =>
              parts.slice(at * BLOCK, (at + 1) * BLOCK).flat(),
            )
            for (const group of groups) {
              expect(index.blockStartNs[block]).toBe(table.startNs[group[0]])
              expect(index.blockEndNs[block]).toBe(Math.max(...group.map((slice) => endOf(table, slice))))
              expect(index.blockCoveredNs[block]).toBe(group.reduce((sum, slice) => sum + lengthOf(slice), 0))
              expect(group).toContain(index.blockLongest[block])
              expect(lengthOf(index.blockLongest[block])).toBe(Math.max(...group.map(lengthOf)))
              block++
            }
            parts = groups
          }
          expect(block).toBe(index.firstBlock[level + 1])
        }
      }),
    )
  })

  test('takes under 8 bytes a slice', () => {
    const slices = tableOf(Array.from({ length: 20_000 }, (_, i) => ({ startNs: i, durationNs: 1, depth: i % 12 })))
    const bytes = transferablesOf(indexLevels(slices)).reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bytes / slices.length).toBeLessThan(8)
  })

  test('can be handed to another thread', () => {
    const index = indexLevels(tableOf([{ startNs: 1, durationNs: 2, depth: 0 }]))
    const moved = structuredClone(index, { transfer: transferablesOf(index) })
    expect(moved.blockEndNs[0]).toBe(3)
    expect(index.order.length).toBe(0)
  })
})
