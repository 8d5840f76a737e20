import { WIRE } from './fields.js'
import { decodeText } from './wire-text.js'

/** Thrown for bytes that are no message: a packet that holds it is left out, and counted. */
export class MalformedMessage extends Error {}

const TWO_28 = 2 ** 28
const TWO_32 = 2 ** 32
const TWO_56 = 2 ** 56

/**
 * Reads the fields of one message after the other. For all but the hot loop: that has a copy of the fast path of
 * `varint` of its own.
 *
 * ```ts
 * while (cursor.next()) if (cursor.field === 1) name = cursor.text()
 * ```
 */
export class Cursor {
  bytes: Uint8Array
  /** Where the next byte is read. */
  at: number
  /** Where the message ends. */
  end: number
  /** Number and wire type of the field that `next` found. */
  field = 0
  wire = 0
  /** Value of a field that is a number; an unsigned one that is 2^53 or more is rounded. */
  value = 0
  /** The same as two halves of 32 bits. */
  high = 0
  low = 0
  /** Where the bytes of a field start; they end where the next field begins. */
  start = 0

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.at = start
    this.end = end
  }

  /** Moves to the next field and reads it; false at the end. @throws MalformedMessage */
  next(): boolean {
    if (this.at >= this.end) return false
    const tag = this.varint()
    const field = Math.floor(tag / 8)
    if (field === 0 || field > MAX_FIELD) throw new MalformedMessage('a field without a number')
    const wire = tag % 8
    if (wire === WIRE.bytes) {
      const length = this.varint()
      this.field = field
      this.wire = wire
      this.start = this.at
      this.at += length
    } else {
      this.read(field, wire)
    }
    if (this.at > this.end) throw new MalformedMessage('a field that ends after its message')
    return true
  }

  /** Reads the value of a field whose tag, and length if it has one, are known and passed. @throws MalformedMessage */
  read(field: number, wire: number): void {
    this.field = field
    this.wire = wire
    this.start = this.at
    if (wire === WIRE.varint) this.value = this.varint()
    else if (wire === WIRE.fixed64) this.#fixed64()
    else if (wire === WIRE.fixed32) this.#fixed32()
    else if (wire === WIRE.bytes) this.at = this.end
    else throw new MalformedMessage('an unknown kind of field')
  }

  /** Any number of the current field: a varint, or a double where our own fields need one. */
  number(): number {
    return this.wire === WIRE.fixed64 ? this.double() : this.value
  }

  double(): number {
    scratch.setUint32(0, this.low, true)
    scratch.setUint32(4, this.high, true)
    return scratch.getFloat64(0, true)
  }

  /** The number of the current field as `int64`. */
  signed(): number {
    return this.high >= 0x8000_0000 ? (this.high - TWO_32) * TWO_32 + this.low : this.value
  }

  /** The number of the current field as `sint64`, zigzag. */
  zigzag(): number {
    return this.value % 2 === 0 ? this.value / 2 : -(this.value + 1) / 2
  }

  bigUint(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low)
  }

  text(): string {
    return this.wire === WIRE.bytes ? decodeText(this.bytes.subarray(this.start, this.at)) : ''
  }

  /** The message in the current field. */
  message(): Cursor {
    if (this.wire !== WIRE.bytes) throw new MalformedMessage('a number where a message belongs')
    return new Cursor(this.bytes, this.start, this.at)
  }

  /** The numbers of a repeated field, packed or not. */
  *numbers(): Generator<Cursor, void, undefined> {
    if (this.wire !== WIRE.bytes) {
      yield this
      return
    }
    const packed = new Cursor(this.bytes, this.start, this.at)
    while (packed.at < packed.end) {
      packed.value = packed.varint()
      yield packed
    }
  }

  /** The `fixed64` and `double` numbers of a repeated field, packed or not. */
  *fixed(): Generator<Cursor, void, undefined> {
    if (this.wire !== WIRE.bytes) {
      yield this
      return
    }
    const packed = new Cursor(this.bytes, this.start, this.at)
    while (packed.at + 8 <= packed.end) {
      packed.#fixed64()
      yield packed
    }
  }

  /** Reads a varint, also into `high` and `low`. */
  varint(): number {
    const { bytes } = this
    let low = 0
    let middle = 0
    let top = 0
    let shift = 0
    for (;;) {
      if (this.at >= this.end) throw new MalformedMessage('a number that ends after its message')
      const byte = bytes[this.at++]
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift < 56) middle |= bits << (shift - 28)
      else top |= bits << (shift - 56)
      if (byte < 0x80) break
      shift += 7
      if (shift > 63) throw new MalformedMessage('a number of more than ten bytes')
    }
    top &= 0xff
    this.low = (low | (middle << 28)) >>> 0
    this.high = ((middle >>> 4) | (top << 24)) >>> 0
    return low + middle * TWO_28 + top * TWO_56
  }

  #fixed64(): void {
    this.low = this.#word()
    this.high = this.#word()
    this.value = this.high * TWO_32 + this.low
  }

  #fixed32(): void {
    this.low = this.#word()
    this.high = 0
    this.value = this.low
  }

  #word(): number {
    const { bytes, at } = this
    this.at += 4
    if (this.at > this.end) throw new MalformedMessage('a number that ends after its message')
    return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0
  }
}

const scratch = new DataView(new ArrayBuffer(8))

/** What protobuf allows. */
const MAX_FIELD = 2 ** 29 - 1
