import type { CallColumns } from './call-columns.js'
import { CallMeter } from './call-meter.js'

/** What calls cost, summed up by site, or by whatever the numbers in the column of sites stand for. */
export class CallSums {
  readonly runs: Float64Array
  readonly selfNs: Float64Array
  /** A call within another one of the same number adds nothing. */
  readonly totalNs: Float64Array
  readonly meter: CallMeter
  /** All zero between tracks. */
  readonly #openRuns: Int32Array

  constructor(siteCount: number) {
    this.runs = new Float64Array(siteCount)
    this.selfNs = new Float64Array(siteCount)
    this.totalNs = new Float64Array(siteCount)
    this.meter = new CallMeter(siteCount)
    this.#openRuns = new Int32Array(siteCount)
  }

  /** Adds the calls of one track. */
  add(columns: CallColumns): void {
    const { length, site, durationNs, depth } = columns
    const { runs, selfNs, totalNs } = this
    const openRuns = this.#openRuns
    const openSites: number[] = []
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
    this.meter.add(columns)
  }
}
