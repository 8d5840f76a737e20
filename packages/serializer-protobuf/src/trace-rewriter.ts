import type { TrackIndex } from '@tracer/core'
import { MalformedMessage } from './cursor.js'
import { PACKET, TRACER_PACKET } from './fields.js'
import { Message } from './message.js'
import { cursorAt, PacketFields } from './packet-fields.js'
import { PACKET_TAG, PAGE_BYTES, type Pages } from './pages.js'
import { PlainEvent } from './plain-event.js'
import { RenumberedFields } from './renumbered-fields.js'
import type { RewriteInput } from './rewrite-input.js'
import type { TrackPlan } from './track-plan.js'

/** Writes the packets of one file into the pages of the combined one. */
export class TraceRewriter {
  readonly #pages: Pages
  readonly #plan: TrackPlan
  readonly #input: RewriteInput
  readonly #renumbered: RenumberedFields
  readonly #fields = new PacketFields()
  readonly #plain = new PlainEvent()
  readonly #message = new Message()
  /** Sequences of the output by those of the file; 0 for one that is not known. */
  readonly #sequences: Int32Array
  #packets = 0

  constructor(pages: Pages, plan: TrackPlan, input: RewriteInput, firstFlow: number) {
    this.#pages = pages
    this.#plan = plan
    this.#input = input
    input.flows.rewind()
    this.#renumbered = new RenumberedFields(plan, input, firstFlow)
    const { sequences } = input.numbers
    this.#sequences = new Int32Array(Math.max(0, ...sequences.keys()) + 1)
    for (const [sequence, track] of sequences) this.#sequences[sequence] = plan.sequenceOf(track + input.firstTrack)
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
        this.#pages.appendPacket(message.uint(TRACER_PACKET.unfinishedEnd, this.#renumbered.uuidOf(uuid)).view())
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
    for (const field of rare) this.#renumbered.copyField(message, fields, field)
    if (fields.eventEnd > 0) this.#renumbered.copyEvent(message, fields, this.#packets)
    this.#pages.appendPacket(message.view())
  }

  /** The description of a track that is not a thread's. */
  #announce({ bytes, rare }: PacketFields, track: TrackIndex): void {
    const descriptor = rare.find(({ field }) => field === PACKET.trackDescriptor)
    if (descriptor === undefined) return
    const message = this.#message.clear().uint(PACKET.timestamp, this.#plan.zero)
    message.message(PACKET.trackDescriptor, () => {
      this.#renumbered.copyDescriptor(message, cursorAt(bytes, descriptor).message())
    })
    message.uint(TRACER_PACKET.trackIndex, track + this.#input.firstTrack + 1)
    this.#pages.appendPacket(message.view())
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
