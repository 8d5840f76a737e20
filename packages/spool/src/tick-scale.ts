import type { Nanoseconds, Ticks } from '@tracer/core'
import type { ClockPair } from './reports.js'

/** How a clock's ticks become times where no pair says better. */
export interface NominalClock {
  readonly nsPerTick: Nanoseconds
  /** Tick 0 on the machine's monotonic axis. */
  readonly originNs: Nanoseconds
}

/**
 * Turns ticks of one thread into whole nanoseconds on the machine's monotonic axis: straight lines
 * from pair to pair, so that two clocks that drift apart agree at each of them.
 *
 * ```
 * ns |                4    before the first pair and after the last: the slope of the line next to it
 *    |              /
 *    |      2 --- 3       from 2 to 3 the machine slept: the counter went on, monotonic time did not
 *    |    /
 *    |  1
 *    +------------------ ticks
 * ```
 *
 * Never decreasing, and exact at the pairs. These come in the order of their ticks; a time that goes
 * back, which no monotonic clock gives, counts as the one before.
 */
export class TickScale {
  readonly #ticks: Float64Array
  readonly #ns: Float64Array
  /** Of the line from pair `i` to the next one; the last one has that of the line before it. */
  readonly #slope: Float64Array
  /** Records come in the order of their ends, and few are longer than a line: most are on that of the one before. */
  #last = 0

  constructor(nominal: NominalClock, pairs: readonly ClockPair[]) {
    const points = increasing(pairs)
    if (points.length === 0) points.push({ ticks: 0, monotonicNs: nominal.originNs })
    this.#ticks = Float64Array.from(points, ({ ticks }) => ticks)
    this.#ns = Float64Array.from(points, ({ monotonicNs }) => monotonicNs)
    this.#slope = slopes(this.#ticks, this.#ns, nominal.nsPerTick)
  }

  /** Hot: the moment of a reading. */
  toNs(ticks: Ticks): Nanoseconds {
    const line = this.#lineOf(ticks)
    return Math.round(this.#ns[line] + (ticks - this.#ticks[line]) * this.#slope[line])
  }

  /** Slopes of all lines, from which a length of ticks without a place in time is worked out. */
  get slopes(): readonly Nanoseconds[] {
    return [...this.#slope.subarray(0, Math.max(1, this.#slope.length - 1))]
  }

  /** The last pair at or before `ticks`, the first one when there is none. */
  #lineOf(ticks: Ticks): number {
    const all = this.#ticks
    const last = this.#last
    if (all[last] <= ticks && (last + 1 === all.length || ticks < all[last + 1])) return last
    let low = 0
    let high = all.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (all[middle] <= ticks) low = middle
      else high = middle
    }
    this.#last = low
    return low
  }
}

/** Ticks that repeat are one pair, the later of the two: a line needs two places. */
function increasing(pairs: readonly ClockPair[]): ClockPair[] {
  const points: ClockPair[] = []
  let ns = -Infinity
  for (const { ticks, monotonicNs } of pairs) {
    // Whole ones: the last bits of a product then cannot lead beyond the end of its line.
    ns = Math.max(ns, Math.round(monotonicNs))
    if (points.at(-1)?.ticks === ticks) points.pop()
    points.push({ ticks, monotonicNs: ns })
  }
  return points
}

function slopes(ticks: Float64Array, ns: Float64Array, nsPerTick: Nanoseconds): Float64Array {
  const slope = new Float64Array(ticks.length).fill(nsPerTick)
  for (let i = 0; i + 1 < ticks.length; i++) slope[i] = (ns[i + 1] - ns[i]) / (ticks[i + 1] - ticks[i])
  if (ticks.length > 1) slope[ticks.length - 1] = slope[ticks.length - 2]
  return slope
}
