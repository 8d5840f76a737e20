import { Cursor, MalformedMessage } from './cursor.js'
import { EVENT, PACKET, WIRE } from './fields.js'

/** A field that few events have: where it stands in the packet. */
export interface RareField {
  readonly field: number
  readonly wire: number
  /** Where its value starts: behind the length of one that has a length. */
  readonly start: number
  readonly end: number
}

/** The fields of one packet, read in one pass. Reused from packet to packet, because there are millions. */
export class PacketFields {
  bytes: Uint8Array = new Uint8Array(0)
  hasTimestamp = false
  timestamp = 0
  timestampHigh = 0
  timestampLow = 0
  clockId = 0
  sequenceId = 0
  sequenceFlags = 0
  /** Where the track event starts and ends; both 0 when there is none. */
  eventStart = 0
  eventEnd = 0
  rare: RareField[] = []
  /** Of the event, once `readEvent` was called. */
  type = 0
  nameIid = 0
  categoryIid = 0
  locationIid = 0
  hasTrack = false
  trackHigh = 0
  trackLow = 0
  rareOfEvent: RareField[] = []
  readonly #cursor = new Cursor(this.bytes, 0, 0)

  /** Hot. @throws MalformedMessage */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.hasTimestamp = false
    this.clockId = 0
    this.sequenceId = 0
    this.sequenceFlags = 0
    this.eventStart = 0
    this.eventEnd = 0
    if (this.rare.length > 0) this.rare = []
    const cursor = this.#cursor
    cursor.bytes = bytes
    cursor.end = end
    let at = start
    while (at < end) {
      switch (bytes[at]) {
        case TIMESTAMP_TAG: {
          let value = bytes[++at]
          if (value < 0x80) {
            at++
            this.timestampHigh = 0
            this.timestampLow = value
          } else if (bytes[at + 1] < 0x80) {
            value = (value & 0x7f) | (bytes[at + 1] << 7)
            at += 2
            this.timestampHigh = 0
            this.timestampLow = value
          } else {
            cursor.at = at
            value = cursor.varint()
            at = cursor.at
            this.timestampHigh = cursor.high
            this.timestampLow = cursor.low
          }
          this.timestamp = value
          this.hasTimestamp = true
          break
        }
        case SEQUENCE_TAG: {
          const value = bytes[++at]
          if (value < 0x80) {
            this.sequenceId = value
            at++
          } else {
            cursor.at = at
            this.sequenceId = cursor.varint()
            at = cursor.at
          }
          break
        }
        case FLAGS_TAG:
          cursor.at = at + 1
          this.sequenceFlags = cursor.varint()
          at = cursor.at
          break
        case EVENT_TAG: {
          let length = bytes[++at]
          if (length < 0x80) {
            at++
          } else {
            cursor.at = at
            length = cursor.varint()
            at = cursor.at
          }
          this.eventStart = at
          at += length
          this.eventEnd = at
          break
        }
        default:
          cursor.at = at
          this.#readRare(cursor)
          at = cursor.at
      }
    }
    if (at > end) throw new MalformedMessage('a field that ends after its packet')
  }

  /** Hot: reads the track event. @throws MalformedMessage */
  readEvent(): void {
    this.type = 0
    this.nameIid = 0
    this.categoryIid = 0
    this.locationIid = 0
    this.hasTrack = false
    if (this.rareOfEvent.length > 0) this.rareOfEvent = []
    const { bytes, eventEnd: end } = this
    const cursor = this.#cursor
    cursor.end = end
    let at = this.eventStart
    while (at < end) {
      const tag = bytes[at]
      const isLocation = tag === LOCATION_TAG && bytes[at + 1] === LOCATION_TAG_END
      if (isLocation || tag === NAME_TAG) {
        // Numbers of two bytes are as common as those of one.
        if (isLocation) at++
        let value = bytes[at + 1]
        at += 2
        if (value > 0x7f) {
          const more = bytes[at]
          if (more > 0x7f || at >= end) {
            cursor.at = at - 1
            value = cursor.varint()
            at = cursor.at
          } else {
            value = (value & 0x7f) | (more << 7)
            at++
          }
        }
        if (isLocation) this.locationIid = value
        else this.nameIid = value
      } else if (tag === TYPE_TAG && bytes[at + 1] < 0x80) {
        this.type = bytes[at + 1]
        at += 2
      } else {
        cursor.at = at
        this.#readEventField(cursor)
        at = cursor.at
      }
    }
    if (at > end) throw new MalformedMessage('a field that ends after its event')
  }

  #readRare(cursor: Cursor): void {
    cursor.next()
    if (cursor.field === PACKET.timestampClockId) this.clockId = cursor.value
    else this.rare.push(rareField(cursor))
  }

  #readEventField(cursor: Cursor): void {
    cursor.next()
    switch (cursor.wire === WIRE.varint ? cursor.field : 0) {
      case EVENT.type:
        this.type = cursor.value
        return
      case EVENT.nameIid:
        this.nameIid = cursor.value
        return
      case EVENT.sourceLocationIid:
        this.locationIid = cursor.value
        return
      case EVENT.categoryIids:
        this.categoryIid = cursor.value
        return
      case EVENT.trackUuid:
        this.hasTrack = true
        this.trackHigh = cursor.high
        this.trackLow = cursor.low
        return
    }
    this.rareOfEvent.push(rareField(cursor))
  }
}

function rareField({ field, wire, start, at }: Cursor): RareField {
  return { field, wire, start, end: at }
}

/** A cursor at the value of a rare field, as if `next` had just found it. */
export function cursorAt(bytes: Uint8Array, { field, wire, start, end }: RareField): Cursor {
  const cursor = new Cursor(bytes, start, end)
  cursor.read(field, wire)
  return cursor
}

const TIMESTAMP_TAG = PACKET.timestamp * 8
const SEQUENCE_TAG = PACKET.sequenceId * 8
const FLAGS_TAG = PACKET.sequenceFlags * 8
const EVENT_TAG = PACKET.trackEvent * 8 + WIRE.bytes
const TYPE_TAG = EVENT.type * 8
const NAME_TAG = EVENT.nameIid * 8
/** A number above 15 makes a tag of two bytes. */
const LOCATION_TAG = ((EVENT.sourceLocationIid * 8) & 0x7f) | 0x80
const LOCATION_TAG_END = (EVENT.sourceLocationIid * 8) >> 7
