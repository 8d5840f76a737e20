import type { Nanoseconds, SiteIndex, Trace } from '@tracer/core'
import type { CallColumns } from './call-columns.js'
import { CallMeter } from './call-meter.js'
import { chosenSites, selectedCalls, type TrackSelection } from './track-selection.js'

/**
 * What one function cost in all.
 *
 * A *call* is what the program wrote as one: the runs of an async function or generator that
 * suspended and resumed are one call, and its time is the sum of those runs, without the waiting
 * between them. `runs` counts the slices.
 */
export interface FunctionRow {
  readonly site: SiteIndex
  /** All calls, exactly: recorded ones, and those that are in no slice. */
  readonly calls: number
  /** Calls that left a slice; all times but `estimatedNs` are theirs. */
  readonly recordedCalls: number
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
  /** Running time of the longest recorded call. */
  readonly maxNs: Nanoseconds
}

/**
 * One row for each function, module body and span that ran, dearest self time first; of equal ones
 * the one that was seen first. Linear in the slices.
 */
export function functionTable(trace: Trace, selection: TrackSelection = {}): FunctionRow[] {
  const columns = functionColumns(trace.sites.length)
  for (const calls of selectedCalls(trace, selection)) addTimes(columns, calls)
  addUnrecorded(columns, trace, selection)
  return rowsOf(columns).sort((a, b) => b.selfNs - a.selfNs || a.site - b.site)
}

/** Sums by site; `openRuns` is scratch and all zero between tracks. */
interface FunctionColumns {
  readonly runs: Float64Array
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
  readonly openRuns: Int32Array
  readonly unrecordedCalls: Float64Array
  readonly estimatedNs: Float64Array
  readonly meter: CallMeter
}

function functionColumns(siteCount: number): FunctionColumns {
  return {
    runs: new Float64Array(siteCount),
    selfNs: new Float64Array(siteCount),
    totalNs: new Float64Array(siteCount),
    openRuns: new Int32Array(siteCount),
    unrecordedCalls: new Float64Array(siteCount),
    estimatedNs: new Float64Array(siteCount),
    meter: new CallMeter(siteCount),
  }
}

function addTimes(columns: FunctionColumns, calls: CallColumns): void {
  const { length, site, durationNs, depth } = calls
  const { runs, selfNs, totalNs, openRuns } = columns
  const openSites: SiteIndex[] = []
  let openCount = 0
  for (let i = 0; i < length; i++) {
    const level = depth[i]
    while (openCount > level) openRuns[openSites[--openCount]]--
    const ownSite = site[i]
    const ownNs = durationNs[i]
    runs[ownSite]++
    selfNs[ownSite] += ownNs
    if (level > 0) selfNs[openSites[level - 1]] -= ownNs
    if (openRuns[ownSite]++ === 0) totalNs[ownSite] += ownNs
    openSites[openCount++] = ownSite
  }
  while (openCount > 0) openRuns[openSites[--openCount]]--
  columns.meter.add(calls)
}

/** When a call was that is in no slice, and what caused it, is not known: none is in a part of the time. */
function addUnrecorded(columns: FunctionColumns, trace: Trace, selection: TrackSelection): void {
  const { threads, range, slices } = selection
  if (range !== undefined || slices !== undefined) return
  const isChosenSite = chosenSites(trace, selection)
  const { length, thread, site, calls, estimatedNs } = trace.unrecorded
  for (let i = 0; i < length; i++) {
    if (threads !== undefined && !threads.includes(thread[i])) continue
    if (isChosenSite?.[site[i]] === 0) continue
    columns.unrecordedCalls[site[i]] += calls[i]
    columns.estimatedNs[site[i]] += estimatedNs[i]
  }
}

/** What is below 0, because the calls took less than their probes do on average, is 0. */
function rowsOf({ runs, selfNs, totalNs, unrecordedCalls, estimatedNs, meter }: FunctionColumns): FunctionRow[] {
  const rows: FunctionRow[] = []
  for (let site = 0; site < runs.length; site++) {
    if (runs[site] === 0 && unrecordedCalls[site] === 0) continue
    const recordedCalls = meter.calls[site]
    rows.push({
      site,
      calls: recordedCalls + unrecordedCalls[site],
      recordedCalls,
      runs: runs[site],
      estimatedNs: estimatedNs[site],
      selfNs: Math.max(0, selfNs[site]),
      totalNs: Math.max(0, totalNs[site]),
      meanNs: recordedCalls === 0 ? 0 : Math.max(0, meter.sumNs[site] / recordedCalls),
      minNs: recordedCalls === 0 ? 0 : Math.max(0, meter.minNs[site]),
      maxNs: Math.max(0, meter.maxNs[site]),
    })
  }
  return rows
}
