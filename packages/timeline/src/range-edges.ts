import type { TimelineModel } from './model.js'
import { timeAt, xOf, type TimeRange } from './view.js'

/** One of the two ends of a measured range. */
export type RangeEdge = 'from' | 'to'

/** The edge of the range that is nearest to a place, if it is within reach. Lengths in CSS pixels. */
export function edgeAt({ range, view, width }: TimelineModel, x: number, reach: number): RangeEdge | undefined {
  if (range === undefined) return undefined
  const [from, to] = [Math.abs(xOf(range.fromNs, view, width) - x), Math.abs(xOf(range.toNs, view, width) - x)]
  if (!(Math.min(from, to) <= reach)) return undefined
  // Of a range without a width the one that the pointer is beyond.
  return from === to ? (x < xOf(range.fromNs, view, width) ? 'from' : 'to') : from < to ? 'from' : 'to'
}

/** A drag of one edge: the other stays, and either may come to be the later one. */
export class EdgeGrip {
  #staysNs = 0

  take({ range }: TimelineModel, edge: RangeEdge): void {
    if (range !== undefined) this.#staysNs = edge === 'from' ? range.toNs : range.fromNs
  }

  /** The range with the edge at a place; never empty. */
  move({ range, view, width }: TimelineModel, x: number): TimeRange | undefined {
    const [staysNs, movedNs] = [this.#staysNs, timeAt(x, view, width)]
    return staysNs === movedNs ? range : { fromNs: Math.min(staysNs, movedNs), toNs: Math.max(staysNs, movedNs) }
  }
}
