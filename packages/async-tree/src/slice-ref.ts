import type { SliceTable, Trace } from '@tracer/core'
import { NONE } from './task-columns.js'

/** A slice of a trace: the position of its track in `Trace.tracks`, and its own in that. */
export interface SliceRef {
  readonly track: number
  readonly slice: number
}

/** The slices of a track; undefined for a counter. */
export function slicesOf({ tracks }: Trace, track: number): SliceTable | undefined {
  const found = tracks[track]
  return found.kind === 'counter' ? undefined : found.slices
}

/** The site of a slice. */
export function siteOfSlice(trace: Trace, track: number, slice: number): number {
  return slicesOf(trace, track)?.site[slice] ?? NONE
}

/** The slice after the last that lies in a slice. */
export function endOfSubtree({ depth, length }: SliceTable, slice: number): number {
  let end = slice + 1
  while (end < length && depth[end] > depth[slice]) end++
  return end
}
