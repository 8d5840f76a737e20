import type { SliceTable } from './trace.js'
import type { Nanoseconds, SliceIndex } from './units.js'

/** A moment at which a slice of a thread begins or ends. */
export interface SliceEdge {
  readonly slice: SliceIndex
  readonly isBegin: boolean
  /** Whole, and never before the time of the edge that came before. */
  readonly timeNs: Nanoseconds
}

/**
 * Begins and ends of nested slices in the order in which they happened, for formats that hold these:
 * one that begins last ends first, also where times are equal or off by the last bit of a sum.
 */
export function* sliceEdges(slices: SliceTable): Generator<SliceEdge, void, undefined> {
  const { length, startNs, durationNs, depth } = slices
  const open: SliceIndex[] = []
  let last = -Infinity
  const at = (time: Nanoseconds): Nanoseconds => {
    last = Math.max(last, Number.isFinite(time) ? Math.round(time) : Number.isFinite(last) ? last : 0)
    return last
  }
  const end = (slice: SliceIndex): SliceEdge => ({
    slice,
    isBegin: false,
    timeNs: at(startNs[slice] + durationNs[slice]),
  })
  for (let slice = 0; slice < length; slice++) {
    while (open.length > depth[slice]) yield end(open.pop() ?? slice)
    open.push(slice)
    yield { slice, isBegin: true, timeNs: at(startNs[slice]) }
  }
  while (open.length > 0) yield end(open.pop() ?? 0)
}
