import { WIRE } from './fields.js'
import { encodeText } from './wire-text.js'

/** A protobuf message while it is written: bytes that grow. For everything but the hot loops. */
export class Message {
  bytes = new Uint8Array(256)
  length = 0
  readonly #double = new DataView(new ArrayBuffer(8))

  clear(): this {
    this.length = 0
    return this
  }

  /** What was written; valid until more is. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  /** A whole number from 0 up to 2^53. */
  uint(field: number, value: number): this {
    this.#tag(field, WIRE.varint)
    this.#varint(value)
    return this
  }

  /** A whole number within 2^52 of 0, zigzag. */
  sint(field: number, value: number): this {
    return this.uint(field, value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** A whole number as Perfetto's `int64`: two's complement. */
  int(field: number, value: number): this {
    return value >= 0 ? this.uint(field, value) : this.bigUint(field, BigInt.asUintN(64, BigInt(value)))
  }

  /** A whole number from 0 up to 2^64. */
  bigUint(field: number, value: bigint): this {
    this.#tag(field, WIRE.varint)
    this.#reserve(10)
    let rest = value
    for (; rest > 0x7fn; rest >>= 7n) this.bytes[this.length++] = Number(rest & 0x7fn) | 0x80
    this.bytes[this.length++] = Number(rest)
    return this
  }

  double(field: number, value: number): this {
    this.#double.setFloat64(0, value, true)
    return this.#fixed(field)
  }

  /** A `fixed64` of two halves. */
  fixed64(field: number, high: number, low: number): this {
    this.#double.setUint32(0, low, true)
    this.#double.setUint32(4, high, true)
    return this.#fixed(field)
  }

  /** Any number, exactly: fields of our own are a varint where that is enough, else a double. */
  number(field: number, value: number): this {
    const fits = Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
    return fits ? this.uint(field, value) : this.double(field, value)
  }

  text(field: number, text: string): this {
    return this.data(field, encodeText(text))
  }

  data(field: number, data: Uint8Array): this {
    this.#tag(field, WIRE.bytes)
    this.#varint(data.length)
    this.#reserve(data.length)
    this.bytes.set(data, this.length)
    this.length += data.length
    return this
  }

  /** A message within this one. */
  message(field: number, write: () => void): this {
    this.#tag(field, WIRE.bytes)
    this.#reserve(1)
    const start = ++this.length
    write()
    const size = this.length - start
    if (size < 0x80) {
      this.bytes[start - 1] = size
      return this
    }
    // One byte was left for the length: a longer one moves what was written.
    const more = varintSize(size) - 1
    this.#reserve(more)
    this.bytes.copyWithin(start + more, start, this.length)
    this.length = start - 1
    this.#varint(size)
    this.length += size
    return this
  }

  #tag(field: number, wire: number): void {
    this.#varint(field * 8 + wire)
  }

  #varint(value: number): void {
    this.#reserve(10)
    this.length = writeVarint(this.bytes, this.length, value)
  }

  #fixed(field: number): this {
    this.#tag(field, WIRE.fixed64)
    this.#reserve(8)
    for (let i = 0; i < 8; i++) this.bytes[this.length++] = this.#double.getUint8(i)
    return this
  }

  #reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size))
    grown.set(this.view())
    this.bytes = grown
  }
}

/** Writes a whole number from 0 up to 2^53 and returns the offset behind it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value
  while (rest >= 0x80) {
    bytes[at++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  bytes[at++] = rest
  return at
}

function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++
  return size
}
