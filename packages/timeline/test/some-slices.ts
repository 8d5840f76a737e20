import type { SliceTable } from '@tracer/core'
import fc from 'fast-check'

/** A slice by its times and level. */
export interface SomeSlice {
  readonly startNs: number
  readonly durationNs: number
  readonly depth: number
}

export function tableOf(slices: readonly SomeSlice[]): SliceTable {
  return {
    length: slices.length,
    site: Int32Array.from(slices, (_, index) => index),
    startNs: Float64Array.from(slices, ({ startNs }) => startNs),
    durationNs: Float64Array.from(slices, ({ durationNs }) => durationNs),
    depth: Int32Array.from(slices, ({ depth }) => depth),
    activation: new Int32Array(0),
    args: new Map(),
    unfinished: new Set(),
  }
}

/** Slices of a few levels that do not overlap within one, by start. */
export const levelled = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(500)),
      durationNs: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(300)),
      depth: fc.nat(2),
    }),
    { maxLength: 400 },
  )
  .map((steps) => {
    const ends = [0, 0, 0]
    const slices = steps.map(({ gap, durationNs, depth }) => {
      const startNs = ends[depth] + gap
      ends[depth] = startNs + durationNs
      return { startNs, durationNs, depth }
    })
    return slices.sort((a, b) => a.startNs - b.startNs)
  })

/** Slices that overlap as they like, by start. */
export const overlapping = fc
  .array(fc.record({ startNs: fc.nat(300), durationNs: fc.oneof(fc.constant(0), fc.nat(80)), depth: fc.constant(0) }), {
    maxLength: 200,
  })
  .map((slices) => slices.sort((a, b) => a.startNs - b.startNs))

/** Times as no builder gives them. */
export const broken = fc.array(
  fc.record({
    startNs: fc.oneof(fc.integer({ min: -50, max: 400 }), fc.constantFrom(NaN, Infinity, -Infinity)),
    durationNs: fc.oneof(fc.integer({ min: -20, max: 90 }), fc.constantFrom(NaN, Infinity, -Infinity)),
    depth: fc.nat(2),
  }),
  { maxLength: 120 },
)

/** A stretch of time on some pixels. */
export const windows = fc
  .record({
    fromNs: fc.integer({ min: -100, max: 2000 }),
    span: fc.integer({ min: 1, max: 4000 }),
    width: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ fromNs, span, width }) => ({ fromNs, toNs: fromNs + span, width }))
