import type { Nanoseconds } from '@tracer/core'
import type { ThreadStops } from '@tracer/spool'

/** How long recording was stopped, by the thread where that was longest: it is stopped for all of a process at once. */
export function longestStopNs(stops: readonly ThreadStops[]): Nanoseconds {
  return Math.max(0, ...stops.map(({ totalNs }) => totalNs))
}
