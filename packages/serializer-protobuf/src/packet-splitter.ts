import { PACKET_TAG } from './pages.js'

/** Gets the bytes of each packet, valid during the call; true asks to wait for `resume` before the next. */
export type TakePacket = (bytes: Uint8Array, start: number, end: number) => boolean

/** Longer than any packet of a known producer; a length beyond it is taken for a lie. */
const MAX_PACKET_BYTES = 2 ** 29

/** A tag and a length. */
const MAX_HEAD_BYTES = 20

const INITIAL_BYTES = 2 ** 17

/** Cuts a file that arrives in pieces into its packets. */
export class PacketSplitter {
  /** Why the file cannot be read on, and at which byte; undefined while it can. */
  broken: { readonly cause: string; readonly offset: number } | undefined
  packets = 0
  #bytes = new Uint8Array(INITIAL_BYTES)
  #length = 0
  /** Offset in the file of the first byte that is kept. */
  #offset = 0
  readonly #take: TakePacket

  constructor(take: TakePacket) {
    this.#take = take
  }

  /** Bytes of the file that were taken or are waiting. */
  get total(): number {
    return this.#offset + this.#length
  }

  /** Bytes behind the last whole packet. */
  get rest(): number {
    return this.#length
  }

  push(piece: Uint8Array): void {
    if (this.broken !== undefined) {
      this.#length += piece.length
      return
    }
    this.#reserve(piece.length)
    this.#bytes.set(piece, this.#length)
    this.#length += piece.length
    this.resume()
  }

  /** Hands on what is whole. */
  resume(): void {
    if (this.broken !== undefined) return
    const read = this.#split()
    this.#bytes.copyWithin(0, read, this.#length)
    this.#offset += read
    this.#length -= read
  }

  /** Hands on all whole packets, and returns where the next one begins. */
  #split(): number {
    const bytes = this.#bytes
    const length = this.#length
    let at = 0
    while (at < length) {
      const start = at
      if (bytes[at] !== PACKET_TAG) {
        const next = this.#skipField(start)
        if (next === undefined) return start
        at = next
        continue
      }
      let size = 0
      let factor = 1
      at++
      for (;;) {
        if (at >= length) return start
        const byte = bytes[at++]
        size += (byte & 0x7f) * factor
        if (byte < 0x80) break
        factor *= 0x80
        if (at - start > 10) return this.#stop(start, 'the length of a packet has more than ten bytes')
      }
      if (size > MAX_PACKET_BYTES) {
        return this.#stop(start, `a packet would be ${size.toLocaleString('en-US')} bytes long`)
      }
      if (at + size > length) return start
      this.packets++
      const waits = this.#take(bytes, at, at + size)
      at += size
      if (waits) return at
    }
    return at
  }

  /** Passes over what is no packet; undefined when more bytes are needed or it cannot be passed over. */
  #skipField(start: number): number | undefined {
    const bytes = this.#bytes
    const length = this.#length
    let at = start
    const varint = (): number | undefined => {
      let value = 0
      for (let factor = 1; at < length && at - start < MAX_HEAD_BYTES; factor *= 0x80) {
        const byte = bytes[at++]
        value += (byte & 0x7f) * factor
        if (byte < 0x80) return value
      }
      if (at - start >= MAX_HEAD_BYTES) this.#stop(start, 'what stands there is no packet')
      return undefined
    }
    const tag = varint()
    if (tag === undefined) return undefined
    const sizes = new Map([
      [1, 8],
      [5, 4],
    ])
    const wire = tag % 8
    if (wire === 0) return varint() === undefined ? undefined : at
    const size = wire === 2 ? varint() : sizes.get(wire)
    if (tag < 8 || (size === undefined && wire !== 2)) {
      this.#stop(start, 'what stands there is no packet')
      return undefined
    }
    if (size === undefined) return undefined
    if (size > MAX_PACKET_BYTES) {
      this.#stop(start, `a field would be ${size.toLocaleString('en-US')} bytes long`)
      return undefined
    }
    return at + size > length ? undefined : at + size
  }

  #stop(start: number, cause: string): number {
    this.broken = { cause, offset: this.#offset + start }
    return start
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}
