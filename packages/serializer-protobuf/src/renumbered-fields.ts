import { MalformedMessage, type Cursor } from './cursor.js'
import { CLOCK, CLOCK_SNAPSHOT, DEFAULTS, EVENT, EVENT_DEFAULTS, EVENT_TYPE, INTERNED } from './fields.js'
import { PACKET, TRACER_FLOW_POINT, TRACER_PACKET, TRACER_SITE, TRACK, WIRE } from './fields.js'
import type { Message } from './message.js'
import { cursorAt, type PacketFields, type RareField } from './packet-fields.js'
import type { RewriteInput } from './rewrite-input.js'
import type { TrackPlan } from './track-plan.js'

/** Copies fields of the packets of one file, with the numbers of the combined trace for those of the file. */
export class RenumberedFields {
  readonly #plan: TrackPlan
  readonly #input: RewriteInput
  readonly #firstFlow: number
  readonly #uuids = new Map<number, number>()

  constructor(plan: TrackPlan, input: RewriteInput, firstFlow: number) {
    this.#plan = plan
    this.#input = input
    this.#firstFlow = firstFlow
    for (const [uuid, thread] of input.numbers.threads) {
      this.#uuids.set(uuid, plan.threadUuids[thread + input.firstThread])
    }
  }

  /** A field that stands beside the event. */
  copyField(message: Message, { bytes }: PacketFields, field: RareField): void {
    const cursor = cursorAt(bytes, field)
    switch (field.field) {
      case PACKET.defaults:
        message.message(PACKET.defaults, () => {
          this.#copyDefaults(message, cursor.message())
        })
        break
      case PACKET.clockSnapshot:
        message.message(PACKET.clockSnapshot, () => {
          this.#copySnapshot(message, cursor.message())
        })
        break
      case PACKET.internedData:
        message.message(PACKET.internedData, () => {
          this.#copyInterned(message, cursor.message())
        })
        break
      case TRACER_PACKET.unfinishedEnd:
        message.uint(TRACER_PACKET.unfinishedEnd, this.uuidOf(cursor.value))
        break
      case TRACER_PACKET.flowPoint:
        message.message(TRACER_PACKET.flowPoint, () => {
          const point = cursor.message()
          while (point.next()) {
            if (point.field === TRACER_FLOW_POINT.flow) message.uint(point.field, point.value + this.#firstFlow)
            else copyValue(message, point)
          }
        })
        break
      default:
        copyValue(message, cursor)
    }
  }

  #copyDefaults(message: Message, cursor: Cursor): void {
    while (cursor.next()) {
      if (cursor.field !== DEFAULTS.trackEvent) {
        copyValue(message, cursor)
        continue
      }
      const event = cursor.message()
      message.message(DEFAULTS.trackEvent, () => {
        while (event.next()) {
          if (event.field === EVENT_DEFAULTS.trackUuid) message.uint(event.field, this.uuidOf(event.value))
          else copyValue(message, event)
        }
      })
    }
  }

  /** Both clocks of a sequence, its own and the monotonic one, show the time of the file. */
  #copySnapshot(message: Message, cursor: Cursor): void {
    const laterNs = this.#plan.zero + this.#input.shiftNs - this.#input.numbers.zero
    while (cursor.next()) {
      if (cursor.field !== CLOCK_SNAPSHOT.clocks) {
        copyValue(message, cursor)
        continue
      }
      const clock = cursor.message()
      message.message(CLOCK_SNAPSHOT.clocks, () => {
        while (clock.next()) {
          if (clock.field === CLOCK.timestamp) message.uint(clock.field, Math.max(0, clock.value + laterNs))
          else copyValue(message, clock)
        }
      })
    }
  }

  #copyInterned(message: Message, cursor: Cursor): void {
    while (cursor.next()) {
      if (cursor.field !== INTERNED.eventNames) {
        copyValue(message, cursor)
        continue
      }
      const entry = cursor.message()
      message.message(INTERNED.eventNames, () => {
        while (entry.next()) {
          const isSite = entry.field === TRACER_SITE && entry.value - 1 < this.#input.sites.length
          if (isSite) message.uint(TRACER_SITE, this.#input.sites[entry.value - 1] + 1)
          else copyValue(message, entry)
        }
      })
    }
  }

  /** The event of a packet of this number, from 1, with the flows that begin or end there. */
  copyEvent(message: Message, fields: PacketFields, packet: number): void {
    fields.readEvent()
    const more = fields.type === EVENT_TYPE.begin ? this.#input.flows.take(packet) : []
    const { bytes, eventStart, eventEnd } = fields
    message.message(PACKET.trackEvent, () => {
      const cursor = cursorAt(bytes, { field: PACKET.trackEvent, wire: WIRE.bytes, start: eventStart, end: eventEnd })
      const event = cursor.message()
      while (event.next()) {
        if (event.field === EVENT.trackUuid) message.uint(event.field, this.uuidOf(event.value))
        else if (event.field === EVENT.flowIds && event.wire === WIRE.fixed64) this.#copyFlowId(message, event)
        else copyValue(message, event)
      }
      for (const flow of more) message.fixed64(EVENT.flowIds, 0, flow)
    })
    for (const flow of more) {
      message.message(TRACER_PACKET.flowPoint, () => {
        message.uint(TRACER_FLOW_POINT.flow, flow).uint(TRACER_FLOW_POINT.offset, 0)
      })
    }
  }

  /** The fields of a description of a track. */
  copyDescriptor(message: Message, cursor: Cursor): void {
    while (cursor.next()) {
      const isUuid = cursor.field === TRACK.uuid || cursor.field === TRACK.parentUuid
      if (isUuid) message.uint(cursor.field, this.uuidOf(cursor.value))
      else copyValue(message, cursor)
    }
  }

  /** An activation of a track, from 1, or a flow. */
  #copyFlowId(message: Message, { high, low }: Cursor): void {
    if (high === 0) message.fixed64(EVENT.flowIds, 0, low + this.#firstFlow)
    else message.fixed64(EVENT.flowIds, high + this.#input.firstTrack, low)
  }

  /** The uuid of a track in the output. */
  uuidOf(uuid: number): number {
    const known = this.#uuids.get(uuid)
    if (known !== undefined) return known
    const given = this.#plan.newUuid()
    this.#uuids.set(uuid, given)
    return given
  }
}

/** A field as it stands. */
function copyValue(message: Message, { field, wire, bytes, start, at, high, low }: Cursor): void {
  if (wire === WIRE.bytes) message.data(field, bytes.subarray(start, at))
  else if (wire === WIRE.fixed64) message.fixed64(field, high, low)
  else if (wire === WIRE.varint) message.bigUint(field, (BigInt(high) << 32n) | BigInt(low))
  else throw new MalformedMessage('a kind of field that no file of ours has')
}
