import type { Nanoseconds } from '@tracer/core'
import type { ProbeCosts } from './calibration.js'

/** What the recorder finds out, in shared memory, for all threads of the process. */
export class ProcessFacts {
  readonly shared: Float64Array

  constructor(shared: Float64Array = new Float64Array(new SharedArrayBuffer(CELLS * Float64Array.BYTES_PER_ELEMENT))) {
    this.shared = shared
  }

  /** Undefined before the recorder has measured them. */
  get costs(): ProbeCosts | undefined {
    const [timedNs, insideNs, checkedNs] = this.shared
    return timedNs === 0 ? undefined : { timedNs, insideNs, checkedNs }
  }

  set costs(costs: ProbeCosts) {
    this.shared[1] = costs.insideNs
    this.shared[2] = costs.checkedNs
    this.shared[0] = costs.timedNs
  }

  /** Period of the tick; 0 while there is none. */
  get tickPeriodNs(): Nanoseconds {
    return this.shared[TICK_PERIOD]
  }

  set tickPeriodNs(periodNs: Nanoseconds) {
    this.shared[TICK_PERIOD] = periodNs
  }

  /** The longest time between two ticks. */
  get latestTickNs(): Nanoseconds {
    return this.shared[LATEST_TICK]
  }

  noteTickGap(gapNs: Nanoseconds): void {
    if (gapNs > this.shared[LATEST_TICK]) this.shared[LATEST_TICK] = gapNs
  }
}

const CELLS = 8
const TICK_PERIOD = 3
const LATEST_TICK = 4
