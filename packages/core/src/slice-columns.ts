import { nestByEnd, nestByLevel, nestByStart, type Nesting } from './nesting.js'
import type { SliceTable } from './trace.js'
import type { Nanoseconds, SiteIndex, SliceIndex } from './units.js'

/** Slices of one track while they are collected: columns that grow. `build` makes the immutable table. */
export class SliceColumns {
  length = 0
  /** Earliest start, or Infinity when there is no slice. */
  firstStartNs: Nanoseconds = Infinity
  /** Latest known end, or -Infinity. */
  lastEndNs: Nanoseconds = -Infinity
  #site: Int32Array
  #startNs: Float64Array
  #endNs: Float64Array
  /** Allocated when the first activation is seen. */
  #activation: Int32Array | undefined
  /** Allocated when the slices are given by level. */
  #level: Int32Array | undefined
  readonly #args = new Map<number, string>()
  readonly #unfinished = new Set<number>()
  readonly #order: SliceOrder

  constructor(order: SliceOrder, expected = 0) {
    this.#order = order
    const length = Math.max(INITIAL_LENGTH, expected)
    this.#site = new Int32Array(length)
    this.#startNs = new Float64Array(length)
    this.#endNs = new Float64Array(length)
  }

  /** Adds a slice; an `endNs` of NaN says that it was still open at the end. Returns its position. */
  add(site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds): number {
    if (this.length === this.#site.length) this.#grow()
    const position = this.length++
    this.#site[position] = site
    this.#startNs[position] = startNs
    this.#endNs[position] = endNs
    if (startNs < this.firstStartNs) this.firstStartNs = startNs
    if (endNs > this.lastEndNs) this.lastEndNs = endNs
    else if (Number.isNaN(endNs)) this.#addOpen(position, startNs)
    return position
  }

  /** What is still open has lasted to its start at least. */
  #addOpen(position: number, startNs: Nanoseconds): void {
    this.#unfinished.add(position)
    this.lastEndNs = Math.max(this.lastEndNs, startNs)
  }

  setActivation(position: number, activation: number): void {
    this.#activation ??= new Int32Array(this.#site.length)
    this.#activation[position] = activation
  }

  setLevel(position: number, level: number): void {
    this.#level ??= new Int32Array(this.#site.length)
    this.#level[position] = level
  }

  setArgs(position: number, args: string): void {
    this.#args.set(position, args)
  }

  setUnfinished(position: number): void {
    this.#unfinished.add(position)
  }

  /**
   * The nested table, and a second one of the slices that fit in no nest. Times become relative
   * to `zeroNs`; slices still open end at `lastNs`.
   */
  build(zeroNs: Nanoseconds, lastNs: Nanoseconds): { nested: OrderedSlices; overlapping: OrderedSlices } {
    this.#closeUnfinished(lastNs)
    const nesting = this.#nest()
    return {
      nested: this.#table(nesting, zeroNs),
      overlapping: this.#table(flat(nesting.overlapping), zeroNs),
    }
  }

  #nest(): Nesting {
    if (this.#order === 'by-level') return nestByLevel(this.#level ?? new Int32Array(this.length), this.length)
    const nest = this.#order === 'by-end' ? nestByEnd : nestByStart
    return nest(this.#startNs, this.#endNs, this.length)
  }

  /** The table without nesting, by start: for tracks whose slices may overlap. */
  buildFlat(zeroNs: Nanoseconds, lastNs: Nanoseconds): OrderedSlices {
    this.#closeUnfinished(lastNs)
    const positions = Array.from({ length: this.length }, (_, i) => i)
    positions.sort((a, b) => this.#startNs[a] - this.#startNs[b] || a - b)
    return this.#table(flat(positions), zeroNs)
  }

  #closeUnfinished(lastNs: Nanoseconds): void {
    for (const position of this.#unfinished) {
      if (Number.isNaN(this.#endNs[position])) this.#endNs[position] = Math.max(lastNs, this.#startNs[position])
    }
  }

  #table(nesting: Pick<Nesting, 'order' | 'depth'>, zeroNs: Nanoseconds): OrderedSlices {
    const { order, depth } = nesting
    const length = order.length
    const site = new Int32Array(length)
    const startNs = new Float64Array(length)
    const durationNs = new Float64Array(length)
    const [fromSite, fromStartNs, fromEndNs] = [this.#site, this.#startNs, this.#endNs]
    for (let i = 0; i < length; i++) {
      const from = order[i]
      const start = fromStartNs[from]
      site[i] = fromSite[from]
      startNs[i] = start - zeroNs
      durationNs[i] = fromEndNs[from] - start
    }
    const activation = this.#activationsIn(order)
    const args = this.#argsIn(order)
    const unfinished = this.#unfinishedIn(order)
    return { slices: { length, site, startNs, durationNs, depth, activation, args, unfinished }, order }
  }

  #activationsIn(order: Int32Array): Int32Array {
    const activation = this.#activation
    return activation === undefined ? new Int32Array(0) : order.map((from) => activation[from])
  }

  #argsIn(order: Int32Array): Map<SliceIndex, string> {
    const args = new Map<SliceIndex, string>()
    if (this.#args.size === 0) return args
    order.forEach((from, index) => {
      const text = this.#args.get(from)
      if (text !== undefined) args.set(index, text)
    })
    return args
  }

  #unfinishedIn(order: Int32Array): Set<SliceIndex> {
    const unfinished = new Set<SliceIndex>()
    if (this.#unfinished.size === 0) return unfinished
    order.forEach((from, index) => {
      if (this.#unfinished.has(from)) unfinished.add(index)
    })
    return unfinished
  }

  #grow(): void {
    const length = this.#site.length * 2
    this.#site = grown(this.#site, new Int32Array(length))
    this.#startNs = grown(this.#startNs, new Float64Array(length))
    this.#endNs = grown(this.#endNs, new Float64Array(length))
    if (this.#activation !== undefined) this.#activation = grown(this.#activation, new Int32Array(length))
    if (this.#level !== undefined) this.#level = grown(this.#level, new Int32Array(length))
  }
}

/** A table, and the position at which each of its slices was added. */
export interface OrderedSlices {
  readonly slices: SliceTable
  readonly order: Int32Array
}

/**
 * The order in which slices are added: a ring gives them as they end, a file in any order, or as they end
 * and each with its level ({@link TraceBuilder.addNestedSlice}).
 */
export type SliceOrder = 'by-end' | 'by-level' | 'any'

/** Small, because each async track has columns of its own, and there may be thousands. */
const INITIAL_LENGTH = 64

function grown<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

function flat(positions: readonly number[]): Pick<Nesting, 'order' | 'depth'> {
  return { order: Int32Array.from(positions), depth: new Int32Array(positions.length) }
}
