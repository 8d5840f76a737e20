import type { Clock } from '../../src/index.js'

/** A clock that stands still until a test moves it; one tick is one nanosecond. */
export class ManualClock implements Clock {
  readonly id = 'manual'
  readonly nsPerTick = 1
  readonly originNs = 0
  readonly originEpochMs = 0
  time = 0

  readonly now = (): number => this.time
}
