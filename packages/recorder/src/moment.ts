import type { Ticks } from '@tracer/core'
import { bitsOf, raiseTime } from './shared-time.js'
import { CURSOR, TICK, TICKS, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put another in its place.
const { compareExchange } = Atomics

/**
 * A point in the life of a thread: records written so far plus ticks seen so far, of which both only
 * grow. Two reads are equal if neither a record nor a tick lies between them. A small integer, which
 * V8 hands around without making an object of it, as it would of a time.
 */
export type Moment = number

/** Moments go round after a thousand million; no call sees that many. */
const MOMENT_MASK = 0x3fffffff

export function momentOf(control: Int32Array): Moment {
  return (control[CURSOR] + control[TICK]) & MOMENT_MASK
}

/** Whether a tick has come since `moment`: as a rule what has is a record. */
export function hasTicked(moment: Moment, { control, tickMoments }: ThreadMemory): boolean {
  const last = control[TICK]
  const now = control[CURSOR] + last
  return ((now - tickMoments[last % TICKS]) & MOMENT_MASK) < ((now - moment) & MOMENT_MASK)
}

/** How far a moment lies back. */
export interface Age {
  /** Number of the last tick; the next one may come at any time. */
  readonly last: number
  /** Ticks since then. */
  readonly ticks: number
  /** Positions written since then. */
  readonly positions: number
}

/** How far `moment` lies back; undefined when no tick has come since. */
export function ageOf(moment: Moment, { control, tickMoments }: ThreadMemory): Age | undefined {
  const last = control[TICK]
  const now = (control[CURSOR] + last) & MOMENT_MASK
  const distance = (now - moment) & MOMENT_MASK
  const isBefore = (tick: number): boolean => ((now - tickMoments[tick % TICKS]) & MOMENT_MASK) >= distance
  if (last === 0 || isBefore(last)) return undefined
  let before = last < TICKS ? 0 : last - TICKS + 1
  let after = last
  while (after - before > 1) {
    const middle = (before + after) >>> 1
    if (isBefore(middle)) before = middle
    else after = middle
  }
  const ticks = last - before
  return { last, ticks, positions: distance - ticks }
}

/** Says that it is `time` now: the recorder's word, or that of a thread that starts recording. */
export function tell({ control, tickTimes, tickMoments, tick }: ThreadMemory, time: Ticks): void {
  const next = control[TICK] + 1
  const before = tickTimes[(next - 1) % TICKS]
  tickTimes[next % TICKS] = time < before ? before : time
  tickMoments[next % TICKS] = (control[CURSOR] + next) & MOMENT_MASK
  raiseTime(bitsOf(tick), time)
  // Unless the other one has just said so.
  compareExchange(control, TICK, next - 1, next)
}
