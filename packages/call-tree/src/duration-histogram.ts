import type { Nanoseconds } from '@tracer/core'

/** How long calls took: bars with at least one call, shortest first, as columns. Each is at most 1/32 of its length wide. */
export interface DurationHistogram {
  readonly length: number
  /** Calls of a bar took at least so long, */
  readonly fromNs: Float64Array
  /** and less than this. */
  readonly toNs: Float64Array
  readonly calls: Float64Array
}

/**
 * How long the shorter `share` of the calls took at most: exact below 64 whole nanoseconds, otherwise
 * within 1.6% of a call that there was. Not more than one that is known better: `minNs` and `maxNs`.
 */
export function percentile(
  { length, fromNs, toNs, calls }: DurationHistogram,
  share: number,
  minNs: Nanoseconds,
  maxNs: Nanoseconds,
): Nanoseconds {
  const total = calls.reduce((sum, count) => sum + count, 0)
  const rank = Math.ceil(share * total)
  let seen = 0
  for (let bar = 0; bar < length; bar++) {
    seen += calls[bar]
    if (seen < rank) continue
    // Of whole nanoseconds the middle one: for bars of one or less that is their lower end.
    const middleNs = fromNs[bar] + Math.max(0, toNs[bar] - fromNs[bar] - 1) / 2
    return Math.min(maxNs, Math.max(minNs, middleNs))
  }
  return maxNs
}
