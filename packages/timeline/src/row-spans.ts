import type { SliceIndex, SliceTable } from '@tracer/core'
import { BLOCK, endOf, indexLevels, type LevelIndex } from './level-index.js'

/** A stretch of time, and how many pixels it is drawn on. */
export interface Window {
  readonly fromNs: number
  readonly toNs: number
  readonly width: number
}

/**
 * What is drawn of one row, from left to right, in pixels from the start of the window. A span is one
 * slice at least a pixel wide, or, where slices are smaller, one pixel column of them: its density.
 */
export interface Spans {
  readonly length: number
  readonly left: Float64Array
  readonly right: Float64Array
  /** The slice, in a column the longest. */
  readonly slice: Int32Array
  /** Share of a column that slices cover, up to 1; of a single slice 2. */
  readonly cover: Float32Array
  /** 1 where a slice of the span matches the search. */
  readonly matched: Uint8Array
}

/** The cover of a span that is one slice. */
export const ONE_SLICE = 2

/** What a search found on one level: whether a block has any, by its number in the level; and for a slice. */
export interface LevelMatches {
  readonly block: Uint8Array
  isMatch(slice: SliceIndex): boolean
}

const NO_SLICES: SliceTable = {
  length: 0,
  site: new Int32Array(0),
  startNs: new Float64Array(0),
  durationNs: new Float64Array(0),
  depth: new Int32Array(0),
  activation: new Int32Array(0),
  args: new Map(),
  unfinished: new Set(),
}

/** Finds the spans of rows, one after the other, in memory of its own that it uses again. */
export class RowScanner implements Spans {
  length = 0
  left = new Float64Array(256)
  right = new Float64Array(256)
  slice = new Int32Array(256)
  cover = new Float32Array(256)
  matched = new Uint8Array(256)

  #slices: SliceTable = NO_SLICES
  #index: LevelIndex = indexLevels(NO_SLICES)
  #matches: LevelMatches | undefined
  #fromNs = 0
  #toNs = 0
  #pxPerNs = 0
  #lastColumn = 0
  #level = 0

  /** The column that is being added up, or -1. */
  #column = -1
  #covered = 0
  #longest = 0
  #longestNs = 0
  #isMatched = 0

  /** The spans of a level; they are valid until the next call. */
  scan(slices: SliceTable, index: LevelIndex, level: number, window: Window, matches?: LevelMatches): Spans {
    this.#slices = slices
    this.#index = index
    this.#matches = matches
    this.#level = level
    this.#fromNs = window.fromNs
    this.#toNs = window.toNs
    this.#pxPerNs = window.width / (window.toNs - window.fromNs)
    this.#lastColumn = window.width - 1
    this.length = 0
    const count = index.first[level + 1] - index.first[level]
    if (count > 0) this.#scanLevel(count)
    this.#finishColumn()
    return this
  }

  #scanLevel(count: number): void {
    let tier = 1
    let below = 0
    let size = Math.ceil(count / BLOCK)
    while (size > 1) {
      below += size
      size = Math.ceil(size / BLOCK)
      tier++
    }
    this.#scanBlock(tier, this.#index.firstBlock[this.#level] + below, 0, count)
  }

  /** `offset` is where the blocks of the tier begin, `block` which of them it is. False when all that follows is later. */
  #scanBlock(tier: number, offset: number, block: number, count: number): boolean {
    const index = this.#index
    const at = offset + block
    const start = index.blockStartNs[at]
    if (start > this.#toNs) return false
    const end = index.blockEndNs[at]
    if (end < this.#fromNs) return true
    if ((end - start) * this.#pxPerNs < 1) {
      const isMatched =
        this.#matches === undefined ? 0 : Number(this.#matches.block[at - index.firstBlock[this.#level]] > 0)
      this.#addToColumn(start, index.blockCoveredNs[at], index.blockLongest[at], isMatched)
      return true
    }
    if (tier === 1) return this.#scanSlices(block * BLOCK, Math.min(count, (block + 1) * BLOCK))
    const lowerCount = tierCount(count, tier - 1)
    const lowerOffset = offset - lowerCount
    const to = Math.min(lowerCount, (block + 1) * BLOCK)
    for (let child = block * BLOCK; child < to; child++) {
      if (!this.#scanBlock(tier - 1, lowerOffset, child, count)) return false
    }
    return true
  }

  #scanSlices(from: number, to: number): boolean {
    const { order, first } = this.#index
    const slices = this.#slices
    const { startNs } = slices
    const base = first[this.#level]
    for (let position = base + from; position < base + to; position++) {
      const slice = order[position]
      const start = startNs[slice]
      if (start > this.#toNs) return false
      const end = endOf(slices, slice)
      if (end < this.#fromNs) continue
      const isMatched = this.#matches === undefined ? 0 : Number(this.#matches.isMatch(slice))
      if ((end - start) * this.#pxPerNs < 1) this.#addToColumn(start, end - start, slice, isMatched)
      else this.#addSlice(start, end, slice, isMatched)
    }
    return true
  }

  #addSlice(start: number, end: number, slice: SliceIndex, isMatched: number): void {
    this.#finishColumn()
    this.#add((start - this.#fromNs) * this.#pxPerNs, (end - this.#fromNs) * this.#pxPerNs, slice, ONE_SLICE, isMatched)
  }

  #addToColumn(start: number, covered: number, slice: SliceIndex, isMatched: number): void {
    const column = Math.min(this.#lastColumn, Math.max(0, Math.floor((start - this.#fromNs) * this.#pxPerNs)))
    const durationNs = this.#slices.durationNs[slice]
    if (column !== this.#column) {
      this.#finishColumn()
      this.#column = column
      this.#covered = covered
      this.#longest = slice
      this.#longestNs = durationNs
      this.#isMatched = isMatched
      return
    }
    this.#covered += covered
    if (durationNs > this.#longestNs) {
      this.#longest = slice
      this.#longestNs = durationNs
    }
    this.#isMatched |= isMatched
  }

  #finishColumn(): void {
    if (this.#column === -1) return
    const cover = Math.min(1, this.#covered * this.#pxPerNs)
    this.#add(this.#column, this.#column + 1, this.#longest, cover, this.#isMatched)
    this.#column = -1
  }

  #add(left: number, right: number, slice: SliceIndex, cover: number, isMatched: number): void {
    if (this.length === this.left.length) this.#grow()
    const at = this.length++
    this.left[at] = left
    this.right[at] = right
    this.slice[at] = slice
    this.cover[at] = cover
    this.matched[at] = isMatched
  }

  #grow(): void {
    const { left, right, slice, cover, matched } = this
    const length = left.length * 2
    this.left = new Float64Array(length)
    this.right = new Float64Array(length)
    this.slice = new Int32Array(length)
    this.cover = new Float32Array(length)
    this.matched = new Uint8Array(length)
    this.left.set(left)
    this.right.set(right)
    this.slice.set(slice)
    this.cover.set(cover)
    this.matched.set(matched)
  }
}

/** How many blocks a tier has, of a level of `count` slices. */
function tierCount(count: number, tier: number): number {
  let size = count
  for (let at = 0; at < tier; at++) size = Math.ceil(size / BLOCK)
  return size
}
