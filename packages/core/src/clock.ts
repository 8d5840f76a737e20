import type { EpochMilliseconds, Nanoseconds, Ticks } from './units.js'

/**
 * Where times come from. `now` is called twice a traced call, so it must be one function
 * that neither allocates nor branches; everything else is read once, when a trace is made.
 */
export interface Clock {
  /** Short name that stands in the trace, such as `portable`. */
  readonly id: string
  /** A raw reading; never smaller than an earlier one of the same thread. */
  readonly now: () => Ticks
  /** Length of one tick. */
  readonly nsPerTick: Nanoseconds
  /**
   * Where tick 0 lies on the machine's monotonic axis (CLOCK_MONOTONIC on Linux), which all
   * threads and processes of one boot share; 0 where the runtime does not tell.
   */
  readonly originNs: Nanoseconds
  /** Wall-clock time of tick 0. */
  readonly originEpochMs: EpochMilliseconds
}

/** Nanoseconds in the unit of `performance.now()`. */
const NS_PER_MS = 1e6

/**
 * The clock that runs everywhere: `performance.now()`, whose ticks are milliseconds with a
 * fraction. The function is captured when this module loads, so that fake timers which replace
 * it later stop the program's time and not the trace's.
 */
export function portableClock(): Clock {
  return {
    id: 'portable',
    now: capturedNow,
    nsPerTick: NS_PER_MS,
    originNs: 0,
    originEpochMs: performance.timeOrigin,
  }
}

const capturedNow: () => Ticks = performance.now.bind(performance)
