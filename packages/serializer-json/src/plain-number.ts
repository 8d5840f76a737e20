import type { Nanoseconds } from '@tracer/core'
import { EXACT_NS, endFromMicroseconds, fromMicroseconds } from './microseconds.js'

const ZERO = 0x30
const POINT = 0x2e
/** Both cases of the letter before an exponent. */
const EXPONENT = 0x65
const LOWER_CASE = 0x20

/** More digits than this do not change the nearest nanosecond, but for those cases that are counted again. */
const MOST_DECIMALS = 12
const MOST_DIGITS = 13

/** What the digit at each decimal is worth. */
const WORTH = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => 10 ** -decimals)

/** A number without sign and exponent, read from bytes: most of the numbers in a trace, none of them unusual. */
export class PlainNumber {
  #bytes: Uint8Array = new Uint8Array(0)
  #start = 0
  #end = 0
  whole = 0
  decimals = 0
  #fraction = 0

  /** Hot: reads the number at `at`; returns the offset behind it, or -1 when it is unusual. */
  read(bytes: Uint8Array, at: number): number {
    const start = at
    let byte = bytes[at]
    if (byte < ZERO || byte > ZERO + 9) return -1
    let whole = byte - ZERO
    byte = bytes[++at]
    while (byte >= ZERO && byte <= ZERO + 9) {
      whole = whole * 10 + (byte - ZERO)
      byte = bytes[++at]
    }
    if (at - start > MOST_DIGITS || (bytes[start] === ZERO && at - start > 1)) return -1
    let fraction = 0
    let decimals = 0
    if (byte === POINT) {
      byte = bytes[++at]
      while (byte >= ZERO && byte <= ZERO + 9) {
        if (decimals < MOST_DECIMALS) {
          fraction = fraction * 10 + (byte - ZERO)
          decimals++
        }
        byte = bytes[++at]
      }
      if (decimals === 0) return -1
    }
    if ((byte | LOWER_CASE) === EXPONENT) return -1
    this.#bytes = bytes
    this.#start = start
    this.#end = at
    this.whole = whole
    this.decimals = decimals
    this.#fraction = fraction
    return at
  }

  /** Hot: the number as microseconds in nanoseconds, exact up to three decimals. */
  get ns(): number {
    return this.whole * 1000 + this.#fraction * 1000 * WORTH[this.decimals]
  }

  /** Hot: as {@link fromMicroseconds} has it. */
  get timeNs(): Nanoseconds {
    const { ns } = this
    return this.decimals <= 3 && ns < EXACT_NS ? Math.round(ns) : fromMicroseconds(this.#double)
  }

  /** Hot: the end of a slice that lasts as long as `duration`, as {@link endFromMicroseconds} has it. */
  endAfter(duration: PlainNumber): Nanoseconds {
    const ns = this.ns + duration.ns
    const end = Math.round(ns)
    if (Math.abs(ns - end) + ns * STEP < NEARLY_HALF) return end
    if (this.decimals <= 3 && duration.decimals <= 3 && ns < EXACT_NS / 2) return end
    // The end lies about halfway between two nanoseconds: each bit counts.
    return endFromMicroseconds(this.#double, duration.#double)
  }

  get #double(): number {
    return Number(String.fromCharCode.apply(null, Array.from(this.#bytes.subarray(this.#start, this.#end))))
  }
}

/** More than what four roundings add up to, as a part of the number. */
const STEP = 2 ** -50

/** Half a nanosecond, less what the digits are worth that were not read. */
const NEARLY_HALF = 0.5 - 1e-6
