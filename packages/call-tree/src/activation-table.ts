import type { Nanoseconds, SiteIndex, SliceIndex, SliceTable } from '@tracer/core'
import { GrowingColumn } from './growing-column.js'
import { PairIndex } from './pair-index.js'

/**
 * The activations of one track: which function each is of, and how long it ran in all.
 *
 * An activation counts from the first of its runs that the trace holds. That is not always run 0:
 * a ring keeps the end of a recording only, and a filter may have taken the first run.
 */
export class ActivationTable {
  readonly #slices: SliceTable
  readonly #durationNs: Float64Array
  readonly #rows = new PairIndex()
  readonly #runningNs = new GrowingColumn(Float64Array)

  /** `durationNs` are the lengths to go by, of each slice. */
  constructor(slices: SliceTable, durationNs: Float64Array) {
    this.#slices = slices
    this.#durationNs = durationNs
  }

  /** Adds a run, in time order; says whether it is the first of its activation. */
  addRun(index: SliceIndex): boolean {
    const { activation, site } = this.#slices
    const row = this.#rows.numberOf(site[index], Math.abs(activation[index]))
    const isFirst = row === this.#runningNs.length
    if (isFirst) this.#runningNs.push(0)
    this.#runningNs.values[row] += this.#durationNs[index]
    return isFirst
  }

  forEach(visit: (site: SiteIndex, runningNs: Nanoseconds) => void): void {
    const site = this.#rows.first.values
    const runningNs = this.#runningNs.values
    for (let row = 0; row < this.#rows.length; row++) visit(site[row], runningNs[row])
  }
}
