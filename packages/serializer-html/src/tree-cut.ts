import type { CallTree } from '@tracer/call-tree'

/** Deeper levels are only in the trace: browsers stop nesting elements at some hundreds. */
const MAX_LEVELS = 100

/** Smaller branches are too many to look at. */
const MIN_SHARE = 0.0005

/**
 * Which nodes are shown if those above them are: at most `most`, the dearest ones; of equally dear ones the
 * first.
 */
export function shownBranches(tree: CallTree, most: number): (node: number) => boolean {
  const { length, depth, totalNs, rootNs } = tree
  const candidates: number[] = []
  for (let node = 0; node < length; node++) {
    if (depth[node] < MAX_LEVELS && totalNs[node] >= rootNs * MIN_SHARE) candidates.push(node)
  }
  // A parent nearly always takes as long as a child and stands before it: those above are then shown.
  candidates.sort((a, b) => totalNs[b] - totalNs[a] || a - b)
  const shown = new Set(candidates.slice(0, most))
  return (node) => shown.has(node)
}
