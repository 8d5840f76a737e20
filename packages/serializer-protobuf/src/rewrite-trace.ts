import { fileIds, type Nanoseconds, type Trace, type TrackIndex } from '@tracer/core'
import { MalformedMessage, type Cursor } from './cursor.js'
import { CLOCK, CLOCK_SNAPSHOT, DEFAULTS, EVENT, EVENT_DEFAULTS, EVENT_TYPE, INTERNED } from './fields.js'
import { PACKET, TRACER_FLOW_POINT, TRACER_PACKET, TRACER_SITE, TRACK, WIRE } from './fields.js'
import { headerPackets, sourcePackets } from './header-packets.js'
import { Message } from './message.js'
import { cursorAt, PacketFields, type RareField } from './packet-fields.js'
import { PacketSplitter } from './packet-splitter.js'
import { PACKET_TAG, PAGE_BYTES, Pages } from './pages.js'
import { PlainEvent } from './plain-event.js'
import type { FlowStarts } from './flow-starts.js'
import type { FileNumbers, OpenSlices } from './scan-trace.js'
import { planTracks, type TrackPlan } from './track-plan.js'

/** A file to be written together with others, and where what it holds goes. */
export interface RewriteInput {
  /** Its content, to be read from the start. */
  readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly numbers: FileNumbers
  readonly openSlices: readonly OpenSlices[]
  /** Added to a time it gives that of the combined trace, in whole nanoseconds. */
  readonly shiftNs: Nanoseconds
  /** Sites of the combined trace, by site of the file. */
  readonly sites: Int32Array
  readonly firstThread: number
  readonly firstTrack: number
  /** Flows that begin or end at slices of this file beside its own. */
  readonly flows: FlowStarts
}

/**
 * Writes files of our own as one, in one pass over each: packets keep what they say, and only numbers of sequences,
 * tracks, sites and flows, and the starts of clocks, are exchanged. `trace` has the tables of all and no events.
 * `firstFlows` is added to the numbers of the flows of each input.
 */
export async function* rewriteTraces(
  trace: Trace,
  inputs: readonly RewriteInput[],
  firstFlows: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const pages = new Pages()
  const plan = planTracks(trace)
  for (const message of headerPackets(trace, fileIds(trace, MAX_ID), plan)) {
    pages.appendPacket(message.view())
    yield* pages.takeFull()
  }
  for (const [index, input] of inputs.entries()) {
    const rewriter = new TraceRewriter(pages, plan, input, firstFlows[index])
    const splitter = new PacketSplitter((bytes, start, end) => rewriter.take(bytes, start, end))
    for await (const piece of input.open()) {
      splitter.push(piece)
      yield* pages.takeFull()
    }
    rewriter.finish()
    yield* pages.takeFull()
  }
  for (const message of sourcePackets(trace.sources)) {
    pages.appendPacket(message.view())
    yield* pages.takeFull()
  }
  yield* pages.takeRest()
}

/** Perfetto takes the numbers of processes and threads for signed 32-bit integers. */
const MAX_ID = 2 ** 31 - 1

class TraceRewriter {
  readonly #pages: Pages
  readonly #plan: TrackPlan
  readonly #input: RewriteInput
  readonly #firstFlow: number
  readonly #fields = new PacketFields()
  readonly #plain = new PlainEvent()
  readonly #message = new Message()
  /** Sequences of the output by those of the file; 0 for one that is not known. */
  readonly #sequences: Int32Array
  readonly #uuids = new Map<number, number>()
  #packets = 0

  constructor(pages: Pages, plan: TrackPlan, input: RewriteInput, firstFlow: number) {
    this.#pages = pages
    this.#plan = plan
    this.#input = input
    input.flows.rewind()
    this.#firstFlow = firstFlow
    const { sequences, threads } = input.numbers
    this.#sequences = new Int32Array(Math.max(0, ...sequences.keys()) + 1)
    for (const [sequence, track] of sequences) this.#sequences[sequence] = plan.sequenceOf(track + input.firstTrack)
    for (const [uuid, thread] of threads) this.#uuids.set(uuid, plan.threadUuids[thread + input.firstThread])
  }

  /** Hot. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    this.#packets++
    const plain = this.#plain
    if (plain.read(bytes, start, end)) {
      const sequence = plain.sequence < this.#sequences.length ? this.#sequences[plain.sequence] : 0
      if (sequence > 0) this.#put(bytes, start, end, sequence)
      return false
    }
    try {
      this.#takeAny(bytes, start, end)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
    }
    return false
  }

  /** Ends what a cut has left open, as what was cut off by the end of the recording. */
  finish(): void {
    for (const { sequence, uuid, count } of this.#input.openSlices) {
      const to = this.#sequences[sequence]
      for (let i = 0; i < count; i++) {
        const message = this.#message.clear().uint(PACKET.timestamp, 0).uint(PACKET.sequenceId, to)
        this.#pages.appendPacket(message.uint(TRACER_PACKET.unfinishedEnd, this.#uuidOf(uuid)).view())
      }
    }
  }

  /** Hot: a plain event with another sequence. */
  #put(bytes: Uint8Array, start: number, end: number, sequence: number): void {
    const pages = this.#pages
    if (pages.length + MAX_PLAIN_BYTES > PAGE_BYTES) pages.reserve(MAX_PLAIN_BYTES)
    const out = pages.bytes
    const head = pages.length
    const { sequenceStart, sequenceEnd } = this.#plain
    let at = head + 2
    for (let from = start; from < sequenceStart; from++) out[at++] = bytes[from]
    let rest = sequence
    for (; rest > 0x7f; rest >>>= 7) out[at++] = (rest & 0x7f) | 0x80
    out[at++] = rest
    for (let from = sequenceEnd; from < end; from++) out[at++] = bytes[from]
    out[head] = PACKET_TAG
    out[head + 1] = at - head - 2
    pages.length = at
  }

  #takeAny(bytes: Uint8Array, start: number, end: number): void {
    const fields = this.#fields
    fields.read(bytes, start, end)
    const { rare, sequenceId } = fields
    const announced = rare.find(({ field }) => field === TRACER_PACKET.trackIndex)
    if (announced !== undefined) {
      this.#announce(fields, cursorAt(bytes, announced).value - 1)
      return
    }
    const sequence = sequenceId < this.#sequences.length ? this.#sequences[sequenceId] : 0
    // Tables of the file are in those of all; what belongs to no track is nothing of ours.
    if (sequence === 0 || rare.some(({ field }) => TABLES.has(field))) return
    const message = this.#message.clear()
    if (fields.hasTimestamp) message.uint(PACKET.timestamp, fields.timestamp)
    message.uint(PACKET.sequenceId, sequence)
    if (fields.sequenceFlags !== 0) message.uint(PACKET.sequenceFlags, fields.sequenceFlags)
    for (const field of rare) this.#copyField(message, fields, field)
    if (fields.eventEnd > 0) this.#copyEvent(message, fields)
    this.#pages.appendPacket(message.view())
  }

  /** The description of a track that is not a thread's. */
  #announce({ bytes, rare }: PacketFields, track: TrackIndex): void {
    const descriptor = rare.find(({ field }) => field === PACKET.trackDescriptor)
    if (descriptor === undefined) return
    const message = this.#message.clear().uint(PACKET.timestamp, this.#plan.zero)
    message.message(PACKET.trackDescriptor, () => {
      const cursor = cursorAt(bytes, descriptor).message()
      while (cursor.next()) {
        const isUuid = cursor.field === TRACK.uuid || cursor.field === TRACK.parentUuid
        if (isUuid) message.uint(cursor.field, this.#uuidOf(cursor.value))
        else copyValue(message, cursor)
      }
    })
    message.uint(TRACER_PACKET.trackIndex, track + this.#input.firstTrack + 1)
    this.#pages.appendPacket(message.view())
  }

  #copyField(message: Message, { bytes }: PacketFields, field: RareField): void {
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
        message.uint(TRACER_PACKET.unfinishedEnd, this.#uuidOf(cursor.value))
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
          if (event.field === EVENT_DEFAULTS.trackUuid) message.uint(event.field, this.#uuidOf(event.value))
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

  #copyEvent(message: Message, fields: PacketFields): void {
    fields.readEvent()
    const more = fields.type === EVENT_TYPE.begin ? this.#input.flows.take(this.#packets) : []
    const { bytes, eventStart, eventEnd } = fields
    message.message(PACKET.trackEvent, () => {
      const cursor = cursorAt(bytes, { field: PACKET.trackEvent, wire: WIRE.bytes, start: eventStart, end: eventEnd })
      const event = cursor.message()
      while (event.next()) {
        if (event.field === EVENT.trackUuid) message.uint(event.field, this.#uuidOf(event.value))
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

  /** An activation of a track, from 1, or a flow. */
  #copyFlowId(message: Message, { high, low }: Cursor): void {
    if (high === 0) message.fixed64(EVENT.flowIds, 0, low + this.#firstFlow)
    else message.fixed64(EVENT.flowIds, high + this.#input.firstTrack, low)
  }

  #uuidOf(uuid: number): number {
    const known = this.#uuids.get(uuid)
    if (known !== undefined) return known
    const given = this.#plan.newUuid()
    this.#uuids.set(uuid, given)
    return given
  }
}

/** Of one page at most, and with a length of one byte: a time, a sequence and the numbers of a site. */
const MAX_PLAIN_BYTES = 256

const TABLES: ReadonlySet<number> = new Set([
  TRACER_PACKET.header,
  TRACER_PACKET.process,
  TRACER_PACKET.thread,
  TRACER_PACKET.sites,
  TRACER_PACKET.tracks,
  TRACER_PACKET.unrecorded,
  TRACER_PACKET.source,
])

/** A field as it stands. */
function copyValue(message: Message, { field, wire, bytes, start, at, high, low }: Cursor): void {
  if (wire === WIRE.bytes) message.data(field, bytes.subarray(start, at))
  else if (wire === WIRE.fixed64) message.fixed64(field, high, low)
  else if (wire === WIRE.varint) message.bigUint(field, (BigInt(high) << 32n) | BigInt(low))
  else throw new MalformedMessage('a kind of field that no file of ours has')
}
