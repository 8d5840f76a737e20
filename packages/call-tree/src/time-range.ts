import type { Nanoseconds, SliceTable } from '@tracer/core'
import { keptCalls, type KeptCalls } from './call-columns.js'

/** A span of the trace's time: from `fromNs` up to, and without, `toNs`. */
export interface TimeRange {
  readonly fromNs: Nanoseconds
  readonly toNs: Nanoseconds
}

/** The slices that ran within a range, cut off at its ends. One that began earlier and still ran is among them. */
export function withinRange(slices: SliceTable, { fromNs, toNs }: TimeRange): KeptCalls {
  const { startNs, durationNs } = slices
  const ran = keptCalls(slices, (i) => {
    const start = startNs[i]
    return start < toNs && (start >= fromNs || start + durationNs[i] > fromNs)
  })
  for (let i = 0; i < ran.length; i++) {
    const start = startNs[ran.row[i]]
    const end = start + ran.durationNs[i]
    if (start < fromNs || end > toNs) ran.durationNs[i] = Math.min(end, toNs) - Math.max(start, fromNs)
  }
  return ran
}
