import type { TreeDiff } from '@tracer/call-tree'
import type { ChangeKind } from './content.js'

/** By node, how many nanoseconds of self time were added (above 0) or saved (below). */
export function changesOf(diff: TreeDiff, kind: ChangeKind): Float64Array {
  const { before, after, length } = diff
  const scale = kind === 'normalised' && before.rootNs > 0 && after.rootNs > 0 ? after.rootNs / before.rootNs : 1
  const changes = new Float64Array(length)
  for (let node = 0; node < length; node++) {
    changes[node] = kind === 'per-call' ? changeOfCalls(diff, node) : after.selfNs[node] - before.selfNs[node] * scale
  }
  return changes
}

/** 0 where one side has no call: there is nothing to compare. */
function changeOfCalls({ before, after }: TreeDiff, node: number): number {
  if (before.calls[node] === 0 || after.calls[node] === 0) return 0
  return after.selfNs[node] - (before.selfNs[node] / before.calls[node]) * after.calls[node]
}
