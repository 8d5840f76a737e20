import type { SliceTable } from '@tracer/core'
import { toGrid } from './microseconds.js'

/**
 * Slices of a thread as the file will hold them: in the order of the table, on whole nanoseconds.
 * Start and end are rounded, never the duration, so that what nested or touched still does.
 *
 * Readers nest slices by their times. For empty ones these leave a choice, which a hint settles:
 *
 * ```
 * |---a---|       x is empty at the end of a: its child, or its sibling?
 *         x
 * ```
 */
export interface SliceBlock {
  length: number
  /** Position in the table of the block's first slice. */
  first: number
  readonly startNs: Float64Array
  readonly endNs: Float64Array
  /** Nesting level of a slice that readers might nest deeper; else -1. */
  readonly depthHint: Int32Array
}

const NO_HINT = -1

/** Small enough to stay in the processor's cache between rounding and writing. */
const BLOCK_LENGTH = 2048

/** All slices of a table, a block at a time; each block is valid until the next is asked for. */
export function* sliceBlocks(slices: SliceTable): Generator<SliceBlock, void, undefined> {
  const block: SliceBlock = {
    length: 0,
    first: 0,
    startNs: new Float64Array(BLOCK_LENGTH),
    endNs: new Float64Array(BLOCK_LENGTH),
    depthHint: new Int32Array(BLOCK_LENGTH),
  }
  const levels = new Levels()
  for (let first = 0; first < slices.length; first += BLOCK_LENGTH) {
    block.first = first
    block.length = Math.min(BLOCK_LENGTH, slices.length - first)
    fillBlock(block, slices, levels)
    yield block
  }
}

/** By nesting level, for the slices so far. */
class Levels {
  /** The earliest start that the next slice may have: the end of its sibling or the start of its parent. */
  earliest = new Float64Array(INITIAL_LEVELS).fill(-Infinity)
  /** The end of the last slice. */
  end = new Float64Array(INITIAL_LEVELS).fill(-Infinity)

  grow(needed: number): void {
    const length = Math.max(needed, this.end.length * 2)
    const { earliest, end } = this
    this.earliest = new Float64Array(length).fill(-Infinity)
    this.earliest.set(earliest)
    this.end = new Float64Array(length).fill(-Infinity)
    this.end.set(end)
  }
}

const INITIAL_LEVELS = 64

/** Hot. */
function fillBlock(block: SliceBlock, slices: SliceTable, levels: Levels): void {
  const { startNs, durationNs, depth } = slices
  const { first, length } = block
  let { earliest, end: lastEnd } = levels
  for (let at = 0; at < length; at++) {
    const i = first + at
    const level = depth[i]
    if (level + 2 > earliest.length) {
      levels.grow(level + 2)
      earliest = levels.earliest
      lastEnd = levels.end
    }
    let start = toGrid(startNs[i])
    let end = toGrid(startNs[i] + durationNs[i])
    // A sum of doubles may be off by its last bit, of which rounding makes a nanosecond.
    if (start < earliest[level]) start = earliest[level]
    if (level > 0 && end > lastEnd[level - 1]) end = lastEnd[level - 1]
    if (end < start) end = start
    const isAmbiguous = end === start && start === lastEnd[level]
    block.startNs[at] = start
    block.endNs[at] = end
    block.depthHint[at] = isAmbiguous ? level : NO_HINT
    earliest[level] = end
    earliest[level + 1] = start
    lastEnd[level] = end
  }
}
