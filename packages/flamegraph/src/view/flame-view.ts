import type { Palette } from '../color/palette.js'
import type { Deepest } from '../tree/deepest.js'
import type { FrameTree } from '../tree/frame-tree.js'
import type { DiffContent, FlameContent, TreeContent, ViewOptions } from './content.js'
import { diffView } from './diff-view.js'
import { treeView } from './tree-view.js'

/** Content, ready to be drawn: its tree, and how each node looks and what is said of it. */
export interface FlameView {
  readonly tree: FrameTree
  readonly deepest: Deepest
  readonly legend: Legend
  colorOf(node: number, palette: Palette): string
  /** Whether the node is only in the tree before. */
  isGone(node: number): boolean
  /** What stands in the frame: the name alone at last, and before that what says more where there is room. */
  labelsOf(node: number): readonly string[]
  factsOf(node: number): FrameFacts
  /** The node of the content that a node of the tree is, and the other way; -1 when it is not in the tree. */
  sourceOf(node: number): number
  nodeOf(source: number): number
  /** Paths that are not in the tree because they are gone. */
  readonly gone: readonly GonePath[]
}

/** What a colour means: a few colours with their names. */
export interface Legend {
  readonly title: string
  readonly entries: readonly LegendEntry[]
}

/** One colour of a legend; hatched where it stands for what is gone. */
export interface LegendEntry {
  readonly name: string
  readonly colorOf: (palette: Palette) => string
  readonly isHatched?: boolean
}

/** What is said of a frame, in words. */
export interface FrameFacts {
  readonly name: string
  /** Where it is; empty when unknown. */
  readonly place: string
  readonly rows: readonly (readonly [label: string, value: string])[]
}

/** The top of what is gone after a change. */
export interface GonePath {
  /** Node of the content. */
  readonly node: number
  /** The functions that led there, itself last. */
  readonly names: readonly string[]
  readonly totalNs: number
}

/** Gets content ready to be drawn. Linear in its nodes. */
export function viewOf(content: FlameContent, options: ViewOptions = {}): FlameView {
  return isDiff(content) ? diffView(content.diff, options) : treeView(content, options)
}

export function isDiff(content: TreeContent | DiffContent): content is DiffContent {
  return 'diff' in content
}
