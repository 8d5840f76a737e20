import type { CallTree } from '@tracer/call-tree'

/** Deeper levels are only in the trace: browsers stop nesting elements at some hundreds. */
const MAX_LEVELS = 100

/** Smaller branches are too many to look at. */
const MIN_SHARE = 0.0005

/**
 * Which nodes are shown: at most `most`, the dearest ones, and with each node those above it. Of equally
 * dear ones the first are taken.
 */
export function shownBranches(tree: CallTree, most: number): (node: number) => boolean {
  const { length, depth, totalNs, rootNs } = tree
  const candidates: number[] = []
  for (let node = 0; node < length; node++) {
    if (depth[node] < MAX_LEVELS && totalNs[node] >= rootNs * MIN_SHARE) candidates.push(node)
  }
  // A parent takes at least as long as a child, but for what probes cost, and stands before it.
  candidates.sort((a, b) => totalNs[b] - totalNs[a] || a - b)
  const shown = new Set(candidates.slice(0, most))
  return (node) => shown.has(node)
}
