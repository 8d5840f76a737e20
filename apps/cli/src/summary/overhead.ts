import type { Nanoseconds } from '@tracer/core'
import { COST_AMONG_OTHER_WORK, type Session } from '@tracer/spool'

/**
 * What recording cost a run: from what its probes cost in a loop that does nothing else, as they are calibrated,
 * to what they cost where everything else is in their way.
 */
export interface Overhead {
  /** Of all threads together. */
  readonly leastNs: Nanoseconds
  readonly mostNs: Nanoseconds
  /** Shares of the busiest thread's time, from 0 to 1; undefined when the time is not known. */
  readonly share: { readonly least: number; readonly most: number } | undefined
  /** Whether that time is what the thread used a processor for, not the span of the trace. */
  readonly isOfProcessorTime: boolean
  /** What the share was to stay under; undefined when it was not limited. */
  readonly budgetPercent: number | undefined
  readonly isOverBudget: boolean
}

type RecordedThreads = Pick<Session, 'trace' | 'costs' | 'leftOut'>

/** A share that rounds to the budget is within it. */
const TOLERATED_PERCENT = 0.05
/** A program that does nothing but call is all probes but for this. */
const MOST_SHARE = 0.98

/** The busiest thread is the one whose probes cost most: threads run beside each other, not one after the other. */
export function overheadOf({ trace, costs, leftOut }: RecordedThreads, spanNs: Nanoseconds): Overhead {
  const costNs = threadCostNs({ trace, costs, leftOut })
  const busiest = costNs.indexOf(Math.max(...costNs))
  const told = busiest in costs ? costs[busiest] : undefined
  const timeNs = told?.cpuNs ?? spanNs
  const least = timeNs > 0 && busiest in costNs ? costNs[busiest] / timeNs : undefined
  const share = least === undefined ? undefined : { least, most: mostOf(least) }
  const leastNs = costNs.reduce((sum, ns) => sum + ns, 0)
  const budgetPercent = told?.budgetPercent
  return {
    leastNs,
    mostNs: share === undefined ? leastNs * COST_AMONG_OTHER_WORK : (leastNs * share.most) / share.least,
    share,
    isOfProcessorTime: told?.cpuNs !== undefined,
    budgetPercent,
    isOverBudget:
      least !== undefined && budgetPercent !== undefined && least * 100 >= budgetPercent + TOLERATED_PERCENT,
  }
}

/** Probes do not take the time in which the program itself runs. */
function mostOf(least: number): number {
  return Math.max(least, Math.min(least * COST_AMONG_OTHER_WORK, MOST_SHARE))
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
  for (let i = 0; i < unrecorded.length; i++) {
    checked[unrecorded.thread[i]] += unrecorded.calls[i] + unrecorded.laterRuns[i]
  }
  return threads.map((_, thread) => {
    const isTold = thread in costs && costs[thread].overheadNs > 0
    const { overheadNs, checkNs } = isTold ? costs[thread] : metadata
    return timed[thread] * overheadNs + Math.max(0, checked[thread]) * checkNs
  })
}
