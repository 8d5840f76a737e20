import type { Nanoseconds } from '@tracer/core'
import type { DurationHistogram } from './duration-histogram.js'
import { GrowingColumn } from './growing-column.js'
import { PairIndex } from './pair-index.js'

/** Bits of a number's fraction that tell buckets apart: 32 of them for each doubling. */
const FRACTION_BITS = 5
/** A number of 64 bits has 20 bits of its fraction in the upper half, above them the exponent. */
const SHIFT = 20 - FRACTION_BITS
const BUCKETS = 1 << (32 - SHIFT)

/** One number as its bits: its upper half, without the sign, grows with it. */
const number = new Float64Array(1)
const halves = new Uint32Array(number.buffer)
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0

/** Counts durations by site and length, in buckets that grow with the length; nothing is kept of those without a call. */
export class DurationSketch {
  /** Pairs of site and bucket. */
  readonly #buckets = new PairIndex()
  readonly #calls = new GrowingColumn(Float64Array)

  add(site: number, durationNs: Nanoseconds): void {
    const bucket = this.#buckets.numberOf(site, bucketOf(durationNs))
    if (bucket === this.#calls.length) this.#calls.push(0)
    this.#calls.values[bucket]++
  }

  /** The histograms by site, up to `siteCount`. */
  histograms(siteCount: number): DurationHistogram[] {
    const { first: site, second: bucket, length } = this.#buckets
    const keys = Float64Array.from({ length }, (_, i) => site.values[i] * BUCKETS + bucket.values[i]).sort()
    const bars = { fromNs: new Float64Array(length), toNs: new Float64Array(length), calls: new Float64Array(length) }
    const begin = new Int32Array(siteCount + 1)
    keys.forEach((key, bar) => {
      const [ofSite, at] = [Math.floor(key / BUCKETS), key % BUCKETS]
      bars.fromNs[bar] = lowerEnd(at)
      bars.toNs[bar] = lowerEnd(at + 1)
      bars.calls[bar] = this.#calls.values[this.#buckets.numberOf(ofSite, at)]
      begin[ofSite + 1] = bar + 1
    })
    return Array.from({ length: siteCount }, (_, index) => {
      begin[index + 1] = Math.max(begin[index], begin[index + 1])
      const [from, to] = [begin[index], begin[index + 1]]
      return {
        length: to - from,
        fromNs: bars.fromNs.subarray(from, to),
        toNs: bars.toNs.subarray(from, to),
        calls: bars.calls.subarray(from, to),
      }
    })
  }
}

/** Durations of nothing, and of less, which is what a correction can leave, are in the first one. */
function bucketOf(durationNs: Nanoseconds): number {
  if (!(durationNs > 0)) return 0
  number[0] = durationNs
  return halves[UPPER] >>> SHIFT
}

function lowerEnd(bucket: number): Nanoseconds {
  halves[UPPER] = bucket << SHIFT
  halves[1 - UPPER] = 0
  return number[0]
}
