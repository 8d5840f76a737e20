import { writeVarint } from './message.js'

/** Large enough that handing a page over costs nothing per event, small enough for any sink. */
export const PAGE_BYTES = 65_536

/** The tag of `Trace.packet`, with which each packet of a file begins. */
export const PACKET_TAG = 0x0a

/**
 * Bytes of a file on their way out: one page is written to, full ones wait to be taken. A page that was taken is
 * never touched again.
 *
 * Hot loops write to `bytes` themselves, up to its end, and say in `length` how far they came.
 */
export class Pages {
  bytes = new Uint8Array(PAGE_BYTES)
  /** Bytes of the current page that are written. */
  length = 0
  #full: Uint8Array[] = []
  #fullBytes = 0

  /** Bytes of the file so far. */
  get total(): number {
    return this.#fullBytes + this.length
  }

  /** Makes sure that `size` bytes (at most a page) can be written to `bytes`. */
  reserve(size: number): void {
    if (this.length + size > PAGE_BYTES) this.#turn()
  }

  /** Appends a packet with its tag and length, over as many pages as it takes. */
  appendPacket(packet: Uint8Array): void {
    this.reserve(MAX_PACKET_HEAD)
    this.bytes[this.length++] = PACKET_TAG
    this.length = writeVarint(this.bytes, this.length, packet.length)
    let from = 0
    while (packet.length - from > PAGE_BYTES - this.length) {
      const until = from + PAGE_BYTES - this.length
      this.bytes.set(packet.subarray(from, until), this.length)
      this.length = PAGE_BYTES
      this.#turn()
      from = until
    }
    this.bytes.set(from === 0 ? packet : packet.subarray(from), this.length)
    this.length += packet.length - from
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
    this.#fullBytes += this.length
    this.bytes = new Uint8Array(PAGE_BYTES)
    this.length = 0
  }
}

const MAX_PACKET_HEAD = 11
