import { asyncTree } from '@tracer/async-tree'
import type { Trace } from '@tracer/core'

/** Each task with the one that set it going, as `child < parent`, sorted; a root has no parent. */
export function edgesOf(trace: Trace): string[] {
  const tree = asyncTree(trace)
  const name = (node: number): string => trace.sites[tree.site[node]].name
  return Array.from({ length: tree.length }, (_, node) =>
    tree.parent[node] === -1 ? name(node) : `${name(node)} < ${name(tree.parent[node])}`,
  ).sort()
}
