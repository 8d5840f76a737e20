import type { FrameTree } from './frame-tree.js'

type Depths = Uint16Array | Int32Array

const FACTOR = 32

/** Finds the deepest level in any range of nodes, without looking at all of them. */
export class Deepest {
  /** The depths of all nodes, then the largest of each 32 of the row before, and so on. */
  readonly #rows: Depths[]

  constructor({ depth, length }: Pick<FrameTree, 'depth' | 'length'>) {
    this.#rows = [depth.subarray(0, length)]
    for (let row: Depths = this.#rows[0]; row.length > FACTOR;) {
      row = largestOfEach(row)
      this.#rows.push(row)
    }
  }

  /** Depth of the deepest node from `from` before `to`, which is after it. */
  between(from: number, to: number): number {
    let deepest = 0
    let [low, high] = [from, to]
    for (const row of this.#rows) {
      const [lowBlock, highBlock] = [Math.ceil(low / FACTOR), Math.floor(high / FACTOR)]
      if (row === this.#rows.at(-1) || lowBlock >= highBlock) return largest(row, low, high, deepest)
      deepest = largest(row, low, lowBlock * FACTOR, deepest)
      deepest = largest(row, highBlock * FACTOR, high, deepest)
      ;[low, high] = [lowBlock, highBlock]
    }
    return deepest
  }
}

function largestOfEach(row: Depths): Int32Array {
  return Int32Array.from({ length: Math.ceil(row.length / FACTOR) }, (_, block) =>
    largest(row, block * FACTOR, Math.min(row.length, (block + 1) * FACTOR), 0),
  )
}

function largest(values: Depths, from: number, to: number, least: number): number {
  let value = least
  for (let i = from; i < to; i++) if (values[i] > value) value = values[i]
  return value
}
