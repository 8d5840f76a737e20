import type { EventFilter } from './contracts.js'
import type { FlowTable, SliceTable, Trace, Track } from './trace.js'
import type { SliceIndex, TrackIndex } from './units.js'

/**
 * A trace without the slices that one of `filters` rejects. Children of a rejected slice move up to
 * the nearest ancestor that stays; instants, counters, sites, threads and calls that are in no slice
 * stay as they are.
 *
 * ```
 * depth 0  |----a----------|             |----a----------|
 *       1   |--b-----| |-c-|   without b   |-d-|     |-c-|
 *       2    |-d-|
 * ```
 */
export function filterTrace(trace: Trace, filters: EventFilter | readonly EventFilter[]): Trace {
  const all = [filters].flat()
  if (all.length === 0) return trace
  const tracks: Track[] = []
  const moved = trace.tracks.map((track): MovedTrack | undefined => {
    if (track.kind === 'counter') {
      tracks.push(track)
      return undefined
    }
    const { slices, place } = filterSlices(trace, track.slices, all)
    // A thread has its row even when nothing of it is left; a row of async slices is nothing but these.
    if (track.kind === 'async' && slices.length === 0) return undefined
    return { track: tracks.push(Object.freeze({ ...track, slices })) - 1, place }
  })
  return Object.freeze({ ...trace, tracks: Object.freeze(tracks), flows: filterFlows(trace.flows, moved) })
}

/** Where a track and its slices went: a slice that was rejected to its nearest ancestor that stays, or -1. */
interface MovedTrack {
  readonly track: TrackIndex
  readonly place: Int32Array
}

/** The ends of arrows move as the slices do; arrows that lost an end go. */
function filterFlows(flows: FlowTable, moved: readonly (MovedTrack | undefined)[]): FlowTable {
  if (flows.length === 0) return flows
  const rows = Array.from(flows.flow, (flow, row) => {
    const to = moved[flows.track[row]]
    return { flow, track: to?.track ?? -1, slice: to?.place[flows.slice[row]] ?? -1, timeNs: flows.timeNs[row] }
  }).filter(({ slice }) => slice !== -1)
  const ends = new Int32Array(flows.flow[flows.length - 1] + 1)
  for (const { flow } of rows) ends[flow]++
  let flowsLeft = 0
  const numbers = ends.map((count) => (count > 1 ? ++flowsLeft : 0))
  const left = rows.filter(({ flow }) => numbers[flow] !== 0)
  return Object.freeze({
    length: left.length,
    flow: Int32Array.from(left, ({ flow }) => numbers[flow]),
    track: Int32Array.from(left, ({ track }) => track),
    slice: Int32Array.from(left, ({ slice }) => slice),
    timeNs: Float64Array.from(left, ({ timeNs }) => timeNs),
  })
}

function filterSlices(
  trace: Trace,
  slices: SliceTable,
  filters: readonly EventFilter[],
): { readonly slices: SliceTable; readonly place: Int32Array } {
  const kept: SliceIndex[] = []
  const depths: number[] = []
  const place = new Int32Array(slices.length)
  // For each level of the original, where its slice has gone.
  const placeAtLevel: number[] = []
  // For each level of the original, how many slices from the root down to it are kept.
  const keptAtLevel: number[] = []
  for (let i = 0; i < slices.length; i++) {
    const level = slices.depth[i]
    const above = level === 0 ? 0 : keptAtLevel[level - 1]
    const site = trace.sites[slices.site[i]]
    const isKept = filters.every((filter) => filter.keeps(site, slices, i))
    keptAtLevel[level] = above + (isKept ? 1 : 0)
    place[i] = isKept ? kept.length : level === 0 ? -1 : placeAtLevel[level - 1]
    placeAtLevel[level] = place[i]
    if (!isKept) continue
    kept.push(i)
    depths.push(above)
  }
  const left: SliceTable = {
    length: kept.length,
    site: Int32Array.from(kept, (i) => slices.site[i]),
    startNs: Float64Array.from(kept, (i) => slices.startNs[i]),
    durationNs: Float64Array.from(kept, (i) => slices.durationNs[i]),
    depth: Int32Array.from(depths),
    activation: keptActivations(slices, kept),
    args: keptArgs(slices, kept),
    unfinished: keptUnfinished(slices, kept),
  }
  return { slices: left, place }
}

/** The first run that stays stands for the call, also when the first of all was rejected. */
function keptActivations({ activation }: SliceTable, kept: readonly SliceIndex[]): Int32Array {
  if (activation.length === 0) return activation
  const seen = new Set<number>()
  return Int32Array.from(kept, (i) => {
    const id = Math.abs(activation[i])
    if (id === 0) return 0
    if (seen.has(id)) return -id
    seen.add(id)
    return id
  })
}

function keptArgs({ args }: SliceTable, kept: readonly SliceIndex[]): ReadonlyMap<SliceIndex, string> {
  const left = new Map<SliceIndex, string>()
  if (args.size === 0) return left
  kept.forEach((from, index) => {
    const text = args.get(from)
    if (text !== undefined) left.set(index, text)
  })
  return left
}

function keptUnfinished({ unfinished }: SliceTable, kept: readonly SliceIndex[]): ReadonlySet<SliceIndex> {
  const left = new Set<SliceIndex>()
  if (unfinished.size === 0) return left
  kept.forEach((from, index) => {
    if (unfinished.has(from)) left.add(index)
  })
  return left
}
