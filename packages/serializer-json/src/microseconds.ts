import type { Nanoseconds } from '@tracer/core'

/**
 * Times of the format are microseconds, written here with exactly three decimals: whole nanoseconds.
 * A double near 2^43 has a step of 1/1024, so up to there (101 days) each nanosecond keeps a value of
 * its own through `JSON.parse`. Times further away are whole microseconds.
 */
export const EXACT_NS = 2 ** 43 * 1000

/** 73 years: beyond it, doubles of nanoseconds are too coarse to find the microsecond again. */
const FARTHEST_NS = 2 ** 61

/** Up to here a product of a double and 1000 is off by less than half of one. */
const PLAIN_NS = 2 ** 50

/** The nearest moment that a file can hold. Rising times stay in order; NaN becomes 0. */
export function toGrid(ns: Nanoseconds): Nanoseconds {
  return ns >= 0 && ns < EXACT_NS ? Math.round(ns) : toFarGrid(ns)
}

/** A time of a file, in nanoseconds. */
export function fromMicroseconds(us: number): Nanoseconds {
  const ns = us * 1000
  if (Math.abs(ns) < PLAIN_NS) return Math.round(ns) + 0
  return Math.abs(ns) < EXACT_NS ? nearestExact(us) : toFarGrid(ns)
}

/**
 * The end of a slice, in nanoseconds. Both times are rounded together, as a file may hold fractions
 * of a nanosecond, so that ends keep their order too.
 */
export function endFromMicroseconds(startUs: number, durationUs: number): Nanoseconds {
  const ns = startUs * 1000 + durationUs * 1000
  if (Math.abs(ns) < PLAIN_NS) return Math.round(ns) + 0
  if (Math.abs(ns) >= EXACT_NS) return toFarGrid((startUs + durationUs) * 1000)
  return fromMicroseconds(startUs) + fromMicroseconds(durationUs)
}

/** 4.9 hours: up to here {@link toDoubleGrid} and back is the same nanosecond. */
export const DOUBLE_GRID_NS = 2 ** 44

/**
 * Nanoseconds as microseconds that doubles add and subtract without an error: multiples of 1/1024, each nearer to
 * its nanosecond than to any other.
 */
export function toDoubleGrid(ns: Nanoseconds): number {
  return Math.round(ns * 1.024) / 1024
}

/** The text of any moment of the grid, for times that the hot path leaves out. */
export function microsecondsText(ns: Nanoseconds): string {
  if (Math.abs(ns) >= EXACT_NS) return `${Math.round(ns / 1000)}.000`
  const digits = String(Math.abs(ns)).padStart(4, '0')
  return `${ns < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}

/** The text of the time between two moments of the grid. */
export function durationText(startNs: Nanoseconds, endNs: Nanoseconds): string {
  if (Math.abs(startNs) < EXACT_NS && Math.abs(endNs) < EXACT_NS) return microsecondsText(endNs - startNs)
  // A far end is a whole number of microseconds; a near start may have a fraction, which counts down from it.
  const [startUs, startFraction] = splitMicroseconds(startNs)
  const [endUs, endFraction] = splitMicroseconds(endNs)
  const fraction = endFraction - startFraction
  const us = endUs - startUs - (fraction < 0 ? 1 : 0)
  return `${us}.${String(fraction < 0 ? fraction + 1000 : fraction).padStart(3, '0')}`
}

function splitMicroseconds(ns: Nanoseconds): [us: number, fraction: number] {
  if (Math.abs(ns) >= EXACT_NS) return [Math.round(ns / 1000), 0]
  const us = Math.floor(ns / 1000)
  return [us, ns - us * 1000]
}

function toFarGrid(ns: Nanoseconds): Nanoseconds {
  if (Number.isNaN(ns)) return 0
  const clamped = Math.min(Math.max(ns, -FARTHEST_NS), FARTHEST_NS)
  // `+ 0` turns a negative zero into zero.
  return (Math.abs(clamped) < EXACT_NS ? Math.round(clamped) : Math.round(clamped / 1000) * 1000) + 0
}

/** The product may be off by one or two, but only one whole number gives this very double when divided. */
function nearestExact(us: number): Nanoseconds {
  const ns = Math.round(us * 1000)
  for (const candidate of [ns, ns - 1, ns + 1, ns - 2, ns + 2]) if (candidate / 1000 === us) return candidate
  return ns
}
