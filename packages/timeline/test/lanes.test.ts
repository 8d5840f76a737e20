import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packLanes } from '../src/lanes.js'
import { overlapping, tableOf, type SomeSlice } from './some-slices.js'

/** Each slice goes to the first lane whose last slice has ended. */
function obviousLanes(slices: readonly SomeSlice[]): number[] {
  const ends: number[] = []
  return slices.map(({ startNs, durationNs }) => {
    const free = ends.findIndex((end) => end <= startNs)
    const lane = free === -1 ? ends.length : free
    ends[lane] = startNs + Math.max(durationNs, 1)
    return lane
  })
}

test('slices that overlap lie in different lanes, each in the first that is free', () => {
  fc.assert(
    fc.property(overlapping, (slices) => {
      expect([...packLanes(tableOf(slices))]).toEqual(obviousLanes(slices))
    }),
  )
})

test('two moments at one time lie below each other', () => {
  const moments = [5, 5, 6].map((startNs) => ({ startNs, durationNs: 0, depth: 0 }))
  expect([...packLanes(tableOf(moments))]).toEqual([0, 1, 0])
})

test('slices without a time take no lane', () => {
  const slices = [NaN, 1].map((startNs) => ({ startNs, durationNs: NaN, depth: 0 }))
  expect([...packLanes(tableOf(slices))]).toEqual([0, 0])
})
