import type { Nanoseconds, SiteIndex, SliceTable, ThreadIndex, TraceBuilder } from '@tracer/core'

/** What an event says of a slice beyond its site and times. */
export interface SliceMarks {
  /** As in {@link SliceTable}; 0 for none. */
  readonly activation: number
  readonly isUnfinished: boolean
  readonly args: string | undefined
  /** Nesting level where times leave a choice. */
  readonly depth: number | undefined
}

/**
 * The slices of one thread of our own file, in the order of the file, which is that of the table
 * they were written from: parents first. So the table is made as they come, without a sort, and is
 * the same again, also where times alone would let it be another.
 */
export class OwnSlices {
  length = 0
  /** False when other hands have changed the file so that its slices do not nest as they come. */
  isNested = true
  #site = new Int32Array(INITIAL_LENGTH)
  #startNs = new Float64Array(INITIAL_LENGTH)
  #endNs = new Float64Array(INITIAL_LENGTH)
  #depth = new Int32Array(INITIAL_LENGTH)
  /** Allocated when the first activation is seen. */
  #activation: Int32Array | undefined
  readonly #args = new Map<number, string>()
  readonly #unfinished = new Set<number>()
  readonly #openEnds: Nanoseconds[] = []

  add(site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds, marks: SliceMarks): void {
    if (this.length === this.#site.length) this.#grow()
    const position = this.length++
    const depth = this.#nest(startNs, endNs, marks.depth)
    this.#site[position] = site
    this.#startNs[position] = startNs
    this.#endNs[position] = endNs
    this.#depth[position] = depth
    if (position > 0 && startNs < this.#startNs[position - 1]) this.isNested = false
    if (marks.activation !== 0) {
      this.#activation ??= new Int32Array(this.#site.length)
      this.#activation[position] = marks.activation
    }
    if (marks.isUnfinished) this.#unfinished.add(position)
    if (marks.args !== undefined) this.#args.set(position, marks.args)
  }

  /** The finished table. */
  table(): SliceTable {
    const { length } = this
    const durationNs = new Float64Array(length)
    for (let i = 0; i < length; i++) durationNs[i] = this.#endNs[i] - this.#startNs[i]
    return {
      length,
      site: this.#site.slice(0, length),
      startNs: this.#startNs.slice(0, length),
      durationNs,
      depth: this.#depth.slice(0, length),
      activation: this.#activation?.slice(0, length) ?? new Int32Array(0),
      args: this.#args,
      unfinished: this.#unfinished,
    }
  }

  /** Leaves the nesting to a builder. */
  addTo(builder: TraceBuilder, thread: ThreadIndex): void {
    for (let i = 0; i < this.length; i++) {
      const position = builder.addSlice(thread, this.#site[i], this.#startNs[i], this.#endNs[i])
      const activation = this.#activation?.[i] ?? 0
      if (activation !== 0) builder.setActivation(thread, position, Math.abs(activation), activation < 0 ? 1 : 0)
      if (this.#unfinished.has(i)) builder.setUnfinished(thread, position)
      const args = this.#args.get(i)
      if (args !== undefined) builder.setArgs(thread, position, args)
    }
  }

  /** The level of the next slice, which is open from now on. */
  #nest(startNs: Nanoseconds, endNs: Nanoseconds, hint: number | undefined): number {
    const open = this.#openEnds
    let depth = open.length
    while (depth > 0 && (open[depth - 1] < startNs || (open[depth - 1] === startNs && endNs > startNs))) depth--
    if (depth > 0 && endNs > open[depth - 1]) this.isNested = false
    if (hint !== undefined && hint < depth) depth = hint
    open.length = depth
    open.push(endNs)
    return depth
  }

  #grow(): void {
    const length = this.#site.length * 2
    this.#site = grown(this.#site, new Int32Array(length))
    this.#startNs = grown(this.#startNs, new Float64Array(length))
    this.#endNs = grown(this.#endNs, new Float64Array(length))
    this.#depth = grown(this.#depth, new Int32Array(length))
    if (this.#activation !== undefined) this.#activation = grown(this.#activation, new Int32Array(length))
  }
}

const INITIAL_LENGTH = 1024

function grown<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
