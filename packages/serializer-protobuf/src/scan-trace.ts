import type { Nanoseconds, TrackIndex } from '@tracer/core'
import { readMonotonic } from './clock-packets.js'
import { MalformedMessage, type Cursor } from './cursor.js'
import { DEFAULTS, EVENT_DEFAULTS, EVENT_TYPE, HEADER_VERSION, PACKET, SEQUENCE_FLAGS } from './fields.js'
import { TRACER_FLOW_POINT, TRACER_PACKET, TRACK } from './fields.js'
import { readHeader, readThread, type OwnMetadata } from './own-header.js'
import { readRows } from './own-tables.js'
import { cursorAt, PacketFields } from './packet-fields.js'
import { PacketSplitter } from './packet-splitter.js'
import { PlainEvent } from './plain-event.js'
import { formatCount } from './read-warnings.js'
import { openSlices, ScannedSlices, sequenceState, type SequenceState } from './scanned-slices.js'
import { ScannedTables } from './scanned-tables.js'
import type { ScannedTrace, SpanNotes } from './scanned-trace.js'

/** Reads what {@link ScannedTrace} says; undefined for a file that is not our own, or of a later version. */
export async function scanTrace(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  spans: SpanNotes,
): Promise<ScannedTrace | undefined> {
  const scanner = new TraceScanner(spans)
  const splitter = new PacketSplitter((bytes, start, end) => scanner.take(bytes, start, end))
  for await (const piece of source) {
    splitter.push(piece)
    if (scanner.isForeign) return undefined
  }
  return scanner.finish(whatIsWrong(splitter))
}

function whatIsWrong({ broken, rest, total, packets }: PacketSplitter): string[] {
  if (broken !== undefined) {
    return [`The file cannot be read from byte ${formatCount(broken.offset)} on, because ${broken.cause}.`]
  }
  if (rest === 0) return []
  return [
    `The file was cut short ${formatCount(rest)} bytes into a packet, at byte ${formatCount(total)}; ` +
      `packets before that, which were read: ${formatCount(packets)}.`,
  ]
}

class TraceScanner {
  isForeign = false
  readonly #fields = new PacketFields()
  readonly #plain = new PlainEvent()
  readonly #states: SequenceState[] = []
  #metadata: OwnMetadata | undefined
  readonly #tables = new ScannedTables()
  readonly #uuids = new Map<number, TrackIndex>()
  readonly #threadUuids = new Map<number, number>()
  readonly #sequences = new Map<number, TrackIndex>()
  readonly #markers = new Map<string, Nanoseconds>()
  readonly #slices: ScannedSlices
  #firstNs = Infinity
  #flows = 0
  #packets = 0
  #malformed = 0

  constructor(spans: SpanNotes) {
    this.#slices = new ScannedSlices(spans)
  }

  /** Hot. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    this.#packets++
    if (this.isForeign) return false
    const plain = this.#plain
    if (plain.read(bytes, start, end)) {
      const state = this.#states[plain.sequence] as SequenceState | undefined
      if (state === undefined) return false
      state.timeNs += plain.delta
      if (state.timeNs < this.#firstNs) this.#firstNs = state.timeNs
      if (plain.type === EVENT_TYPE.begin) state.depth++
      else this.#slices.endOwn(state, state.timeNs)
      return false
    }
    try {
      this.#takeAny(bytes, start, end)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      this.#malformed++
    }
    return false
  }

  finish(warnings: readonly string[]): ScannedTrace | undefined {
    const metadata = this.#metadata
    if (metadata === undefined) return undefined
    const isCut = warnings.length > 0
    const malformed = this.#malformed === 0 ? [] : [`Packets that could not be read: ${formatCount(this.#malformed)}.`]
    return {
      trace: this.#tables.traceOf(metadata),
      firstNs: this.#firstNs,
      markers: this.#markers,
      numbers: {
        zero: metadata.zero,
        sequences: this.#sequences,
        threads: this.#threadUuids,
        flows: this.#flows,
      },
      open: isCut ? this.#states.flatMap(openSlices) : [],
      warnings: [...warnings, ...malformed],
    }
  }

  #takeAny(bytes: Uint8Array, start: number, end: number): void {
    const fields = this.#fields
    fields.read(bytes, start, end)
    const state = this.#stateOf(fields.sequenceId)
    if ((fields.sequenceFlags & SEQUENCE_FLAGS.incrementalStateCleared) !== 0) state.names.clear()
    if (
      fields.sequenceId !== 0 &&
      fields.hasTimestamp &&
      fields.rare.every(({ field }) => field !== PACKET.trackDescriptor)
    ) {
      state.timeNs += fields.timestamp
    }
    for (const rare of fields.rare) this.#takeField(rare.field, cursorAt(bytes, rare), fields, state)
    if (this.#metadata === undefined) this.isForeign = true
    if (fields.eventEnd > 0) this.#takeEvent(fields, state)
  }

  #takeField(field: number, cursor: Cursor, fields: PacketFields, state: SequenceState): void {
    switch (field) {
      case TRACER_PACKET.header:
        // A second trace in one file is not read by others either.
        if (this.#metadata !== undefined) this.isForeign = true
        this.#metadata = readHeader(cursor.message())
        if (this.#metadata.version > HEADER_VERSION) this.isForeign = true
        break
      case PACKET.trackDescriptor:
        this.#takeDescriptor(uuidOf(cursor.message()), fields)
        break
      case PACKET.defaults:
        this.#takeDefaults(cursor.message(), fields.sequenceId, state)
        break
      case PACKET.clockSnapshot:
        if (fields.sequenceId !== 0) state.timeNs = readMonotonic(cursor.message()) - (this.#metadata?.zero ?? 0)
        break
      case PACKET.internedData:
        state.names.intern(cursor.message())
        break
      case TRACER_PACKET.unfinishedEnd:
        if (fields.eventEnd === 0) this.#slices.end(state, cursor.value, undefined)
        break
      case TRACER_PACKET.flowPoint: {
        const point = cursor.message()
        while (point.next()) {
          if (point.field === TRACER_FLOW_POINT.flow) this.#flows = Math.max(this.#flows, point.value)
        }
        break
      }
      default:
        readRows(field, cursor, this.#tables)
    }
  }

  #takeDescriptor(uuid: number, { bytes, rare }: PacketFields): void {
    for (const field of rare) {
      if (field.field === TRACER_PACKET.thread) {
        this.#threadUuids.set(uuid, this.#tables.addThread(readThread(cursorAt(bytes, field).message())))
      } else if (field.field === TRACER_PACKET.trackIndex) {
        this.#uuids.set(uuid, cursorAt(bytes, field).value - 1)
      }
    }
  }

  #takeDefaults(cursor: Cursor, sequence: number, state: SequenceState): void {
    while (cursor.next()) {
      if (cursor.field !== DEFAULTS.trackEvent) continue
      const event = cursor.message()
      while (event.next()) if (event.field === EVENT_DEFAULTS.trackUuid) state.uuid = event.value
    }
    const thread = this.#threadUuids.get(state.uuid)
    const track = thread === undefined ? this.#uuids.get(state.uuid) : this.#tables.trackOf(thread)
    if (track !== undefined && track >= 0) this.#sequences.set(sequence, track)
  }

  #takeEvent(fields: PacketFields, state: SequenceState): void {
    fields.readEvent()
    const { timeNs } = state
    this.#firstNs = Math.min(this.#firstNs, timeNs)
    const uuid = fields.hasTrack ? fields.trackLow : state.uuid
    if (fields.type === EVENT_TYPE.begin) {
      this.#slices.begin(state, uuid)
      const track = this.#sequences.get(fields.sequenceId)
      if (track !== undefined) this.#slices.note(fields, state, uuid, track, this.#packets)
    } else if (fields.type === EVENT_TYPE.end) {
      this.#slices.end(state, uuid, timeNs)
    } else if (fields.type === EVENT_TYPE.instant) {
      const name = state.names.names.get(fields.nameIid)?.name ?? ''
      this.#markers.set(name, Math.min(this.#markers.get(name) ?? Infinity, timeNs))
    }
  }

  #stateOf(sequence: number): SequenceState {
    const known = this.#states[sequence] as SequenceState | undefined
    if (known !== undefined) return known
    if (sequence > MAX_SEQUENCE) throw new MalformedMessage('a sequence that no file of ours has')
    const state = sequenceState(sequence)
    while (this.#states.length < sequence) this.#stateOf(this.#states.length)
    this.#states[sequence] = state
    return state
  }
}

const MAX_SEQUENCE = 2 ** 24

function uuidOf(descriptor: Cursor): number {
  let uuid = 0
  while (descriptor.next()) if (descriptor.field === TRACK.uuid) uuid = descriptor.value
  return uuid
}
