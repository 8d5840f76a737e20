import type { TraceBuilder } from '@tracer/core'
import { Clocks, type ClockReading, type ClockState } from './clocks.js'
import { type Cursor, MalformedMessage } from './cursor.js'
import { EventReader } from './event-reader.js'
import { EventSites } from './event-sites.js'
import {
  CLOCK,
  CLOCK_SNAPSHOT,
  DEFAULTS,
  EVENT,
  EVENT_DEFAULTS,
  PACKET,
  PROCESS_TREE,
  SEQUENCE_FLAGS,
  TRACER_PACKET,
  TREE_PROCESS,
  TREE_THREAD,
} from './fields.js'
import { cursorAt, PacketFields, type RareField } from './packet-fields.js'
import { OwnData } from './own-data.js'
import { isData, isPacketField } from './packet-kinds.js'
import type { ReadWarnings } from './read-warnings.js'
import { Sequence } from './sequence.js'
import { ProcessNames, TrackRegistry } from './track-registry.js'
import { UNFINISHED_END } from './event-columns.js'

/** Reads packets, one after the other, into drafts of tracks. */
export class PacketReader {
  /** Bytes of packets that are compressed and have to be read next; undefined as a rule. */
  compressed: Uint8Array | undefined
  /** Packets that look as Perfetto's do. */
  known = 0
  readonly clocks = new Clocks()
  readonly tracks = new TrackRegistry()
  readonly names = new ProcessNames()
  readonly own: OwnData
  readonly #fields = new PacketFields()
  readonly #sequences = new Map<number, Sequence>()
  readonly #events: EventReader
  readonly #warnings: ReadWarnings
  #last = new Sequence(0)

  constructor(builder: TraceBuilder, warnings: ReadWarnings) {
    const sites = new EventSites(builder)
    this.own = new OwnData(builder, sites)
    this.#events = new EventReader(sites, this.tracks, this.names, warnings)
    this.#warnings = warnings
    this.#sequences.set(0, this.#last)
  }

  /** Packets behind the header of a second trace of ours, which are not read. */
  skipped = 0

  /** Takes one packet. Returns whether what it holds has to be unpacked and read before the next. */
  take(bytes: Uint8Array, start: number, end: number): boolean {
    try {
      this.#fields.read(bytes, start, end)
      if (this.#fields.rare.length === 0 || this.#fields.rare.every(isPacketField)) this.known++
      return this.#take(this.#fields)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      this.#warnings.count('malformed')
      return false
    }
  }

  #take(fields: PacketFields): boolean {
    if (this.skipped > 0 || (this.own.metadata !== undefined && fields.rare.some(isHeader))) {
      this.skipped++
      return false
    }
    const sequence = fields.sequenceId === this.#last.id ? this.#last : this.#sequenceOf(fields.sequenceId)
    if ((fields.sequenceFlags & SEQUENCE_FLAGS.incrementalStateCleared) !== 0) sequence.clear()
    if (fields.rare.length > 0 && !this.#takeState(fields, sequence)) return this.compressed !== undefined
    if (!sequence.isValid && needsState(fields, this.#events.isOwn)) {
      this.#warnings.count('noState')
      return false
    }
    if (fields.eventEnd === 0) return false
    fields.readEvent()
    const timeNs = this.#timeOf(fields, sequence)
    if (timeNs !== undefined) this.#events.take(fields, sequence, timeNs)
    return false
  }

  #sequenceOf(id: number): Sequence {
    let sequence = this.#sequences.get(id)
    if (sequence === undefined) this.#sequences.set(id, (sequence = new Sequence(id)))
    return (this.#last = sequence)
  }

  /** What stands in a packet beside an event, in the order in which it counts. False when nothing else counts. */
  #takeState(fields: PacketFields, sequence: Sequence): boolean {
    const { bytes, rare } = fields
    const at = (field: RareField) => cursorAt(bytes, field)
    const isCleared = (fields.sequenceFlags & SEQUENCE_FLAGS.incrementalStateCleared) !== 0
    for (const field of rare) {
      if (field.field === PACKET.incrementalStateCleared) {
        sequence.clear()
      } else if (field.field === PACKET.previousPacketDropped && !isCleared && at(field).value !== 0) {
        sequence.isValid = false
        this.#warnings.count('packetsLost')
      }
    }
    for (const field of rare) if (field.field === PACKET.defaults) this.#takeDefaults(at(field).message(), sequence)
    for (const field of rare) {
      if (field.field === PACKET.internedData && sequence.isValid) sequence.intern(at(field).message())
    }
    for (const field of rare) {
      if (!this.#takeData(field, at(field), fields, sequence)) return false
    }
    return true
  }

  #takeData({ field }: RareField, cursor: Cursor, fields: PacketFields, sequence: Sequence): boolean {
    switch (field) {
      case PACKET.clockSnapshot:
        this.#takeSnapshot(cursor.message(), sequence)
        break
      case PACKET.trackDescriptor: {
        const track = this.tracks.describe(cursor.message(), this.names)
        if (track?.thread !== undefined && sequence.id !== 0) sequence.thread = track.thread
        if (track !== undefined) this.own.takeTrackFields(fields, track)
        break
      }
      case PACKET.threadDescriptor: {
        const thread = this.names.addThread(cursor.message())
        sequence.thread = thread
        sequence.referenceNs = thread.referenceNs
        break
      }
      case PACKET.processDescriptor:
        this.names.addProcess(cursor.message())
        break
      case PACKET.processTree:
        this.#takeTree(cursor.message())
        break
      case PACKET.compressedPackets:
        this.compressed = fields.bytes.slice(cursor.start, cursor.at)
        return false
      case TRACER_PACKET.header:
        this.own.takeHeader(cursor.message(), this.clocks)
        this.#events.isOwn = true
        break
      case TRACER_PACKET.unfinishedEnd:
        if (this.#events.isOwn && fields.eventEnd === 0 && sequence.isValid) {
          this.#endUnfinished(cursor, fields, sequence)
        }
        break
      default:
        if (!this.own.take(field, cursor) && fields.eventEnd === 0 && isData(field)) this.#warnings.countKind(field)
    }
    return true
  }

  #takeDefaults(cursor: Cursor, sequence: Sequence): void {
    sequence.defaultClockId = 0
    sequence.defaultClock = undefined
    sequence.defaultTrack = undefined
    while (cursor.next()) {
      if (cursor.field === DEFAULTS.timestampClockId) {
        sequence.defaultClockId = cursor.value
      } else if (cursor.field === DEFAULTS.trackEvent) {
        const event = cursor.message()
        const [extra, extraDouble]: ReturnType<TrackRegistry['of']>[][] = [[], []]
        while (event.next()) {
          if (event.field === EVENT_DEFAULTS.trackUuid) {
            sequence.defaultTrack = this.tracks.ofUuid(event.high, event.low)
          } else if (event.field === EVENT_DEFAULTS.extraCounterTracks) {
            for (const each of event.numbers()) extra.push(this.tracks.ofUuid(each.high, each.low))
          } else if (event.field === EVENT_DEFAULTS.extraDoubleCounterTracks) {
            for (const each of event.numbers()) extraDouble.push(this.tracks.ofUuid(each.high, each.low))
          }
        }
        sequence.extraCounters = extra
        sequence.extraDoubleCounters = extraDouble
      }
    }
  }

  #takeSnapshot(cursor: Cursor, sequence: Sequence): void {
    const readings: ClockReading[] = []
    let primary = 0
    while (cursor.next()) {
      if (cursor.field === CLOCK_SNAPSHOT.primaryTraceClock) primary = cursor.value
      else if (cursor.field === CLOCK_SNAPSHOT.clocks) readings.push(readReading(cursor.message()))
    }
    this.clocks.addSnapshot(sequence.id, readings, primary)
  }

  #takeTree(cursor: Cursor): void {
    while (cursor.next()) {
      if (cursor.field === PROCESS_TREE.processes) {
        const process = cursor.message()
        let pid = 0
        const commandLine: string[] = []
        while (process.next()) {
          if (process.field === TREE_PROCESS.pid) pid = process.signed()
          else if (process.field === TREE_PROCESS.commandLine) commandLine.push(process.text())
        }
        this.names.nameProcess(pid, '', commandLine)
      } else if (cursor.field === PROCESS_TREE.threads) {
        const thread = cursor.message()
        let [pid, tid, name] = [0, 0, '']
        while (thread.next()) {
          if (thread.field === TREE_THREAD.tgid) pid = thread.signed()
          else if (thread.field === TREE_THREAD.tid) tid = thread.signed()
          else if (thread.field === TREE_THREAD.name) name = thread.text()
        }
        this.names.nameThread(pid, tid, name)
      }
    }
  }

  #endUnfinished(cursor: Cursor, fields: PacketFields, sequence: Sequence): void {
    const timeNs = this.#timeOf(fields, sequence)
    if (timeNs !== undefined) this.tracks.ofUuid(cursor.high, cursor.low).events.add(timeNs, UNFINISHED_END)
  }

  /** Hot: the time of a packet's event relative to the base; undefined when it has none. */
  #timeOf(fields: PacketFields, sequence: Sequence): number | undefined {
    if (fields.rareOfEvent.length > 0) {
      const timeNs = this.#oldTimeOf(fields, sequence)
      if (timeNs !== undefined) return timeNs
    }
    if (!fields.hasTimestamp) {
      this.#warnings.count('noTime')
      return undefined
    }
    const clock = this.#clockOf(fields, sequence)
    if (clock.offset === undefined) {
      this.#warnings.count('unknownClock')
      return undefined
    }
    if (this.clocks.base === undefined) {
      const value = (BigInt(fields.timestampHigh) << 32n) | BigInt(fields.timestampLow)
      this.clocks.setBase(value * BigInt(clock.unitNs) + clock.offset)
    }
    return clock.timeOf(fields.timestamp, fields.timestampHigh, fields.timestampLow)
  }

  #clockOf(fields: PacketFields, sequence: Sequence): ClockState {
    if (fields.clockId !== 0) return this.clocks.of(fields.clockId, sequence.id)
    if (sequence.defaultClock !== undefined) return sequence.defaultClock
    const id = sequence.defaultClockId
    return (sequence.defaultClock = id === 0 ? this.clocks.default : this.clocks.of(id, sequence.id))
  }

  /** Old producers give microseconds on the monotonic clock, or since the event before. */
  #oldTimeOf({ bytes, rareOfEvent }: PacketFields, sequence: Sequence): number | undefined {
    for (const rare of rareOfEvent) {
      if (rare.field !== EVENT.timestampDeltaUs && rare.field !== EVENT.timestampAbsoluteUs) continue
      const us = cursorAt(bytes, rare).signed()
      if (rare.field === EVENT.timestampAbsoluteUs) return this.#onMonotonic(us * 1000)
      if (sequence.referenceNs === undefined) return undefined
      sequence.referenceNs += us * 1000
      return this.#onMonotonic(sequence.referenceNs)
    }
    return undefined
  }

  #onMonotonic(ns: number): number {
    const clock = this.clocks.of(MONOTONIC, 0)
    // Without a snapshot all clocks are taken for one.
    const offset = clock.offset ?? 0n
    if (this.clocks.base === undefined) this.clocks.setBase(BigInt(ns) + offset)
    return Number(BigInt(ns) + offset - (this.clocks.base ?? 0n))
  }
}

const MONOTONIC = 3

/** Packets say so where they need what their sequence said before; events of ours always do, and do not. */
function needsState({ sequenceFlags, eventEnd }: PacketFields, isOwn: boolean): boolean {
  return (sequenceFlags & SEQUENCE_FLAGS.needsIncrementalState) !== 0 || (isOwn && eventEnd !== 0)
}

function isHeader({ field }: RareField): boolean {
  return field === TRACER_PACKET.header
}

function readReading(cursor: Cursor): ClockReading {
  const reading = { id: 0, value: 0n, isIncremental: false, unitNs: 1 }
  while (cursor.next()) {
    if (cursor.field === CLOCK.id) reading.id = cursor.value
    else if (cursor.field === CLOCK.timestamp) reading.value = cursor.bigUint()
    else if (cursor.field === CLOCK.isIncremental) reading.isIncremental = cursor.value !== 0
    // 0 stands for 1.
    else if (cursor.field === CLOCK.unitMultiplierNs) reading.unitNs = cursor.value || 1
  }
  return reading
}
