import type { Clock, Nanoseconds, Ticks } from '@tracer/core'
import { monotonicClock } from '@tracer/core/node'
import { openNativeClock } from '@tracer/clock-native/from-file'
import type { ClockName } from './clock-names.js'
import type { ThreadMemory } from './thread-memory.js'
import { tickClock, type SteppingClock } from './tick-clock.js'

/** A clock whose ticks drift against the monotonic axis: pairs of both, taken now and then, correct that. */
export interface DriftingClock extends Clock {
  readonly samplePair: () => { readonly ticks: Ticks; readonly monotonicNs: Nanoseconds }
}

/**
 * The clock of a thread. The native one is a file, and gives way to the portable one where it
 * cannot be had: whoever asked for it by name has been told before.
 */
export function chooseClock(
  name: ClockName,
  nativeAddon: string | undefined,
  memory: ThreadMemory,
): Clock | DriftingClock | SteppingClock {
  if (name === 'tick') return tickClock(memory, monotonicClock())
  return (name === 'portable' ? undefined : nativeClock(nativeAddon)) ?? monotonicClock()
}

/** Undefined where it cannot be had. */
export function nativeClock(addon: string | undefined): DriftingClock | undefined {
  return addon === undefined ? undefined : openNativeClock({ addon }).clock
}

export function isDrifting(clock: Clock | DriftingClock): clock is DriftingClock {
  return 'samplePair' in clock
}
