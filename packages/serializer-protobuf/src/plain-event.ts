import { EVENT, EVENT_TYPE, PACKET, WIRE } from './fields.js'

/**
 * The beginning or the end of a slice that says nothing but its time, its sequence and its site: most packets of our
 * own files. Reused from packet to packet.
 */
export class PlainEvent {
  delta = 0
  sequence = 0
  type = 0
  /** Where the number of the sequence stands. */
  sequenceStart = 0
  sequenceEnd = 0

  /** Hot: whether a packet is one. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] !== TIMESTAMP_TAG) return false
    let at = start + 1
    let value = 0
    let factor = 1
    for (; bytes[at] > 0x7f && factor < 2 ** 42; at++, factor *= 0x80) value += (bytes[at] & 0x7f) * factor
    this.delta = value + bytes[at++] * factor
    if (bytes[at++] !== SEQUENCE_TAG) return false
    this.sequenceStart = at
    value = bytes[at++]
    if (value > 0x7f) {
      value = (value & 0x7f) | (bytes[at] << 7)
      if (bytes[at++] > 0x7f) return false
    }
    this.sequence = value
    this.sequenceEnd = at
    if (bytes[at++] !== EVENT_TAG || bytes[at++] + at !== end || bytes[at++] !== TYPE_TAG) return false
    this.type = bytes[at++]
    if (this.type === EVENT_TYPE.end) return at === end
    if (this.type !== EVENT_TYPE.begin || bytes[at++] !== NAME_TAG) return false
    at = behindNumber(bytes, at)
    if (bytes[at] === LOCATION_TAG && bytes[at + 1] === LOCATION_TAG_END) at = behindNumber(bytes, at + 2)
    if (bytes[at] === CATEGORY_TAG && at < end) at = behindNumber(bytes, at + 1)
    return at === end
  }
}

function behindNumber(bytes: Uint8Array, at: number): number {
  while (bytes[at] > 0x7f) at++
  return at + 1
}

const TIMESTAMP_TAG = PACKET.timestamp * 8
const SEQUENCE_TAG = PACKET.sequenceId * 8
const EVENT_TAG = PACKET.trackEvent * 8 + WIRE.bytes
const TYPE_TAG = EVENT.type * 8
const NAME_TAG = EVENT.nameIid * 8
const CATEGORY_TAG = EVENT.categoryIids * 8
const LOCATION_TAG = ((EVENT.sourceLocationIid * 8) & 0x7f) | 0x80
const LOCATION_TAG_END = (EVENT.sourceLocationIid * 8) >> 7
