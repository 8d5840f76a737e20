import type { FrameTree } from './frame-tree.js'

/** The first node from `from` before `to` that starts at `at` or later; `to` when none does. */
export function firstStartingAt(tree: FrameTree, from: number, to: number, at: number): number {
  const { start } = tree
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (start[middle] >= at) high = middle
    else low = middle + 1
  }
  return low
}

/** The node at `depth` on the path to `node`, which is not above that depth. */
export function ancestorAt(tree: FrameTree, node: number, depth: number): number {
  let at = node
  while (tree.depth[at] > depth) at = tree.parent[at]
  return at
}

/** The child of `node` that is widest, the first of equally wide ones; -1 when there is none. */
export function widestChild(tree: FrameTree, node: number): number {
  const { start, end, subtreeEnd } = tree
  const stop = subtreeEnd[node]
  let [widest, width] = [-1, -1]
  let child = node + 1
  while (child < stop) {
    const own = end[child] - start[child]
    if (own > width) [widest, width] = [child, own]
    // Nothing in the rest is wider than the rest.
    if (end[node] - end[child] <= width) break
    child = subtreeEnd[child]
  }
  return widest
}

/** How many siblings a node has, itself among them, and which it is, from 1; undefined when counting would take long. */
export function placeAmongSiblings(
  tree: FrameTree,
  node: number,
  most = 10_000,
): { readonly place: number; readonly of: number } | undefined {
  const above = tree.parent[node]
  const stop = above === -1 ? tree.length : tree.subtreeEnd[above]
  let [place, of] = [0, 0]
  for (let sibling = above + 1; sibling < stop; sibling = tree.subtreeEnd[sibling]) {
    if (++of > most) return undefined
    if (sibling === node) place = of
  }
  return { place, of }
}

/** The deepest node that takes up the whole of a part of the axis; -1 when none does. */
export function coveringFrame(tree: FrameTree, from: number, to: number): number {
  // Sums of fractions: what fits but for the last bits does fit.
  const slack = (to - from) * 1e-9
  let node = firstStartingAt(tree, 0, tree.length, from + slack) - 1
  while (node !== -1 && tree.end[node] < to - slack) node = tree.parent[node]
  return node
}
