import type { Deepest } from '../tree/deepest.js'
import type { FrameTree } from '../tree/frame-tree.js'
import { ancestorAt, firstStartingAt } from '../tree/positions.js'

/** Which part of a tree is drawn, and how large. */
export interface LayoutOptions {
  /** The part of the tree's axis that fills the width. */
  readonly from: number
  readonly to: number
  /** In pixels. */
  readonly width: number
  /** In pixels: what is narrower is put together with its neighbours. */
  readonly minWidth: number
  /** The last row that is wanted; all rows unless given. */
  readonly lastRow?: number
}

/**
 * What is to be drawn, by row, in a row from left to right. A box is a frame, or a mark: neighbours that are
 * too narrow to be drawn, with all below them. A row is a level of the tree. Boxes that reach out of the part
 * that is shown are cut at its edges.
 */
export interface Layout extends LayoutOptions {
  readonly boxes: readonly Box[]
  /** Index of the first box of each row, and at the end the number of all. */
  readonly rowStart: readonly number[]
}

/** What is drawn in a row. */
export type Box = FrameBox | MarkBox

/** One node that is wide enough to be drawn. */
export interface FrameBox {
  readonly kind: 'frame'
  readonly node: number
  readonly row: number
  /** In pixels from the left. */
  readonly x: number
  readonly width: number
}

/** The nodes from `node` before `end`: some siblings, and all below them. */
export interface MarkBox {
  readonly kind: 'mark'
  readonly node: number
  readonly end: number
  readonly row: number
  /** The row of the deepest of them. */
  readonly lastRow: number
  readonly x: number
  readonly width: number
}

/** Lays out what is visible; looks at nothing that is not, however large the tree. */
export function layoutOf(tree: FrameTree, deepest: Deepest, options: LayoutOptions): Layout {
  const { lastRow = Infinity } = options
  const boxes: Box[] = []
  const rowStart = [0]
  const row = new RowLayout(tree, deepest, options, boxes)
  row.add(0, tree.length, 0)
  for (let level = 1; rowStart[level - 1] < boxes.length; level++) {
    const [first, end] = [rowStart[level - 1], boxes.length]
    rowStart.push(end)
    if (level > lastRow) break
    for (let i = first; i < end; i++) {
      const box = boxes[i]
      if (box.kind === 'frame') row.add(box.node + 1, tree.subtreeEnd[box.node], level)
    }
  }
  return { ...options, boxes, rowStart }
}

/** How many rows a layout has. */
export function rowsOf({ rowStart }: Layout): number {
  return rowStart.length - 1
}

/** The part of the axis that a node takes up; that of the nearest above that takes up any. */
export function spanOf(tree: FrameTree, node: number): { readonly from: number; readonly to: number } {
  for (let at = node; at !== -1; at = tree.parent[at]) {
    if (tree.end[at] > tree.start[at]) return { from: tree.start[at], to: tree.end[at] }
  }
  return { from: 0, to: tree.extent }
}

/** Adds siblings to a layout. */
class RowLayout {
  readonly #tree: FrameTree
  readonly #deepest: Deepest
  readonly #options: LayoutOptions
  readonly #boxes: Box[]
  /** Pixels a unit of the axis. */
  readonly #scale: number
  /** What is not as long as this is narrow. */
  readonly #least: number

  constructor(tree: FrameTree, deepest: Deepest, options: LayoutOptions, boxes: Box[]) {
    this.#tree = tree
    this.#deepest = deepest
    this.#options = options
    this.#boxes = boxes
    const shown = options.to - options.from
    this.#scale = shown > 0 ? options.width / shown : 0
    this.#least = this.#scale > 0 ? options.minWidth / this.#scale : Infinity
  }

  /** Adds the siblings from `first` before `end`, which are at depth `row`, as far as they are shown. */
  add(first: number, end: number, row: number): void {
    const { start, end: ends, subtreeEnd, parent, extent } = this.#tree
    const { to } = this.#options
    if (first >= end) return
    const above = parent[first]
    // What takes no time and is the last of all that is shown would be left out otherwise.
    const isWhole = (above === -1 ? extent : ends[above]) <= to
    /** First of the narrow siblings that are not added yet. */
    let narrow = -1
    let node = this.#firstShown(first, end, row)
    while (node < end && (start[node] < to || isWhole)) {
      const length = ends[node] - start[node]
      if (length > 0 && length >= this.#least) {
        if (narrow !== -1) this.#addMark(narrow, node, row)
        narrow = -1
        this.#boxes.push({ kind: 'frame', node, row, ...this.#place(start[node], ends[node]) })
        node = subtreeEnd[node]
      } else {
        if (narrow === -1) narrow = node
        const after = start[node] + this.#least
        node = this.#nextThatMayBeWide(node, end, isWhole ? after : Math.min(after, to))
      }
    }
    if (narrow !== -1) this.#addMark(narrow, node, row)
  }

  /** The first sibling that ends within the shown part, or after it. */
  #firstShown(first: number, end: number, row: number): number {
    const { from } = this.#options
    const tree = this.#tree
    if (tree.start[first] >= from) return first
    const last = ancestorAt(tree, firstStartingAt(tree, first, end, from) - 1, row)
    return tree.end[last] > from ? last : tree.subtreeEnd[last]
  }

  /**
   * A sibling after `node` such that all in between are narrow: they end before `at`. It is found by halving:
   * a thousand narrow siblings in one pixel cost no more than one.
   */
  #nextThatMayBeWide(node: number, end: number, at: number): number {
    const tree = this.#tree
    const next = tree.subtreeEnd[node]
    if (next >= end || tree.start[next] >= at) return next
    return ancestorAt(tree, firstStartingAt(tree, next, end, at) - 1, tree.depth[node])
  }

  #addMark(node: number, end: number, row: number): void {
    const tree = this.#tree
    const last = ancestorAt(tree, end - 1, row)
    const lastRow = this.#deepest.between(node, end)
    this.#boxes.push({ kind: 'mark', node, end, row, lastRow, ...this.#place(tree.start[node], tree.end[last]) })
  }

  #place(start: number, end: number): { x: number; width: number } {
    const { from, to } = this.#options
    const x = (Math.max(start, from) - from) * this.#scale
    return { x, width: Math.max(0, (Math.min(end, to) - from) * this.#scale - x) }
  }
}
