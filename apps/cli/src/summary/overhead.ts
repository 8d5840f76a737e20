import type { Nanoseconds } from '@tracer/core'
import type { Session } from '@tracer/spool'

/** What recording cost a run, by the calibrated costs of its probes. */
export interface Overhead {
  /** Of all threads together. */
  readonly totalNs: Nanoseconds
  /** Share of the busiest thread's time, from 0 to 1; undefined when the time is not known. */
  readonly share: number | undefined
  /** Whether that time is what the thread used a processor for, not the span of the trace. */
  readonly isOfProcessorTime: boolean
  /** What the share was to stay under; undefined when it was not limited. */
  readonly budgetPercent: number | undefined
  readonly isOverBudget: boolean
}

type RecordedThreads = Pick<Session, 'trace' | 'costs' | 'leftOut'>

/** A share that rounds to the budget is within it. */
const TOLERATED_PERCENT = 0.05

/** The busiest thread is the one whose probes cost most: threads run beside each other, not one after the other. */
export function overheadOf({ trace, costs, leftOut }: RecordedThreads, spanNs: Nanoseconds): Overhead {
  const costNs = threadCostNs({ trace, costs, leftOut })
  const busiest = costNs.indexOf(Math.max(...costNs))
  const told = busiest in costs ? costs[busiest] : undefined
  const timeNs = told?.cpuNs ?? spanNs
  const share = timeNs > 0 && busiest in costNs ? costNs[busiest] / timeNs : undefined
  const budgetPercent = told?.budgetPercent
  return {
    totalNs: costNs.reduce((sum, ns) => sum + ns, 0),
    share,
    isOfProcessorTime: told?.cpuNs !== undefined,
    budgetPercent,
    isOverBudget:
      share !== undefined && budgetPercent !== undefined && share * 100 >= budgetPercent + TOLERATED_PERCENT,
  }
}

/** By thread. A thread that was killed told no cost: it is taken to have paid what the dearest one did. */
function threadCostNs({ trace, costs, leftOut }: RecordedThreads): Nanoseconds[] {
  const { metadata, threads, tracks, unrecorded } = trace
  const timed = threads.map(({ drops }, thread) => {
    const { short, deep } = leftOut[thread] ?? { short: 0, deep: 0 }
    return drops.reduce((sum, { count }) => sum + count, short + deep)
  })
  // These are among the unrecorded calls, and were timed.
  const checked = timed.map((counted) => -counted)
  for (const track of tracks) if (track.kind !== 'counter') timed[track.thread] += track.slices.length
  for (let i = 0; i < unrecorded.length; i++) checked[unrecorded.thread[i]] += unrecorded.calls[i]
  return threads.map((_, thread) => {
    const isTold = thread in costs && costs[thread].overheadNs > 0
    const { overheadNs, checkNs } = isTold ? costs[thread] : metadata
    return timed[thread] * overheadNs + Math.max(0, checked[thread]) * checkNs
  })
}
