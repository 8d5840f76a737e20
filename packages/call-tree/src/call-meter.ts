import type { Nanoseconds, SiteIndex } from '@tracer/core'
import { ActivationTable } from './activation-table.js'
import type { CallColumns } from './call-columns.js'
import { DurationSketch } from './duration-sketch.js'

/** Counts and times the recorded calls of each site; the runs of one activation are one call. */
export class CallMeter {
  readonly calls: Float64Array
  /** Of these, calls of which the first run is not there: it may be among those that left no slice. */
  readonly resumedCalls: Float64Array
  /** Running time of all calls, recursive ones too. */
  readonly sumNs: Float64Array
  /** Infinity where there was no call. */
  readonly minNs: Float64Array
  readonly maxNs: Float64Array
  readonly sketch = new DurationSketch()

  constructor(siteCount: number) {
    this.calls = new Float64Array(siteCount)
    this.resumedCalls = new Float64Array(siteCount)
    this.sumNs = new Float64Array(siteCount)
    this.minNs = new Float64Array(siteCount).fill(Infinity)
    this.maxNs = new Float64Array(siteCount)
  }

  /** Adds the calls of one track. */
  add(columns: CallColumns): void {
    const { length, site, durationNs, activation } = columns
    if (activation.length === 0) {
      for (let i = 0; i < length; i++) this.#addCall(site[i], durationNs[i])
      return
    }
    const activations = new ActivationTable(columns)
    for (let i = 0; i < length; i++) {
      if (activation[i] === 0) this.#addCall(site[i], durationNs[i])
      else if (activations.addRun(i) && activation[i] < 0) this.resumedCalls[site[i]]++
    }
    activations.forEach((site, runningNs) => this.#addCall(site, runningNs))
  }

  #addCall(site: SiteIndex, runningNs: Nanoseconds): void {
    this.calls[site]++
    this.sketch.add(site, runningNs)
    this.sumNs[site] += runningNs
    if (runningNs < this.minNs[site]) this.minNs[site] = runningNs
    if (runningNs > this.maxNs[site]) this.maxNs[site] = runningNs
  }
}
