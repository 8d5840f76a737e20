import type { Clock, Nanoseconds, Ticks } from '@tracer/core'
import { monotonicClock } from '@tracer/core/node'

/** The clocks a person can ask for; `auto` is the native one where there is one. */
export const CLOCK_NAMES = ['auto', 'native', 'portable', 'tick'] as const

export type ClockName = (typeof CLOCK_NAMES)[number]

/** A clock whose ticks drift against the monotonic axis: pairs of both, taken now and then, correct that. */
export interface DriftingClock extends Clock {
  readonly samplePair: () => { readonly ticks: Ticks; readonly monotonicNs: Nanoseconds }
}

/** Makes the native clock, or tells in a sentence why there is none. */
export type NativeClockSource = () => DriftingClock | { readonly unavailable: string }

/** The clock that readings are taken from; `tick` reads this one only to set the tick. */
export function chooseClock(name: ClockName, native: NativeClockSource): Clock | DriftingClock {
  if (name === 'auto' || name === 'native') {
    const clock = native()
    if (!('unavailable' in clock)) return clock
  }
  return monotonicClock()
}

export function isDrifting(clock: Clock | DriftingClock): clock is DriftingClock {
  return 'samplePair' in clock
}
