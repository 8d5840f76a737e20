import type { Nanoseconds, SiteIndex } from '@tracer/core'
import type { CallColumns } from './call-columns.js'
import { GrowingColumn } from './growing-column.js'
import { PairIndex } from './pair-index.js'

/**
 * The activations of one track: which function each is of, and how long it ran in all.
 *
 * An activation counts from the first of its runs that the trace holds. That is not always run 0:
 * a ring keeps the end of a recording only, and a filter may have taken the first run.
 */
export class ActivationTable {
  readonly #calls: CallColumns
  readonly #rows = new PairIndex()
  readonly #runningNs = new GrowingColumn(Float64Array)

  constructor(calls: CallColumns) {
    this.#calls = calls
  }

  /** Adds a run, in time order; says whether it is the first of its activation. */
  addRun(index: number): boolean {
    const { activation, site, durationNs } = this.#calls
    const row = this.#rows.numberOf(site[index], Math.abs(activation[index]))
    const isFirst = row === this.#runningNs.length
    if (isFirst) this.#runningNs.push(0)
    this.#runningNs.values[row] += durationNs[index]
    return isFirst
  }

  forEach(visit: (site: SiteIndex, runningNs: Nanoseconds) => void): void {
    const site = this.#rows.first.values
    const runningNs = this.#runningNs.values
    for (let row = 0; row < this.#rows.length; row++) visit(site[row], runningNs[row])
  }
}
