import type { Nanoseconds, SiteIndex, SliceTable, Trace } from '@tracer/core'
import { CallMeter } from './call-meter.js'
import { tracksOfCalls, type TrackSelection } from './track-selection.js'

/**
 * What one function cost in all.
 *
 * A *call* is what the program wrote as one: the runs of an async function or generator that
 * suspended and resumed are one call, and its time is the sum of those runs, without the waiting
 * between them. `runs` counts the slices.
 */
export interface FunctionRow {
  readonly site: SiteIndex
  readonly calls: number
  readonly runs: number
  /** Time in the function itself, without the functions it called. */
  readonly selfNs: Nanoseconds
  /** Time in which the function was on the stack; a recursive call adds nothing to the one that encloses it. */
  readonly totalNs: Nanoseconds
  /**
   * Mean running time of a call, what it called included. A recursive call counts like any other,
   * so for a recursive function `meanNs * calls` is more than `totalNs`.
   */
  readonly meanNs: Nanoseconds
  /** Running time of the shortest call. */
  readonly minNs: Nanoseconds
  /** Running time of the longest call. */
  readonly maxNs: Nanoseconds
}

/**
 * One row for each function, module body and span that ran, dearest self time first; of equal ones
 * the one that was seen first. Linear in the slices.
 */
export function functionTable(trace: Trace, selection: TrackSelection = {}): FunctionRow[] {
  const columns = functionColumns(trace.sites.length)
  for (const slices of tracksOfCalls(trace, selection)) addTimes(columns, slices)
  return rowsOf(columns).sort((a, b) => b.selfNs - a.selfNs || a.site - b.site)
}

/** Sums by site; `openRuns` is scratch and all zero between tracks. */
interface FunctionColumns {
  readonly runs: Float64Array
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
  readonly openRuns: Int32Array
  readonly meter: CallMeter
}

function functionColumns(siteCount: number): FunctionColumns {
  return {
    runs: new Float64Array(siteCount),
    selfNs: new Float64Array(siteCount),
    totalNs: new Float64Array(siteCount),
    openRuns: new Int32Array(siteCount),
    meter: new CallMeter(siteCount),
  }
}

function addTimes(columns: FunctionColumns, slices: SliceTable): void {
  const { length, site, durationNs, depth } = slices
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
  columns.meter.add(slices)
}

function rowsOf({ runs, selfNs, totalNs, meter }: FunctionColumns): FunctionRow[] {
  const rows: FunctionRow[] = []
  for (let site = 0; site < runs.length; site++) {
    if (runs[site] === 0) continue
    const calls = meter.calls[site]
    rows.push({
      site,
      calls,
      runs: runs[site],
      selfNs: selfNs[site],
      totalNs: totalNs[site],
      meanNs: meter.sumNs[site] / calls,
      minNs: meter.minNs[site],
      maxNs: meter.maxNs[site],
    })
  }
  return rows
}
