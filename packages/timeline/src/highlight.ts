import type { SliceIndex, SliceTable, TrackIndex } from '@tracer/core'
import { BLOCK, type LevelIndex } from './level-index.js'
import type { LevelMatches } from './row-spans.js'

/** What a search found in one trace: functions, or slices of tracks. A byte other than 0 is a match. */
export interface Matches {
  readonly trace: number
  readonly sites?: Uint8Array
  readonly slices?: ReadonlyMap<TrackIndex, Uint8Array>
}

/** Matches in a form that rows are drawn from: for each block, whether it holds any. Made row by row, when first seen. */
export class Highlight {
  readonly #matches: readonly Matches[]
  readonly #levels = new Map<LevelIndex, (Uint8Array | undefined)[]>()

  constructor(matches: readonly Matches[]) {
    this.#matches = matches
  }

  of(trace: number, track: TrackIndex, slices: SliceTable, index: LevelIndex, level: number): LevelMatches {
    const matches = this.#matches.find((one) => one.trace === trace)
    const sites = matches?.sites
    const bySlice = matches?.slices?.get(track)
    const isMatch = (slice: SliceIndex): boolean =>
      (sites !== undefined && sites[slices.site[slice]] > 0) || (bySlice !== undefined && bySlice[slice] > 0)
    let levels = this.#levels.get(index)
    if (levels === undefined) this.#levels.set(index, (levels = []))
    const block = (levels[level] ??= matchedBlocks(index, level, isMatch))
    return { block, isMatch }
  }
}

/** One byte a block of the level, in the numbers of all blocks of the index less the first of the level. */
function matchedBlocks(index: LevelIndex, level: number, isMatch: (slice: SliceIndex) => boolean): Uint8Array {
  const { first, order, firstBlock } = index
  const matched = new Uint8Array(firstBlock[level + 1] - firstBlock[level])
  const count = first[level + 1] - first[level]
  for (let at = 0; at < count; at++) if (isMatch(order[first[level] + at])) matched[Math.floor(at / BLOCK)] = 1
  let below = 0
  let size = Math.ceil(count / BLOCK)
  while (size > 1) {
    const above = below + size
    for (let at = 0; at < size; at++) matched[above + Math.floor(at / BLOCK)] |= matched[below + at]
    below = above
    size = Math.ceil(size / BLOCK)
  }
  return matched
}
