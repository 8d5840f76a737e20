import type { SliceIndex, SliceTable } from '@tracer/core'

/** How many entries a block of the index stands for, slices in the lowest tier and blocks in the others. */
export const BLOCK = 8

/**
 * The slices of one track by level, and over each level a pyramid of blocks, so that a row is drawn
 * without a look at slices that are too small to be told apart:
 *
 * ```
 * level 0   tier 2  [----------------------]      a block: first start, last end, time
 *           tier 1  [-----] [-----] [------]      covered and the longest of its slices
 *           slices  | | ||| ||| |||  ||  |||
 * level 1   ...
 * ```
 *
 * Plain columns: an index made in a worker is handed over with {@link transferablesOf}.
 */
export interface LevelIndex {
  readonly levels: number
  /** Where each level begins in `order`; one more entry than levels. */
  readonly first: Int32Array
  /** Slices by level, then by start. Those without a start that is a number are left out. */
  readonly order: Int32Array
  /** Where the blocks of each level begin, lowest tier first; one more entry than levels. */
  readonly firstBlock: Int32Array
  readonly blockStartNs: Float64Array
  readonly blockEndNs: Float64Array
  readonly blockCoveredNs: Float32Array
  /** The longest slice of each block. */
  readonly blockLongest: Int32Array
}

/** Makes the index; `level` takes the place of the slices' depth, for lanes. Linear: some 15 ns a slice. */
export function indexLevels(slices: SliceTable, level: Int32Array = slices.depth): LevelIndex {
  const first = levelStarts(slices, level)
  const levels = first.length - 1
  const firstBlock = new Int32Array(levels + 1)
  for (let at = 0; at < levels; at++) firstBlock[at + 1] = firstBlock[at] + blocksFor(first[at + 1] - first[at])
  const blocks = firstBlock[levels]
  const index: LevelIndex = {
    levels,
    first,
    order: new Int32Array(first[levels]),
    firstBlock,
    blockStartNs: new Float64Array(blocks).fill(Infinity),
    blockEndNs: new Float64Array(blocks).fill(-Infinity),
    blockCoveredNs: new Float32Array(blocks),
    blockLongest: new Int32Array(blocks),
  }
  const unsorted = placeSlices(index, slices, level)
  for (const at of unsorted) sortLevel(index, slices, at)
  for (let at = 0; at < levels; at++) stackTiers(index, slices, at)
  return index
}

/** The buffers of an index, for `postMessage`. */
export function transferablesOf(index: LevelIndex): ArrayBufferLike[] {
  const { first, order, firstBlock, blockStartNs, blockEndNs, blockCoveredNs, blockLongest } = index
  return [first, order, firstBlock, blockStartNs, blockEndNs, blockCoveredNs, blockLongest].map(({ buffer }) => buffer)
}

/** The end of a slice; one of a length that is no number, or below zero, ends where it starts. */
export function endOf(slices: SliceTable, slice: SliceIndex): number {
  const duration = slices.durationNs[slice]
  return slices.startNs[slice] + (duration > 0 && duration < Infinity ? duration : 0)
}

/** First start and last end of the slices on the lowest level; undefined when there are none. */
export function outermost({ firstBlock, blockStartNs, blockEndNs }: LevelIndex): [number, number] | undefined {
  // One block stands on top of all others of a level.
  const top = (firstBlock.at(1) ?? 0) - 1
  return top < 0 ? undefined : [blockStartNs[top], blockEndNs[top]]
}

/** How many blocks `count` slices need, in all tiers. */
function blocksFor(count: number): number {
  let blocks = 0
  for (let tier = count; tier > 1 || blocks === 0;) {
    if (count === 0) return 0
    tier = Math.ceil(tier / BLOCK)
    blocks += tier
  }
  return blocks
}

function levelStarts({ length, startNs }: SliceTable, level: Int32Array): Int32Array {
  let levels = 0
  for (let i = 0; i < length; i++) if (level[i] >= levels) levels = level[i] + 1
  const first = new Int32Array(levels + 1)
  for (let i = 0; i < length; i++) if (Number.isFinite(startNs[i])) first[level[i] + 1]++
  for (let at = 0; at < levels; at++) first[at + 1] += first[at]
  return first
}

/** One pass in the order of the table, which reads its columns from front to back. Returns levels that are out of order. */
function placeSlices(index: LevelIndex, slices: SliceTable, level: Int32Array): Set<number> {
  const { length, startNs, durationNs } = slices
  const { first, order, firstBlock, blockStartNs, blockEndNs, blockCoveredNs, blockLongest } = index
  const next = first.slice()
  const latest = new Float64Array(index.levels).fill(-Infinity)
  const longest = new Float64Array(index.levels)
  const unsorted = new Set<number>()
  for (let i = 0; i < length; i++) {
    const start = startNs[i]
    if (!Number.isFinite(start)) continue
    const at = level[i]
    const position = next[at]++
    order[position] = i
    if (start < latest[at]) unsorted.add(at)
    latest[at] = start
    const inLevel = position - first[at]
    const block = firstBlock[at] + (inLevel >> 3)
    const duration = durationNs[i] > 0 && durationNs[i] < Infinity ? durationNs[i] : 0
    if ((inLevel & 7) === 0) {
      blockStartNs[block] = start
      blockLongest[block] = i
      longest[at] = duration
    } else if (duration > longest[at]) {
      blockLongest[block] = i
      longest[at] = duration
    }
    if (start + duration > blockEndNs[block]) blockEndNs[block] = start + duration
    blockCoveredNs[block] += duration
  }
  return unsorted
}

/** For tables that no builder made: brings the slices of a level in order and fills their blocks anew. */
function sortLevel(index: LevelIndex, slices: SliceTable, at: number): void {
  const { first, order, firstBlock, blockStartNs, blockEndNs, blockCoveredNs, blockLongest } = index
  const part = order.subarray(first[at], first[at + 1])
  part.sort((a, b) => slices.startNs[a] - slices.startNs[b] || a - b)
  for (let position = 0; position < part.length; position++) {
    const block = firstBlock[at] + Math.floor(position / BLOCK)
    const slice = part[position]
    const [start, end] = [slices.startNs[slice], endOf(slices, slice)]
    if (position % BLOCK === 0) {
      blockStartNs[block] = start
      blockEndNs[block] = end
      blockCoveredNs[block] = end - start
      blockLongest[block] = slice
      continue
    }
    const longest = blockLongest[block]
    if (end - start > endOf(slices, longest) - slices.startNs[longest]) blockLongest[block] = slice
    blockEndNs[block] = Math.max(blockEndNs[block], end)
    blockCoveredNs[block] += end - start
  }
}

/** Fills the higher tiers of a level from its lowest. */
function stackTiers(index: LevelIndex, slices: SliceTable, at: number): void {
  const { blockStartNs, blockEndNs, blockCoveredNs, blockLongest } = index
  let below = index.firstBlock[at]
  let count = Math.ceil((index.first[at + 1] - index.first[at]) / BLOCK)
  while (count > 1) {
    const above = below + count
    for (let block = 0; block < count; block++) {
      const [from, to] = [below + block, above + Math.floor(block / BLOCK)]
      if (block % BLOCK === 0) {
        blockStartNs[to] = blockStartNs[from]
        blockLongest[to] = blockLongest[from]
      } else if (slices.durationNs[blockLongest[from]] > slices.durationNs[blockLongest[to]]) {
        blockLongest[to] = blockLongest[from]
      }
      if (blockEndNs[from] > blockEndNs[to]) blockEndNs[to] = blockEndNs[from]
      blockCoveredNs[to] += blockCoveredNs[from]
    }
    below = above
    count = Math.ceil(count / BLOCK)
  }
}
