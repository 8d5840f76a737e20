import type { Nanoseconds, SliceIndex, SliceTable } from '@tracer/core'
import type { FlowMark } from './event-columns.js'

/** The end of an arrow that a file gives by its time alone. */
export interface FlowMoment {
  readonly mark: FlowMark
  readonly timeNs: Nanoseconds
  /** Whether it is at the next slice to begin, not at the innermost that is open. */
  readonly isNext: boolean
}

/** The slice of a nested table that each moment stands for; `moments` ascend. */
export function slicesOfMoments(slices: SliceTable, moments: readonly FlowMoment[]): (SliceIndex | undefined)[] {
  const { startNs, durationNs, depth, length } = slices
  const endNs = (slice: SliceIndex) => startNs[slice] + durationNs[slice]
  const open: SliceIndex[] = []
  let begun = 0
  return moments.map(({ timeNs, isNext }) => {
    const isBegun = (slice: SliceIndex) => (isNext ? startNs[slice] < timeNs : startNs[slice] <= timeNs)
    for (; begun < length && isBegun(begun); begun++) {
      open.length = depth[begun]
      open.push(begun)
    }
    if (isNext) return begun < length ? begun : undefined
    return open.findLast((slice) => endNs(slice) >= timeNs)
  })
}
