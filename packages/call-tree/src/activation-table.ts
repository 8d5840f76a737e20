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
  readonly #site = new GrowingColumn(Int32Array)
  readonly #runningNs = new GrowingColumn(Float64Array)
  /** By number of the activation its row and one more; 0 for none yet. Empty when numbers are too large for that. */
  readonly #rowOf: Int32Array
  /** Activations whose number has a row of another function, or is too large. */
  readonly #others = new PairIndex()
  readonly #otherRows = new GrowingColumn(Int32Array)

  constructor(calls: CallColumns) {
    this.#calls = calls
    const largest = largestNumber(calls)
    this.#rowOf = new Int32Array(largest <= calls.length * MOST_SPARSE ? largest + 1 : 0)
  }

  /** Adds a run, in time order; says whether it is the first of its activation. */
  addRun(index: number): boolean {
    const { activation, site, durationNs } = this.#calls
    const before = this.#runningNs.length
    const row = this.#rowFor(site[index], Math.abs(activation[index]))
    this.#runningNs.values[row] += durationNs[index]
    return row === before
  }

  forEach(visit: (site: SiteIndex, runningNs: Nanoseconds) => void): void {
    const site = this.#site.values
    const runningNs = this.#runningNs.values
    for (let row = 0; row < this.#runningNs.length; row++) visit(site[row], runningNs[row])
  }

  #rowFor(site: SiteIndex, number: number): number {
    const rowOf = this.#rowOf
    if (number < rowOf.length) {
      const found = rowOf[number]
      if (found === 0) return (rowOf[number] = this.#add(site)) - 1
      if (this.#site.values[found - 1] === site) return found - 1
    }
    const other = this.#others.numberOf(site, number)
    if (other === this.#otherRows.length) this.#otherRows.push(this.#add(site) - 1)
    return this.#otherRows.values[other]
  }

  /** Gives how many there are then. */
  #add(site: SiteIndex): number {
    this.#site.push(site)
    this.#runningNs.push(0)
    return this.#site.length
  }
}

/** So many numbers for each slice may be missing: a recorder counts up from 1, and a range has some of them. */
const MOST_SPARSE = 4

function largestNumber({ length, activation }: CallColumns): number {
  let largest = 0
  for (let i = 0; i < length; i++) {
    const number = Math.abs(activation[i])
    if (number > largest) largest = number
  }
  return largest
}
