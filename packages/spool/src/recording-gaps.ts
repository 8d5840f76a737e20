import type { Nanoseconds, Ticks } from '@tracer/core'
import type { RecordingSwitch } from './reports.js'

/** How long one thread did not record, because it was told so. */
export interface ThreadStops {
  readonly count: number
  readonly totalNs: Nanoseconds
}

/** The times at which recording was stopped on one thread: a call that is open when one begins ends there. */
export class RecordingGaps {
  readonly #from: Ticks[] = []
  readonly #to: Ticks[] = []

  constructor(switches: readonly RecordingSwitch[]) {
    for (const { to, atTicks } of switches) {
      if (to === 'stopped') this.#from.push(atTicks)
      else this.#to.push(atTicks)
    }
  }

  get count(): number {
    return this.#from.length
  }

  /** Without the last one if nobody said that it was over. */
  get totalTicks(): Ticks {
    return this.#to.reduce((sum, to, i) => sum + Math.max(0, to - this.#from[i]), 0)
  }

  /** Hot: where a call ends, if it ended at `end` or is still open (NaN). One that began within a gap ends at once. */
  cut(start: Ticks, end: Ticks): Ticks {
    return this.#from.length === 0 ? end : this.#cut(start, end)
  }

  #cut(start: Ticks, end: Ticks): Ticks {
    const from = this.#from[this.#next(start)] ?? Infinity
    return end <= from ? end : from === Infinity ? end : Math.max(start, from)
  }

  /** The first gap that ends after a moment. */
  #next(moment: Ticks): number {
    let low = 0
    let high = this.#to.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#to[middle] > moment) high = middle
      else low = middle + 1
    }
    return low
  }
}
