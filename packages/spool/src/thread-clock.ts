import type { Nanoseconds, Ticks } from '@tracer/core'
import type { ClockPair } from './reports.js'
import { TickScale, type NominalClock } from './tick-scale.js'

/**
 * The clock of one thread, as its file tells it. A counter that was reset (a machine that moved, or
 * woke up) gives the same ticks twice: a pair with fewer ticks than the one before begins a new
 * {@link TickScale}, which holds for the records that follow it in the file.
 */
export class ThreadClock {
  /** Typical length of a tick, for lengths without a place in time. */
  readonly nsPerTick: Nanoseconds
  readonly #scales: readonly TickScale[]
  #scale: TickScale
  #number = 0
  #lastTicks = -Infinity

  /** `pairs` are all of the file; {@link pass} then says how far it was read. */
  constructor(nominal: NominalClock, pairs: readonly ClockPair[]) {
    this.#scales = runsOf(pairs).map((run) => new TickScale(nominal, run))
    this.#scale = this.#scales[0]
    this.nsPerTick = pairs.length < 2 ? nominal.nsPerTick : median(this.#scales.flatMap(({ slopes }) => slopes))
  }

  /** Reading has come to these pairs. */
  pass(pairs: readonly ClockPair[]): void {
    for (const { ticks } of pairs) {
      if (ticks < this.#lastTicks && this.#number + 1 < this.#scales.length) {
        this.#scale = this.#scales[++this.#number]
      }
      this.#lastTicks = ticks
    }
  }

  /** Hot: the moment of a reading. */
  toNs(ticks: Ticks): Nanoseconds {
    return this.#scale.toNs(ticks)
  }

  /** Hot: when a call began that ended at `end`; a start after it was read before the counter was reset. */
  startNs(start: Ticks, end: Ticks): Nanoseconds {
    if (start <= end || this.#number === 0) return this.#scale.toNs(start)
    return this.#scales[this.#number - 1].toNs(start)
  }
}

/** Runs of increasing ticks; one, without pairs, when there are none. */
function runsOf(pairs: readonly ClockPair[]): ClockPair[][] {
  const runs: ClockPair[][] = [[]]
  let lastTicks = -Infinity
  for (const pair of pairs) {
    if (pair.ticks < lastTicks) runs.push([])
    runs[runs.length - 1].push(pair)
    lastTicks = pair.ticks
  }
  return runs
}

/** Unlike the mean, it does not change when the machine sleeps once. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}
