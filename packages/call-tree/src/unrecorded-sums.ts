import type { Trace } from '@tracer/core'
import { chosenSites, type TrackSelection } from './track-selection.js'

/** Calls that are in no slice, by site. */
export interface UnrecordedSums {
  readonly calls: Float64Array
  /** The first runs of these calls, and later runs, also of calls whose first run is in a slice. */
  readonly runs: Float64Array
  readonly estimatedNs: Float64Array
}

/** When a call was that is in no slice, and what caused it, is not known: none is in a part of the time, or caused by one thing. */
export function unrecordedSums(trace: Trace, selection: TrackSelection): UnrecordedSums {
  const { threads, range, slices } = selection
  const column = (): Float64Array => new Float64Array(trace.sites.length)
  const sums = { calls: column(), runs: column(), estimatedNs: column() }
  if (range !== undefined || slices !== undefined) return sums
  const isChosenSite = chosenSites(trace, selection)
  const chosen = threads === undefined ? undefined : new Set(threads)
  const { length, thread, site, calls, estimatedNs, laterRuns } = trace.unrecorded
  for (let i = 0; i < length; i++) {
    if (chosen?.has(thread[i]) === false) continue
    if (isChosenSite?.[site[i]] === 0) continue
    sums.calls[site[i]] += calls[i]
    sums.runs[site[i]] += calls[i] + laterRuns[i]
    sums.estimatedNs[site[i]] += estimatedNs[i]
  }
  return sums
}

/** How many of the calls that are in no slice are not known by their later runs, which are: each is one call. */
export function callsBeside(resumedCalls: number, unrecordedCalls: number): number {
  return Math.max(0, unrecordedCalls - resumedCalls)
}
