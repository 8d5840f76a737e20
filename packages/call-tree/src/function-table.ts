import type { Nanoseconds, SiteIndex, Trace } from '@tracer/core'
import { CallSums } from './call-sums.js'
import { percentile, type DurationHistogram } from './duration-histogram.js'
import { selectedCalls, type TrackSelection } from './track-selection.js'
import { callsBeside, unrecordedSums, type UnrecordedSums } from './unrecorded-sums.js'

/**
 * What one function cost in all.
 *
 * A *call* is what the program wrote as one: the runs of an async function or generator that
 * suspended and resumed are one call, and its time is the sum of those runs, without the waiting
 * between them.
 */
export interface FunctionRow {
  readonly site: SiteIndex
  /** All calls, exactly: recorded ones, and those that are in no slice. */
  readonly calls: number
  /** Calls that left a slice; all times but `estimatedNs` are theirs. */
  readonly recordedCalls: number
  /** All runs, exactly: slices, and runs that are in no slice. */
  readonly runs: number
  /**
   * How long the calls took that are in no slice, what they called included, by estimate. It is in no
   * other time of this row, and part of the self time of whoever made the calls.
   */
  readonly estimatedNs: Nanoseconds
  /** Time in the function itself, without the functions it called as far as these left slices. */
  readonly selfNs: Nanoseconds
  /** Time in which the function was on the stack; a recursive call adds nothing to the one that encloses it. */
  readonly totalNs: Nanoseconds
  /**
   * Mean running time of a recorded call, what it called included; 0 when there is none. A recursive call counts like any other,
   * so for a recursive function `meanNs * recordedCalls` is more than `totalNs`.
   */
  readonly meanNs: Nanoseconds
  /** Running time of the shortest recorded call; 0 when there is none. */
  readonly minNs: Nanoseconds
  /**
   * The half of the recorded calls that took least took no longer than this; exact below 64 ns, otherwise
   * within 1.6%. 0 when there is none.
   */
  readonly p50Ns: Nanoseconds
  /** The same for nine of ten calls. */
  readonly p90Ns: Nanoseconds
  /** The same for 99 of 100 calls. */
  readonly p99Ns: Nanoseconds
  /** Running time of the longest recorded call. */
  readonly maxNs: Nanoseconds
  /** How long the recorded calls took; no bar when there is none. */
  readonly histogram: DurationHistogram
}

/**
 * One row for each function, module body and span that ran, dearest self time first; of equal ones
 * the one that was seen first. Linear in the slices.
 */
export function functionTable(trace: Trace, selection: TrackSelection = {}): FunctionRow[] {
  const sums = new CallSums(trace.sites.length)
  for (const { calls } of selectedCalls(trace, selection)) sums.add(calls)
  const rows = rowsOf(sums, unrecordedSums(trace, selection))
  return rows.sort((a, b) => b.selfNs - a.selfNs || a.site - b.site)
}

/** What is below 0, because the calls took less than their probes do on average, is 0. */
function rowsOf({ runs, selfNs, totalNs, meter }: CallSums, unrecorded: UnrecordedSums): FunctionRow[] {
  const histograms = meter.sketch.histograms(runs.length)
  const rows: FunctionRow[] = []
  for (let site = 0; site < runs.length; site++) {
    if (runs[site] === 0 && unrecorded.runs[site] === 0) continue
    const recordedCalls = meter.calls[site]
    const histogram = histograms[site]
    const minNs = recordedCalls === 0 ? 0 : Math.max(0, meter.minNs[site])
    const maxNs = Math.max(0, meter.maxNs[site])
    rows.push({
      site,
      calls: recordedCalls + callsBeside(meter.resumedCalls[site], unrecorded.calls[site]),
      recordedCalls,
      runs: runs[site] + unrecorded.runs[site],
      estimatedNs: unrecorded.estimatedNs[site],
      selfNs: Math.max(0, selfNs[site]),
      totalNs: Math.max(0, totalNs[site]),
      meanNs: recordedCalls === 0 ? 0 : Math.max(0, meter.sumNs[site] / recordedCalls),
      minNs,
      p50Ns: percentile(histogram, 0.5, minNs, maxNs),
      p90Ns: percentile(histogram, 0.9, minNs, maxNs),
      p99Ns: percentile(histogram, 0.99, minNs, maxNs),
      maxNs,
      histogram,
    })
  }
  return rows
}
