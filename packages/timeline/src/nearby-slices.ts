import type { FlowTable, SliceIndex, SliceTable, Trace, TrackIndex } from '@tracer/core'
import type { LevelIndex } from './level-index.js'

/** The slice around a slice of a thread. */
export function parentOf({ depth }: SliceTable, slice: SliceIndex): SliceIndex | undefined {
  // Slices of depth 0 stand for themselves; the search ends at the nearest one that is less deep.
  for (let at = slice - 1; depth[slice] > 0 && at >= 0; at--) if (depth[at] === depth[slice] - 1) return at
  return undefined
}

/** The first slice within a slice of a thread. */
export function firstChildOf({ depth, length }: SliceTable, slice: SliceIndex): SliceIndex | undefined {
  return slice + 1 < length && depth[slice + 1] === depth[slice] + 1 ? slice + 1 : undefined
}

/** The slice before (-1) or after (1) on the same level. */
export function besideOf(index: LevelIndex, level: number, slice: SliceIndex, step: -1 | 1): SliceIndex | undefined {
  const { first, order } = index
  const position = order.indexOf(slice, first[level])
  const next = position + step
  return position === -1 || next < first[level] || next >= first[level + 1] ? undefined : order[next]
}

/** Positions in the flow table of the ends on a slice. */
export function flowEndsOf(flows: FlowTable, onTrack: TrackIndex, onSlice: SliceIndex): number[] {
  const { track, slice, length } = flows
  const order = endsBySlice(flows)
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    const end = order[middle]
    if (track[end] < onTrack || (track[end] === onTrack && slice[end] < onSlice)) low = middle + 1
    else high = middle
  }
  const ends: number[] = []
  for (; low < length && track[order[low]] === onTrack && slice[order[low]] === onSlice; low++) ends.push(order[low])
  return ends
}

const KNOWN = new WeakMap<FlowTable, Int32Array>()

/** Rows of a flow table by track, then by slice. */
function endsBySlice(flows: FlowTable): Int32Array {
  let order = KNOWN.get(flows)
  if (order === undefined) {
    const { track, slice, length } = flows
    order = Int32Array.from({ length }, (_, end) => end)
    order.sort((a, b) => track[a] - track[b] || slice[a] - slice[b] || a - b)
    KNOWN.set(flows, order)
  }
  return order
}

/** A slice of a trace. */
export interface SlicePlace {
  readonly track: TrackIndex
  readonly slice: SliceIndex
}

/** Where the arrow comes from that leads to a slice or to one around it; else the run before of its activation. */
export function causeOf(trace: Trace, { track, slice }: SlicePlace): SlicePlace | undefined {
  return linkedBy(trace, { track, slice }, -1)
}

/** Where the arrow leads that leaves a slice or one around it; else the next run of its activation. */
export function effectOf(trace: Trace, { track, slice }: SlicePlace): SlicePlace | undefined {
  return linkedBy(trace, { track, slice }, 1)
}

function linkedBy(trace: Trace, { track, slice }: SlicePlace, step: -1 | 1): SlicePlace | undefined {
  const onTrack = trace.tracks.at(track)
  if (onTrack === undefined || onTrack.kind === 'counter') return undefined
  const { flows } = trace
  for (let at: SliceIndex | undefined = slice; at !== undefined; at = parentOf(onTrack.slices, at)) {
    for (const end of flowEndsOf(flows, track, at)) {
      const other = end + step
      if (flows.flow[other] === flows.flow[end]) return { track: flows.track[other], slice: flows.slice[other] }
    }
  }
  const runs = runsOf(onTrack.slices, slice)
  const run = runs[runs.indexOf(slice) + step]
  return run === undefined ? undefined : { track, slice: run }
}

/** All runs of the activation that a slice is one of, by time; only itself when there is none. */
export function runsOf({ activation, length }: SliceTable, slice: SliceIndex): readonly SliceIndex[] {
  const id = activation.length === 0 ? 0 : Math.abs(activation[slice])
  if (id === 0) return [slice]
  const runs: SliceIndex[] = []
  for (let at = 0; at < length; at++) if (activation[at] === id || activation[at] === -id) runs.push(at)
  return runs
}
