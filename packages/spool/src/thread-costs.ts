import type { Nanoseconds } from '@tracer/core'
import type { ThreadEnd, ThreadHeader } from './reports.js'

/** What recording one thread cost, and was allowed to; zeros where the thread was killed before it could tell. */
export interface ThreadCosts extends ThreadEnd {
  /** Share of the thread's time that recording may take; undefined when it was not limited. */
  readonly budgetPercent: number | undefined
}

const UNTOLD: ThreadEnd = { overheadNs: 0, overheadInsideNs: 0, checkNs: 0, tickNs: 0, latestTickNs: 0 }

export function threadCosts({ budgetPercent }: ThreadHeader, end: ThreadEnd = UNTOLD): ThreadCosts {
  return { ...end, budgetPercent }
}

/**
 * How much more a probe costs at most in a program than in the loop where it is calibrated: among other work it
 * shares caches and the predictor of branches, and is not always inlined. Measured in the TypeScript compiler and in an
 * HTTP server, where a timed call cost some 140 ns in place of 41.
 */
export const COST_AMONG_OTHER_WORK = 3.3

/** What one probe cost in a run, for its metadata. */
export interface ProbeCosts {
  readonly overheadNs: Nanoseconds
  readonly overheadInsideNs: Nanoseconds
  readonly checkNs: Nanoseconds
  readonly tickNs: Nanoseconds
}

/** Those of the thread where a timed probe was dearest: none paid more. */
export function dearestProbes(threads: readonly ThreadCosts[]): ProbeCosts {
  const dearest = threads.reduce<ThreadEnd>((max, costs) => (costs.overheadNs > max.overheadNs ? costs : max), UNTOLD)
  return {
    overheadNs: dearest.overheadNs,
    overheadInsideNs: dearest.overheadInsideNs,
    checkNs: Math.max(0, ...threads.map(({ checkNs }) => checkNs)),
    tickNs: Math.max(0, ...threads.map(({ tickNs }) => tickNs)),
  }
}
