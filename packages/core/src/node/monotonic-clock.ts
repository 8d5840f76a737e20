import { portableClock, type Clock } from '../clock.js'
import type { Nanoseconds } from '../units.js'

/**
 * The portable clock, placed on the machine's monotonic axis, so that traces of several threads
 * and processes of one machine lie on one.
 */
export function monotonicClock(): Clock {
  const clock = portableClock()
  return { ...clock, originNs: measureOriginNs(clock) }
}

/** The first try is slow, for nothing is compiled yet; of the rest the tightest is good to some 50 ns. */
const TRIES = 20

/** `process.hrtime` reads CLOCK_MONOTONIC; a reading lies between two of the clock's, so we take their middle. */
function measureOriginNs(clock: Clock): Nanoseconds {
  let tightest = Infinity
  let originNs = 0
  for (let i = 0; i < TRIES; i++) {
    const before = clock.now()
    const monotonicNs = Number(process.hrtime.bigint())
    const after = clock.now()
    if (after - before >= tightest) continue
    tightest = after - before
    originNs = monotonicNs - ((before + after) / 2) * clock.nsPerTick
  }
  return Math.round(originNs)
}
