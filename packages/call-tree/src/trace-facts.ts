import type { Nanoseconds, SliceTable, Thread, Trace } from '@tracer/core'

/** Counts that every summary has. */
export interface TraceFacts {
  /** Recorded slices, asynchronous spans among them. */
  readonly events: number
  /** Records that were lost, exactly. */
  readonly dropped: number
  /** Calls that are in no slice, exactly, those of lost records among them. */
  readonly unrecordedCalls: number
  readonly threads: number
  readonly processes: number
  /** From the first moment of the trace to the last. */
  readonly spanNs: Nanoseconds
  /** Threads that ended without handing over their last records. */
  readonly unfinished: readonly Thread[]
}

/** Sums up a trace in a few numbers. */
export function factsOf(trace: Trace): TraceFacts {
  let spanNs = 0
  let events = 0
  for (const track of trace.tracks) {
    if (track.kind === 'counter') {
      spanNs = Math.max(spanNs, track.samples.timeNs.at(-1) ?? 0)
      continue
    }
    if (track.kind === 'thread') spanNs = Math.max(spanNs, track.instants.timeNs.at(-1) ?? 0)
    events += track.slices.length
    spanNs = Math.max(spanNs, lastEndNs(track.slices))
  }
  const dropped = trace.threads.flatMap((thread) => thread.drops).reduce((sum, drop) => sum + drop.count, 0)
  return {
    events,
    dropped,
    unrecordedCalls: trace.unrecorded.calls.reduce((sum, calls) => sum + calls, 0),
    threads: trace.threads.length,
    processes: trace.processes.length,
    spanNs,
    unfinished: trace.threads.filter((thread) => !thread.complete),
  }
}

function lastEndNs({ length, startNs, durationNs }: SliceTable): Nanoseconds {
  let last = 0
  for (let i = 0; i < length; i++) {
    const endNs = startNs[i] + durationNs[i]
    if (endNs > last) last = endNs
  }
  return last
}
