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
    const { site } = slices
    const isMatch = (slice: SliceIndex): boolean =>
      (sites !== undefined && sites[site[slice]] > 0) || (bySlice !== undefined && bySlice[slice] > 0)
    let levels = this.#levels.get(index)
    if (levels === undefined) this.#levels.set(index, (levels = []))
    let block = levels.at(level)
    if (block === undefined) {
      block = new Uint8Array(index.firstBlock[level + 1] - index.firstBlock[level])
      if (sites !== undefined) markSites(block, index, level, site, sites)
      if (bySlice !== undefined) markSlices(block, index, level, bySlice)
      markTiers(block, index.first[level + 1] - index.first[level])
      levels[level] = block
    }
    return { block, isMatch }
  }
}

/** Marks the lowest blocks that hold a slice of a function that matches. A loop of its own: it runs over millions. */
function markSites(matched: Uint8Array, index: LevelIndex, level: number, site: Int32Array, sites: Uint8Array): void {
  const { first, order } = index
  const [from, to] = [first[level], first[level + 1]]
  for (let at = from; at < to; at++) matched[(at - from) >> 3] |= sites[site[order[at]]]
}

function markSlices(matched: Uint8Array, index: LevelIndex, level: number, slices: Uint8Array): void {
  const { first, order } = index
  const [from, to] = [first[level], first[level + 1]]
  for (let at = from; at < to; at++) matched[(at - from) >> 3] |= slices[order[at]]
}

/** Marks the higher blocks of a level of `count` slices from the lowest. */
function markTiers(matched: Uint8Array, count: number): void {
  let below = 0
  let size = Math.ceil(count / BLOCK)
  while (size > 1) {
    const above = below + size
    for (let at = 0; at < size; at++) matched[above + Math.floor(at / BLOCK)] |= matched[below + at]
    below = above
    size = Math.ceil(size / BLOCK)
  }
}
