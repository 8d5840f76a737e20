import type { Site, SiteIndex, SliceIndex, SliceTable, ThreadIndex, Trace, TrackIndex } from '@tracer/core'
import { keptCalls, type CallColumns } from './call-columns.js'
import { costOf, withoutProbes } from './probe-cost.js'
import { withinRange, type TimeRange } from './time-range.js'

/** Which part of a trace is looked at, and how; all of it by default. */
export interface TrackSelection {
  /** Only these threads; all when absent. */
  readonly threads?: readonly ThreadIndex[]
  /** Only what ran within this span; a call that is partly outside counts with the part inside. */
  readonly range?: TimeRange
  /** Only functions for which this says so; the time of others is their caller's own. Asked once for each site. */
  readonly sites?: (site: Site, index: SiteIndex) => boolean
  /** Only slices for which this says so, such as those that one request caused; the time of others is their caller's own. */
  readonly slices?: (track: TrackIndex, slice: SliceIndex) => boolean
  /** Times as they were recorded; without it, what the probes cost is taken away. */
  readonly raw?: boolean
}

/** The calls of one track. */
export interface TrackCalls {
  readonly thread: ThreadIndex
  readonly calls: CallColumns
}

/** The calls of each track that holds any, one track after the other, those of a thread together. */
export function* selectedCalls(trace: Trace, selection: TrackSelection): Generator<TrackCalls, void, undefined> {
  const { range, slices: isChosenSlice } = selection
  const cost = costOf(trace.metadata, selection.raw === true)
  const isChosenSite = chosenSites(trace, selection)
  for (const { track, thread, slices } of tracksOfCalls(trace, selection)) {
    const ran = range === undefined ? undefined : withinRange(slices, range)
    const calls = withoutProbes(ran ?? slices, cost)
    if (isChosenSite === undefined && isChosenSlice === undefined) {
      yield { thread, calls }
      continue
    }
    const kept = keptCalls(calls, (row) => {
      if (isChosenSite?.[calls.site[row]] === 0) return false
      return isChosenSlice === undefined || isChosenSlice(track, ran === undefined ? row : ran.row[row])
    })
    yield { thread, calls: kept }
  }
}

/** 1 for each site that is chosen; undefined when all are. */
export function chosenSites(trace: Trace, { sites }: TrackSelection): Uint8Array | undefined {
  return sites === undefined ? undefined : Uint8Array.from(trace.sites, (site, index) => (sites(site, index) ? 1 : 0))
}

/**
 * The slice tables that hold calls. Threads do; a track of overlapping slices does when they are
 * those of functions, which is how slices that fit in no nest are kept. Asynchronous spans are no
 * calls: they measure waiting as well. Neither are turns of the event loop, which stand around calls, and garbage
 * collections, which lie within.
 */
function tracksOfCalls(
  trace: Trace,
  { threads }: TrackSelection,
): { readonly track: TrackIndex; readonly thread: ThreadIndex; readonly slices: SliceTable }[] {
  const chosen = threads === undefined ? undefined : new Set(threads)
  const tracks = trace.tracks.flatMap((track, index) => {
    if (track.kind === 'counter' || chosen?.has(track.thread) === false) return []
    const { thread, slices } = track
    return holdsCalls(trace.sites, slices) ? [{ track: index, thread, slices }] : []
  })
  return tracks.sort((a, b) => a.thread - b.thread)
}

// The slices of one track are all calls, all spans, all turns or all collections: a track is made for one of them.
function holdsCalls(sites: readonly Site[], slices: SliceTable): boolean {
  if (slices.length === 0) return false
  const { kind } = sites[slices.site[0]]
  return kind !== 'async-span' && kind !== 'turn' && kind !== 'collection'
}
