import { MAX_MICROSECONDS_BYTES, writeMicroseconds } from './decimal.js'
import { EXACT_NS, microsecondsText } from './microseconds.js'
import type { Nanoseconds } from '@tracer/core'

/** Large enough that handing a page over costs nothing per event, small enough for any sink. */
export const PAGE_BYTES = 65_536

const encoder = new TextEncoder()

/**
 * Bytes of a file on their way out: one page is written to, full ones wait to be taken. A page
 * that was taken is never touched again.
 *
 * Hot loops write to `bytes` themselves, up to its end, and say in `length` how far they came.
 */
export class Pages {
  bytes = new Uint8Array(PAGE_BYTES)
  /** Bytes of the current page that are written. */
  length = 0
  #full: Uint8Array[] = []

  /** Makes sure that `size` bytes (at most a page) can be written to `bytes`. */
  reserve(size: number): void {
    if (this.length + size > PAGE_BYTES) this.#turn()
  }

  /** Appends bytes of any number, over as many pages as it takes. */
  append(source: Uint8Array): void {
    let from = 0
    while (source.length - from > PAGE_BYTES - this.length) {
      const until = from + PAGE_BYTES - this.length
      this.bytes.set(source.subarray(from, until), this.length)
      this.length = PAGE_BYTES
      this.#turn()
      from = until
    }
    this.bytes.set(from === 0 ? source : source.subarray(from), this.length)
    this.length += source.length - from
  }

  appendText(text: string): void {
    // A UTF-16 unit becomes three bytes at most.
    if (text.length * 3 > PAGE_BYTES - this.length) this.append(encoder.encode(text))
    else this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** Appends a moment of the grid in microseconds. */
  appendTime(ns: Nanoseconds): void {
    if (ns >= 0 && ns < EXACT_NS) {
      this.reserve(MAX_MICROSECONDS_BYTES)
      this.length = writeMicroseconds(this.bytes, this.length, ns)
    } else {
      this.appendText(microsecondsText(ns))
    }
  }

  /** The pages that became full since the last call. */
  takeFull(): Uint8Array[] {
    const full = this.#full
    if (full.length > 0) this.#full = []
    return full
  }

  /** What is left at the end: full pages and the last one. */
  takeRest(): Uint8Array[] {
    if (this.length > 0) this.#turn()
    return this.takeFull()
  }

  #turn(): void {
    this.#full.push(this.length === PAGE_BYTES ? this.bytes : this.bytes.subarray(0, this.length))
    this.bytes = new Uint8Array(PAGE_BYTES)
    this.length = 0
  }
}
