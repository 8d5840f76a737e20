import type { TreeDiff } from '@tracer/call-tree'
import type { GonePath } from './flame-view.js'
import { titleOf } from './frame-names.js'

/** The paths that the tree after does not have any more, each by its first node, those that took longest first. */
export function gonePaths(diff: TreeDiff): GonePath[] {
  const { before, after, parent, length, subtreeEnd } = diff
  const tops: number[] = []
  for (let node = 0; node < length;) {
    const isGone = before.node[node] !== -1 && after.node[node] === -1
    if (isGone) tops.push(node)
    node = isGone ? subtreeEnd[node] : node + 1
  }
  tops.sort((a, b) => before.totalNs[b] - before.totalNs[a] || a - b)
  return tops.map((node) => ({
    node,
    get names() {
      const names: string[] = []
      for (let at = node; at !== -1; at = parent[at]) names.push(titleOf(diff.frames[diff.frame[at]]))
      return names.reverse()
    },
    totalNs: before.totalNs[node],
  }))
}
