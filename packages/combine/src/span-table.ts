import type { Nanoseconds, SliceIndex, TrackIndex } from '@tracer/core'

/** What the arguments of a slice say of the span that it is: a request, where it is sent or where it is answered. */
export interface SpanIds {
  /** With that of the trace of spans it belongs to; undefined when the slice has none. */
  readonly id: string | undefined
  readonly parentId: string | undefined
}

/** Where a span lies. Times are those of its trace. */
export interface SpanLandmark {
  readonly startNs: Nanoseconds
  /** NaN when it was cut off. */
  readonly endNs: Nanoseconds
  readonly track: TrackIndex
  readonly slice: SliceIndex
}

/**
 * Slices that say which span they are, or which span caused them. In columns, with 64 bits of a hash for an id: files
 * that are too large for memory have millions.
 */
export class SpanTable {
  #length = 0
  #startNs = new Float64Array(FIRST_ROWS)
  #endNs = new Float64Array(FIRST_ROWS)
  #places = new Int32Array(FIRST_ROWS * 2)
  /** Four of a row: of its id and of its parent's, the high and the low half. */
  #hashes = new Int32Array(FIRST_ROWS * 4)
  #index: SpanIndex | undefined

  /** How many rows there are. */
  get length(): number {
    return this.#length
  }

  /** Adds a span that has not ended and returns its row. */
  add({ id, parentId }: SpanIds, startNs: Nanoseconds, track: TrackIndex, slice: SliceIndex): number {
    const row = this.#length++
    if (row === this.#startNs.length) this.#grow()
    this.#startNs[row] = startNs
    this.#endNs[row] = NaN
    this.#places[row * 2] = track
    this.#places[row * 2 + 1] = slice
    if (id !== undefined) writeHash(id, this.#hashes, row * 4)
    if (parentId !== undefined) writeHash(parentId, this.#hashes, row * 4 + 2)
    this.#index = undefined
    return row
  }

  /** The span of a row has ended. */
  end(row: number, endNs: Nanoseconds): void {
    this.#endNs[row] = endNs
  }

  /** Where the span of a row lies. */
  at(row: number): SpanLandmark {
    return {
      startNs: this.#startNs[row],
      endNs: this.#endNs[row],
      track: this.#places[row * 2],
      slice: this.#places[row * 2 + 1],
    }
  }

  /** Whether a span says which one caused it. */
  hasParent(row: number): boolean {
    return this.#hashes[row * 4 + 2] !== 0 || this.#hashes[row * 4 + 3] !== 0
  }

  /** The first row of `among` that caused a span of this table; undefined when none did. */
  parentOf(row: number, among: SpanTable): number | undefined {
    return among.#rowOf(this.#hashes[row * 4 + 2], this.#hashes[row * 4 + 3])
  }

  #rowOf(high: number, low: number): number | undefined {
    this.#index ??= new SpanIndex(this.#hashes, this.#length)
    return this.#index.rowOf(high, low)
  }

  #grow(): void {
    const rows = this.#startNs.length * 2
    this.#startNs = copied(this.#startNs, new Float64Array(rows))
    this.#endNs = copied(this.#endNs, new Float64Array(rows))
    this.#places = copied(this.#places, new Int32Array(rows * 2))
    this.#hashes = copied(this.#hashes, new Int32Array(rows * 4))
  }
}

/** Rows by the hash of their id: open addressing, at most half full. */
class SpanIndex {
  readonly #hashes: Int32Array
  /** Rows from 1, 0 where there is none. */
  readonly #slots: Int32Array

  constructor(hashes: Int32Array, length: number) {
    this.#hashes = hashes
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(length * 2 + 2)))
    for (let row = 0; row < length; row++) {
      const [high, low] = [hashes[row * 4], hashes[row * 4 + 1]]
      if (high === 0 && low === 0) continue
      const slot = this.#slotOf(high, low)
      if (this.#slots[slot] === 0) this.#slots[slot] = row + 1
    }
  }

  rowOf(high: number, low: number): number | undefined {
    const row = this.#slots[this.#slotOf(high, low)]
    return row === 0 ? undefined : row - 1
  }

  /** Where an id stands, or would. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] - 1
      if (row === -1 || (this.#hashes[row * 4] === high && this.#hashes[row * 4 + 1] === low)) return slot
    }
  }
}

function copied<Column extends Float64Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

/** Two hashes of 32 bits, multiplied and mixed in different ways. */
function writeHash(text: string, out: Int32Array, at: number): void {
  let high = 0x2f0b4c47
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
  }
  out[at] = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  out[at + 1] = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
}

const FIRST_ROWS = 64
