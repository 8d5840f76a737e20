import type { EventFilter } from './contracts.js'
import type { SliceTable, Trace, Track } from './trace.js'
import type { SliceIndex } from './units.js'

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
  const tracks = trace.tracks.flatMap((track): Track[] => {
    if (track.kind === 'counter') return [track]
    const slices = filterSlices(trace, track.slices, all)
    // A thread has its row even when nothing of it is left; a row of async slices is nothing but these.
    if (track.kind === 'async' && slices.length === 0) return []
    return [Object.freeze({ ...track, slices })]
  })
  return Object.freeze({ ...trace, tracks: Object.freeze(tracks) })
}

function filterSlices(trace: Trace, slices: SliceTable, filters: readonly EventFilter[]): SliceTable {
  const kept: SliceIndex[] = []
  const depths: number[] = []
  // For each level of the original, how many slices from the root down to it are kept.
  const keptAtLevel: number[] = []
  for (let i = 0; i < slices.length; i++) {
    const level = slices.depth[i]
    const above = level === 0 ? 0 : keptAtLevel[level - 1]
    const site = trace.sites[slices.site[i]]
    const isKept = filters.every((filter) => filter.keeps(site, slices, i))
    keptAtLevel[level] = above + (isKept ? 1 : 0)
    if (!isKept) continue
    kept.push(i)
    depths.push(above)
  }
  return {
    length: kept.length,
    site: Int32Array.from(kept, (i) => slices.site[i]),
    startNs: Float64Array.from(kept, (i) => slices.startNs[i]),
    durationNs: Float64Array.from(kept, (i) => slices.durationNs[i]),
    depth: Int32Array.from(depths),
    activation: keptActivations(slices, kept),
    args: keptArgs(slices, kept),
    unfinished: keptUnfinished(slices, kept),
  }
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
