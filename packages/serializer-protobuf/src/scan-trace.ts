import type { Nanoseconds, Process, Site, Thread, Trace, TrackIndex } from '@tracer/core'
import { annotationEntry } from './annotations-text.js'
import { MalformedMessage, type Cursor } from './cursor.js'
import { emptyTrack } from './empty-track.js'
import { CLOCK, CLOCK_IDS, CLOCK_SNAPSHOT, DEFAULTS, EVENT, EVENT_DEFAULTS, EVENT_TYPE } from './fields.js'
import { HEADER_VERSION, PACKET, SEQUENCE_FLAGS, TRACER_FLOW_POINT, TRACER_PACKET, TRACK } from './fields.js'
import {
  readHeader,
  readProcess,
  readSites,
  readSource,
  readThread,
  readTracks,
  readUnrecorded,
  type OwnMetadata,
  type OwnTrack,
  type OwnUnrecorded,
} from './own-header.js'
import { cursorAt, PacketFields } from './packet-fields.js'
import { PacketSplitter } from './packet-splitter.js'
import { PlainEvent } from './plain-event.js'
import { formatCount } from './read-warnings.js'
import { Sequence } from './sequence.js'

/** A file of our own without its events: what has to be known before it can be written together with others. */
export interface ScannedTrace {
  /** With the tables of the file; its tracks are empty. */
  readonly trace: Trace
  readonly firstNs: Nanoseconds
  /** When an instant of each name was for the first time. */
  readonly markers: ReadonlyMap<string, Nanoseconds>
  readonly numbers: FileNumbers
  /** Slices that had begun where a file was cut short. */
  readonly open: readonly OpenSlices[]
  /** One sentence for each thing that is wrong with the file. */
  readonly warnings: readonly string[]
}

/** Is told of the slices whose arguments name spans. */
export interface SpanNotes {
  /**
   * One begins, in the packet of this number, from 1. By what this returns its end will be told; a slice of which
   * it returns nothing is forgotten.
   */
  begin(args: string, startNs: Nanoseconds, track: TrackIndex, packet: number): number | undefined
  /** It ends; one that was cut off does not. */
  end(span: number, endNs: Nanoseconds): void
}

/** The numbers that the packets of a file use. */
export interface FileNumbers {
  /** What the monotonic clock of the file shows at time 0 of the trace. */
  readonly zero: number
  /** Tracks of the trace by packet sequence. */
  readonly sequences: ReadonlyMap<number, TrackIndex>
  /** Threads by the uuid of their track. */
  readonly threads: ReadonlyMap<number, number>
  /** The highest number of a flow. */
  readonly flows: number
}

export interface OpenSlices {
  readonly sequence: number
  readonly uuid: number
  readonly count: number
}

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

/** What a sequence was about when its last packet came. */
interface SequenceState {
  readonly names: Sequence
  timeNs: number
  uuid: number
  /** Slices that have begun and not ended, by the uuid of their track. */
  readonly open: Map<number, number>
  depth: number
  /** Spans among the open slices of the thread itself, with the depth they lie at. */
  readonly ownSpans: { readonly depth: number; readonly span: number }[]
}

class TraceScanner {
  isForeign = false
  readonly #fields = new PacketFields()
  readonly #plain = new PlainEvent()
  readonly #states: SequenceState[] = []
  #metadata: OwnMetadata | undefined
  readonly #processes: Process[] = []
  readonly #threads: Thread[] = []
  readonly #sites: Site[] = []
  readonly #tracks: OwnTrack[] = []
  readonly #unrecorded: OwnUnrecorded[] = []
  readonly #sources = new Map<string, string>()
  readonly #uuids = new Map<number, TrackIndex>()
  readonly #threadUuids = new Map<number, number>()
  readonly #sequences = new Map<number, TrackIndex>()
  readonly #markers = new Map<string, Nanoseconds>()
  readonly #spans: SpanNotes
  /** Others, by the uuid of their track. */
  readonly #openSpans = new Map<number, number>()
  #firstNs = Infinity
  #flows = 0
  #packets = 0
  #malformed = 0

  constructor(spans: SpanNotes) {
    this.#spans = spans
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
      else this.#endOwn(state, state.timeNs)
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
      trace: this.#trace(metadata),
      firstNs: this.#firstNs,
      markers: this.#markers,
      numbers: {
        zero: metadata.zero,
        sequences: this.#sequences,
        threads: this.#threadUuids,
        flows: this.#flows,
      },
      open: isCut ? this.#openSlices() : [],
      warnings: [...warnings, ...malformed],
    }
  }

  #openSlices(): OpenSlices[] {
    return this.#states.flatMap(({ uuid, depth, open }, sequence) => [
      ...(depth > 0 ? [{ sequence, uuid, count: depth }] : []),
      ...[...open].filter(([, count]) => count > 0).map(([lane, count]) => ({ sequence, uuid: lane, count })),
    ])
  }

  #trace({ zero: _, version: __, ...metadata }: OwnMetadata): Trace {
    const rows = this.#unrecorded
    const tracks = this.#tracks.map(emptyTrack)
    return {
      metadata,
      sites: this.#sites,
      processes: this.#processes,
      threads: this.#threads,
      tracks,
      flows: {
        length: 0,
        flow: new Int32Array(),
        track: new Int32Array(),
        slice: new Int32Array(),
        timeNs: new Float64Array(),
      },
      unrecorded: {
        length: rows.length,
        thread: Int32Array.from(rows, ({ thread }) => thread),
        site: Int32Array.from(rows, ({ site }) => site),
        calls: Float64Array.from(rows, ({ calls }) => calls),
        estimatedNs: Float64Array.from(rows, ({ estimatedNs }) => estimatedNs),
        laterRuns: Float64Array.from(rows, ({ laterRuns }) => laterRuns),
      },
      sources: this.#sources,
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
      case TRACER_PACKET.process:
        this.#processes.push(readProcess(cursor.message()))
        break
      case TRACER_PACKET.sites:
        for (const site of readSites(cursor.message())) this.#sites.push(site)
        break
      case TRACER_PACKET.tracks:
        for (const track of readTracks(cursor.message())) this.#tracks.push(track)
        break
      case TRACER_PACKET.unrecorded:
        for (const row of readUnrecorded(cursor.message())) this.#unrecorded.push(row)
        break
      case TRACER_PACKET.source: {
        const { file, text } = readSource(cursor.message())
        this.#sources.set(file, text)
        break
      }
      case PACKET.trackDescriptor:
        this.#takeDescriptor(uuidOf(cursor.message()), fields)
        break
      case PACKET.defaults:
        this.#takeDefaults(cursor.message(), fields.sequenceId, state)
        break
      case PACKET.clockSnapshot:
        if (fields.sequenceId !== 0) state.timeNs = monotonicOf(cursor.message()) - (this.#metadata?.zero ?? 0)
        break
      case PACKET.internedData:
        state.names.intern(cursor.message())
        break
      case TRACER_PACKET.unfinishedEnd:
        if (fields.eventEnd === 0) this.#end(state, cursor.value, undefined)
        break
      case TRACER_PACKET.flowPoint: {
        const point = cursor.message()
        while (point.next()) {
          if (point.field === TRACER_FLOW_POINT.flow) this.#flows = Math.max(this.#flows, point.value)
        }
      }
    }
  }

  #takeDescriptor(uuid: number, { bytes, rare }: PacketFields): void {
    for (const field of rare) {
      if (field.field === TRACER_PACKET.thread) {
        this.#threadUuids.set(uuid, this.#threads.push(readThread(cursorAt(bytes, field).message())) - 1)
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
    const track =
      thread === undefined
        ? this.#uuids.get(state.uuid)
        : this.#tracks.findIndex((row) => row.kind === 'thread' && row.thread === thread)
    if (track !== undefined && track >= 0) this.#sequences.set(sequence, track)
  }

  #takeEvent(fields: PacketFields, state: SequenceState): void {
    fields.readEvent()
    const { timeNs } = state
    this.#firstNs = Math.min(this.#firstNs, timeNs)
    const uuid = fields.hasTrack ? fields.trackLow : state.uuid
    if (fields.type === EVENT_TYPE.begin) {
      if (uuid === state.uuid) state.depth++
      else state.open.set(uuid, (state.open.get(uuid) ?? 0) + 1)
      this.#noteSpan(fields, state, uuid)
    } else if (fields.type === EVENT_TYPE.end) {
      this.#end(state, uuid, timeNs)
    } else if (fields.type === EVENT_TYPE.instant) {
      const name = state.names.names.get(fields.nameIid)?.name ?? ''
      this.#markers.set(name, Math.min(this.#markers.get(name) ?? Infinity, timeNs))
    }
  }

  /** `endNs` is undefined when it was cut off. */
  #end(state: SequenceState, uuid: number, endNs: Nanoseconds | undefined): void {
    if (uuid === state.uuid) {
      this.#endOwn(state, endNs)
      return
    }
    state.open.set(uuid, (state.open.get(uuid) ?? 0) - 1)
    const span = this.#openSpans.get(uuid)
    if (span === undefined) return
    if (endNs !== undefined) this.#spans.end(span, endNs)
    this.#openSpans.delete(uuid)
  }

  /** Hot: the innermost slice of a thread itself. */
  #endOwn(state: SequenceState, endNs: Nanoseconds | undefined): void {
    const depth = state.depth--
    const { ownSpans } = state
    if (ownSpans.length === 0 || ownSpans[ownSpans.length - 1].depth !== depth) return
    const own = ownSpans.pop()
    if (own !== undefined && endNs !== undefined) this.#spans.end(own.span, endNs)
  }

  #noteSpan(fields: PacketFields, { names, timeNs, depth, ownSpans, uuid: own }: SequenceState, uuid: number): void {
    const track = this.#sequences.get(fields.sequenceId)
    if (track === undefined) return
    const entries = fields.rareOfEvent
      .filter(({ field }) => field === EVENT.annotations)
      .map((rare) => annotationEntry(cursorAt(fields.bytes, rare).message(), names))
    if (!entries.some((entry) => SPAN_IDS.test(entry))) return
    const span = this.#spans.begin(`{${entries.join(',')}}`, timeNs, track, this.#packets)
    if (span === undefined) return
    if (uuid === own) ownSpans.push({ depth, span })
    else this.#openSpans.set(uuid, span)
  }

  #stateOf(sequence: number): SequenceState {
    const known = this.#states[sequence] as SequenceState | undefined
    if (known !== undefined) return known
    if (sequence > MAX_SEQUENCE) throw new MalformedMessage('a sequence that no file of ours has')
    const state: SequenceState = {
      names: new Sequence(sequence),
      timeNs: 0,
      uuid: 0,
      open: new Map(),
      depth: 0,
      ownSpans: [],
    }
    while (this.#states.length < sequence) this.#stateOf(this.#states.length)
    this.#states[sequence] = state
    return state
  }
}

const SPAN_IDS = /^"(?:spanId|parentId)":/
const MAX_SEQUENCE = 2 ** 24

function uuidOf(descriptor: Cursor): number {
  let uuid = 0
  while (descriptor.next()) if (descriptor.field === TRACK.uuid) uuid = descriptor.value
  return uuid
}

function monotonicOf(snapshot: Cursor): number {
  let monotonic = 0
  while (snapshot.next()) {
    if (snapshot.field !== CLOCK_SNAPSHOT.clocks) continue
    const clock = snapshot.message()
    let [id, value] = [0, 0]
    while (clock.next()) {
      if (clock.field === CLOCK.id) id = clock.value
      else if (clock.field === CLOCK.timestamp) value = clock.value
    }
    if (id === CLOCK_IDS.monotonic) monotonic = value
  }
  return monotonic
}
