import type { Trace } from '@tracer/core'
import type { CallTree } from './call-tree.js'
import { framePairs, type DiffFrame } from './diff-frames.js'
import { PairIndex } from './pair-index.js'
import { heaviestFirst, NONE } from './preorder.js'

/** A call tree and the trace that it was made of. */
export interface TreeOfTrace {
  readonly trace: Trace
  readonly tree: CallTree
}

/**
 * Two call trees as one: its paths are those of either, by function, wherever its lines are. Columns in
 * preorder as those of a {@link CallTree}; siblings by the larger of their totals.
 */
export interface TreeDiff {
  readonly length: number
  readonly frames: readonly DiffFrame[]
  /** By node: position in `frames`. */
  readonly frame: Int32Array
  /** -1 for a root. */
  readonly parent: Int32Array
  /** The node after the last descendant. */
  readonly subtreeEnd: Int32Array
  readonly depth: Int32Array
  readonly before: TreeSide
  readonly after: TreeSide
}

/** The numbers of one of two trees, by node of their diff; 0 where it has no such path. */
export interface TreeSide {
  /** The node of its own tree; -1 where it has no such path: before, the path is new, after, it is gone. */
  readonly node: Int32Array
  readonly calls: Float64Array
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
  /** Nanoseconds in all roots. */
  readonly rootNs: number
}

/**
 * Both trees have to be of one kind: grouped or inverted. Nodes of one that are on the same path, as a
 * tree in the order of time has them, become one. Linear in their nodes.
 */
export function diffTrees(before: TreeOfTrace, after: TreeOfTrace): TreeDiff {
  const { frames, ofBefore, ofAfter } = framePairs(before.trace, after.trace)
  // Pairs of parent and frame: a node is the number of its pair.
  const nodes = new PairIndex()
  const fromBefore = united(nodes, before.tree, ofBefore)
  const fromAfter = united(nodes, after.tree, ofAfter)
  const { length } = nodes
  const weight = new Float64Array(length)
  for (let node = 0; node < before.tree.length; node++) weight[fromBefore[node]] = before.tree.totalNs[node]
  for (let node = 0; node < after.tree.length; node++) {
    weight[fromAfter[node]] = Math.max(weight[fromAfter[node]], after.tree.totalNs[node])
  }
  const { place, subtreeEnd } = heaviestFirst(nodes.first.values, weight, length)

  const frame = new Int32Array(length)
  const parent = new Int32Array(length)
  const depth = new Int32Array(length)
  for (let node = 0; node < length; node++) {
    const above = nodes.first.values[node]
    frame[place[node]] = nodes.second.values[node]
    parent[place[node]] = above === NONE ? NONE : place[above]
    depth[place[node]] = above === NONE ? 0 : depth[place[above]] + 1
  }
  return {
    length,
    frames,
    frame,
    parent,
    subtreeEnd,
    depth,
    before: side(before.tree, length, fromBefore, place),
    after: side(after.tree, length, fromAfter, place),
  }
}

/** Adds the paths of a tree; returns the number of each of its nodes. */
function united(nodes: PairIndex, tree: CallTree, frameOf: Int32Array): Int32Array {
  const to = new Int32Array(tree.length)
  for (let node = 0; node < tree.length; node++) {
    const above = tree.parent[node]
    to[node] = nodes.numberOf(above === NONE ? NONE : to[above], frameOf[tree.site[node]])
  }
  return to
}

function side(tree: CallTree, length: number, to: Int32Array, place: Int32Array): TreeSide {
  const columns = {
    node: new Int32Array(length).fill(NONE),
    calls: new Float64Array(length),
    selfNs: new Float64Array(length),
    totalNs: new Float64Array(length),
  }
  for (let node = 0; node < tree.length; node++) {
    const at = place[to[node]]
    columns.node[at] = node
    columns.calls[at] += tree.calls[node]
    columns.selfNs[at] += tree.selfNs[node]
    columns.totalNs[at] += tree.totalNs[node]
  }
  return { ...columns, rootNs: tree.rootNs }
}
