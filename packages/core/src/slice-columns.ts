import { nestByEnd, nestByLevel, nestByStart, type Nesting } from './nesting.js'
import type { SliceTable } from './trace.js'
import type { Nanoseconds, SiteIndex } from './units.js'

/** Slices of one track while they are collected: columns that grow. `build` makes the immutable table. */
export class SliceColumns {
  length = 0
  #site = new Int32Array(INITIAL_LENGTH)
  #startNs = new Float64Array(INITIAL_LENGTH)
  #endNs = new Float64Array(INITIAL_LENGTH)
  /** Allocated when the first activation is seen. */
  #activation: Int32Array | undefined
  /** Allocated when the slices are given by level. */
  #level: Int32Array | undefined
  readonly #args = new Map<number, string>()
  readonly #unfinished = new Set<number>()
  readonly #order: SliceOrder

  constructor(order: SliceOrder) {
    this.#order = order
  }

  /** Adds a slice; an `endNs` of NaN says that it was still open at the end. Returns its position. */
  add(site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds): number {
    if (this.length === this.#site.length) this.#grow()
    const position = this.length++
    this.#site[position] = site
    this.#startNs[position] = startNs
    this.#endNs[position] = endNs
    if (Number.isNaN(endNs)) this.#unfinished.add(position)
    return position
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

  /** Earliest start, or Infinity when there is no slice. */
  get firstStartNs(): Nanoseconds {
    let first = Infinity
    for (let i = 0; i < this.length; i++) if (this.#startNs[i] < first) first = this.#startNs[i]
    return first
  }

  /** Latest known end, or -Infinity. */
  get lastEndNs(): Nanoseconds {
    let last = -Infinity
    for (let i = 0; i < this.length; i++) {
      const end = Number.isNaN(this.#endNs[i]) ? this.#startNs[i] : this.#endNs[i]
      if (end > last) last = end
    }
    return last
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
    const activation = new Int32Array(this.#activation === undefined ? 0 : length)
    const args = new Map<number, string>()
    const unfinished = new Set<number>()
    for (let i = 0; i < length; i++) {
      const from = order[i]
      site[i] = this.#site[from]
      startNs[i] = this.#startNs[from] - zeroNs
      durationNs[i] = this.#endNs[from] - this.#startNs[from]
      if (this.#activation !== undefined) activation[i] = this.#activation[from]
      if (this.#args.size > 0) {
        const text = this.#args.get(from)
        if (text !== undefined) args.set(i, text)
      }
      if (this.#unfinished.size > 0 && this.#unfinished.has(from)) unfinished.add(i)
    }
    return { slices: { length, site, startNs, durationNs, depth, activation, args, unfinished }, order }
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
