import type { Site, SliceTable, ThreadIndex, Trace, Track } from '@tracer/core'

/** Which part of a trace is looked at, and how; all of it by default. */
export interface TrackSelection {
  /** Only these threads; all when absent. */
  readonly threads?: readonly ThreadIndex[]
  /** Times as they were recorded; without it, what the probes cost is taken away. */
  readonly raw?: boolean
}

/**
 * The slice tables that hold calls. Threads do; a track of overlapping slices does when they are
 * those of functions, which is how slices that fit in no nest are kept. Asynchronous spans are no
 * calls: they measure waiting as well.
 */
export function tracksOfCalls(trace: Trace, { threads }: TrackSelection): SliceTable[] {
  const isChosen = (track: Track): boolean => threads === undefined || threads.includes(track.thread)
  return trace.tracks
    .filter(isChosen)
    .flatMap((track) => (track.kind === 'counter' ? [] : [track.slices]))
    .filter((slices) => holdsCalls(trace.sites, slices))
}

// The slices of one track are all calls or all spans: a track is made for the one or the other.
function holdsCalls(sites: readonly Site[], slices: SliceTable): boolean {
  return slices.length > 0 && sites[slices.site[0]].kind !== 'async-span'
}
