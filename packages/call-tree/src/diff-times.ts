import type { TreeDiff, TreeSide } from './diff-trees.js'

/**
 * What two sides are compared by: their times as they are (`absolute`), as if both had taken as long in all
 * as the one before (`normalised`), the times of one call (`per-call`), or what one call of a chosen node cost below it.
 */
export type DiffScale = 'absolute' | 'normalised' | 'per-call' | { readonly perCallOf: number }

/** Nanoseconds on both sides, by node of a diff. */
export interface DiffTimes {
  readonly before: Float64Array
  readonly after: Float64Array
}

/** The times of a diff on a scale on which they can be compared; 0 for what is not there. */
export function diffTimes(diff: TreeDiff, measure: 'self' | 'total', scale: DiffScale = 'absolute'): DiffTimes {
  const { before, after } = diff
  const timesOf = (side: TreeSide): Float64Array => (measure === 'self' ? side.selfNs : side.totalNs)
  if (scale === 'absolute') return { before: timesOf(before), after: timesOf(after) }
  if (scale === 'normalised') {
    const factor = after.rootNs === 0 ? 1 : before.rootNs / after.rootNs
    return { before: timesOf(before), after: timesOf(after).map((ns) => ns * factor) }
  }
  const divided = (side: TreeSide): Float64Array =>
    timesOf(side).map((ns, node) => perCall(ns, side.calls[scale === 'per-call' ? node : scale.perCallOf]))
  return { before: divided(before), after: divided(after) }
}

function perCall(ns: number, calls: number): number {
  return calls === 0 ? 0 : ns / calls
}
