import type { EventFilter, Nanoseconds, ThreadIndex, Trace } from '@tracer/core'

/** Slices that took at least so long. */
export function minDuration(ns: Nanoseconds): EventFilter {
  return { id: `at least ${ns} ns`, keeps: (_, { durationNs }, index) => durationNs[index] >= ns }
}

/** Slices that took at most so long. */
export function maxDuration(ns: Nanoseconds): EventFilter {
  return { id: `at most ${ns} ns`, keeps: (_, { durationNs }, index) => durationNs[index] <= ns }
}

/** So many levels of the stack, from the outermost calls. */
export function maxDepth(levels: number): EventFilter {
  return { id: `${levels} levels`, keeps: (_, { depth }, index) => depth[index] < levels }
}

/** Slices that ran between two moments, `toNs` not included, if only in part. */
export function inRange(fromNs: Nanoseconds, toNs: Nanoseconds): EventFilter {
  return {
    id: `${fromNs} to ${toNs} ns`,
    keeps: (_, { startNs, durationNs }, index) => {
      const start = startNs[index]
      return start < toNs && (start >= fromNs || start + durationNs[index] > fromNs)
    },
  }
}

/** Slices of some threads of a trace, asynchronous ones too. */
export function onThreads(trace: Trace, threads: readonly ThreadIndex[]): EventFilter {
  const tables = new Set(
    trace.tracks.flatMap((track) => (track.kind !== 'counter' && threads.includes(track.thread) ? [track.slices] : [])),
  )
  return { id: `threads ${threads.join(', ')}`, keeps: (_, slices) => tables.has(slices) }
}
