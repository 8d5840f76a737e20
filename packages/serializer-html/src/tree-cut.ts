import type { CallTree } from '@tracer/call-tree'

/** Deeper levels are only in the trace: browsers stop nesting elements at some hundreds. */
const MAX_LEVELS = 100

/**
 * Which nodes are shown if those above them are: at most `most`, the dearest ones; of equally dear ones the
 * first.
 */
export function shownBranches(tree: CallTree, most: number): (node: number) => boolean {
  const { length, depth, totalNs } = tree
  // All nodes of a large tree would take long to sort, their times do not.
  const leastNs = most < length ? totalNs.toSorted()[length - most] : 0
  const candidates: number[] = []
  for (let node = 0; node < length; node++) {
    if (depth[node] < MAX_LEVELS && totalNs[node] >= leastNs) candidates.push(node)
  }
  // A parent nearly always takes as long as a child and stands before it: those above are then shown.
  candidates.sort((a, b) => totalNs[b] - totalNs[a] || a - b)
  const shown = new Set(candidates.slice(0, most))
  return (node) => shown.has(node)
}
