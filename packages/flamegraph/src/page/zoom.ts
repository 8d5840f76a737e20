import { spanOf } from '../layout/layout.js'
import type { FrameTree } from '../tree/frame-tree.js'
import { coveringFrame } from '../tree/positions.js'
import { ZoomMotion, type Range } from './zoom-motion.js'

/** The shortest part that is shown, of all. */
const LEAST_RANGE = 1e-9

/** Which part of a tree is shown. Lengths and places are shares of what is shown, from 0 to 1. */
export class Zoom {
  readonly #motion = new ZoomMotion()
  #tree: FrameTree | undefined
  #node = -1

  /** Shows all of another tree. */
  begin(tree: FrameTree): void {
    this.#tree = tree
    this.to(-1, { isAtOnce: true })
  }

  /** The deepest frame that is at least as wide as what is shown, or the one that was zoomed to; -1 for none. */
  get node(): number {
    return this.#node
  }

  /** Its row. */
  get row(): number {
    return this.#node === -1 ? 0 : (this.#tree?.depth[this.#node] ?? 0)
  }

  get isAll(): boolean {
    const { from, to } = this.#motion.target
    return from <= 0 && to >= (this.#tree?.extent ?? 0)
  }

  get isMoving(): boolean {
    return this.#motion.isMoving
  }

  rangeAt(time: number): Range {
    return this.#motion.at(time)
  }

  /** To one frame; -1 for all. */
  to(node: number, { isAtOnce = false } = {}): void {
    const range = this.#rangeOf(node)
    this.#node = node
    if (isAtOnce) this.#motion.jump(range)
    else this.#motion.move(range)
  }

  /** The nearest frame that is wider than what is shown; -1 when none is. */
  around(): number {
    const tree = this.#tree
    if (tree === undefined) return -1
    const { from, to } = this.#motion.target
    let node = coveringFrame(tree, from, to)
    while (node !== -1 && tree.start[node] >= from && tree.end[node] <= to) node = tree.parent[node]
    return node
  }

  /** To the right, by a share of what is shown. */
  pan(by: number): void {
    const { from, to } = this.#motion.target
    this.#show(from - by * (to - from), to - from)
  }

  /** In by a factor above 1, out by one below, around a place. */
  by(factor: number, place: number): void {
    const { from, to } = this.#motion.target
    const at = from + (to - from) * place
    this.#show(at - (at - from) / factor, (to - from) / factor)
  }

  /** To a piece of what is shown on `width` pixels. */
  toPixels(x: number, piece: number, width: number): void {
    const { from, to } = this.#motion.target
    this.#show(from + ((to - from) * x) / width, ((to - from) * piece) / width)
  }

  /** Where to zoom before a frame takes up a share of `least`; undefined when it does. */
  neededFor(node: number, least: number): number | undefined {
    const tree = this.#tree
    if (tree === undefined) return undefined
    const shareIn = ({ from, to }: Range): number =>
      (Math.min(tree.end[node], to) - Math.max(tree.start[node], from)) / (to - from)
    if (shareIn(this.#motion.target) >= least) return undefined
    const above = tree.parent[node]
    return shareIn(this.#rangeOf(above)) >= least ? above : node
  }

  #show(from: number, length: number): void {
    const tree = this.#tree
    if (tree === undefined || tree.extent === 0) return
    const { extent } = tree
    const shown = Math.min(extent, Math.max(length, extent * LEAST_RANGE))
    const begin = Math.max(0, Math.min(from, extent - shown))
    this.#motion.jump({ from: begin, to: begin + shown })
    this.#node = shown === extent ? -1 : coveringFrame(tree, begin, begin + shown)
  }

  #rangeOf(node: number): Range {
    if (this.#tree === undefined) return { from: 0, to: 0 }
    return node === -1 ? { from: 0, to: this.#tree.extent } : spanOf(this.#tree, node)
  }
}
