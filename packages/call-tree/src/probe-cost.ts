import type { TraceMetadata } from '@tracer/core'
import type { CallColumns } from './call-columns.js'

/** What probes cost, as `trace.metadata` has it. */
export type ProbeCost = Pick<TraceMetadata, 'overheadNs' | 'overheadInsideNs'>

/**
 * The calls of one track without what the probes cost: a slice loses the inner part of its own
 * pair and the whole pair of each slice below it.
 *
 * ```
 * main calls parse   |--- main ---(outer(inner - parse - inner)outer)--- main ---|
 * slice of parse                        |-------------------|
 * ```
 *
 * What is a slice's own is the difference of such durations, so the outer part of each direct
 * child's pair leaves its parent. A cost is a mean: a single duration may come out below 0, and has
 * to stay so until all are added up, or the sum would be too large.
 */
export function withoutProbes(calls: CallColumns, cost: ProbeCost): CallColumns {
  const { overheadNs, overheadInsideNs } = cost
  const { length, site, durationNs, depth, activation } = calls
  if (overheadNs === 0 && overheadInsideNs === 0) return calls
  const ownNs = new Float64Array(length)
  // By level, the slices met since the last one of the level above: read backwards, those below it.
  const below: number[] = []
  for (let i = length - 1; i >= 0; i--) {
    const level = depth[i]
    while (below.length <= level + 1) below.push(0)
    const descendants = below[level + 1]
    below[level + 1] = 0
    below[level] += descendants + 1
    ownNs[i] = durationNs[i] - overheadInsideNs - descendants * overheadNs
  }
  return { length, site, durationNs: ownNs, depth, activation }
}

/** The cost to take away: none when times are wanted as they were recorded. */
export function costOf(metadata: TraceMetadata, isRaw: boolean): ProbeCost {
  return isRaw ? { overheadNs: 0, overheadInsideNs: 0 } : metadata
}
