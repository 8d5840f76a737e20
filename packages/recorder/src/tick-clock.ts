import type { Clock, Ticks } from '@tracer/core'
import { CHUNK_SLOTS, CURSOR, type ThreadMemory } from './thread-memory.js'

/** A clock whose readings may equal one another; `step` apart they do not. */
export interface SteppingClock extends Clock {
  readonly step: Ticks
}

/**
 * The clock that reads no clock: the time is what the recorder last set, in nanoseconds. So that
 * calls within one tick keep their order and their nesting, each record is a nanosecond later than
 * the one before: far less than it takes to write one.
 */
export function tickClock(memory: ThreadMemory, origin: Pick<Clock, 'originNs' | 'originEpochMs'>): SteppingClock {
  const { tick, control } = memory
  return {
    id: 'tick',
    now: () => tick[0] + (control[CURSOR] & (CHUNK_SLOTS - 1)),
    step: 1,
    nsPerTick: 1,
    originNs: origin.originNs,
    originEpochMs: origin.originEpochMs,
  }
}
