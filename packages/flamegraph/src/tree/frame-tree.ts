import type { CallTree } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import { spansOf } from './spans.js'

/** What a node is called and where it is. */
export interface Frame {
  readonly name: string
  /** Empty when unknown. */
  readonly file: string
  /** From 1; 0 when unknown. */
  readonly line: number
  readonly column: number
}

/**
 * A tree that is ready to be drawn: nodes as columns in preorder, each with its place on the axis of time.
 * A node's children lie side by side from its start; what is left at its end is its self time.
 *
 * Starts never decrease from one node to the next. Whatever has to be found on the axis is found by halving.
 */
export interface FrameTree {
  readonly length: number
  /** -1 for a root. */
  readonly parent: Int32Array
  /** The node after the last descendant. */
  readonly subtreeEnd: Int32Array
  readonly depth: Uint16Array | Int32Array
  readonly start: Float64Array
  readonly end: Float64Array
  /** Where the last root ends. */
  readonly extent: number
  /** What widths are: nanoseconds, or slices where no slice took any time. */
  readonly unit: 'ns' | 'slices'
  /** Position in `frames`, by node. */
  readonly frame: Int32Array
  readonly frames: readonly Frame[]
  /** How many levels there are. */
  readonly levels: number
}

/** The tree of a trace whose functions are `sites`. */
export function frameTree(tree: CallTree, sites: readonly Site[]): FrameTree {
  const { length, parent, subtreeEnd, depth } = tree
  return {
    length,
    parent,
    subtreeEnd,
    depth,
    ...spansOf(tree, tree.totalNs),
    frame: tree.site,
    frames: sites,
    levels: levelsOf(depth, length),
  }
}

/** Levels of a tree, from the depths of its nodes. */
export function levelsOf(depth: Uint16Array | Int32Array, length: number): number {
  let deepest = -1
  for (let node = 0; node < length; node++) if (depth[node] > deepest) deepest = depth[node]
  return deepest + 1
}

/** The function of a node. */
export function frameOf(tree: FrameTree, node: number): Frame {
  return tree.frames[tree.frame[node]]
}

/** The width of a node, in the unit of its tree. */
export function widthOf(tree: FrameTree, node: number): number {
  return tree.end[node] - tree.start[node]
}

/** The width of a node as a share of all, from 0 to 1. */
export function shareOf(tree: FrameTree, node: number): number {
  return tree.extent === 0 ? 0 : widthOf(tree, node) / tree.extent
}

/** A node and all above it, the root first; nothing for -1. */
export function pathOf(tree: FrameTree, node: number): number[] {
  const path: number[] = []
  for (let at = node; at !== -1; at = tree.parent[at]) path.push(at)
  return path.reverse()
}
