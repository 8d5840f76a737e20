import type { SiteIndex, SiteKind } from '@tracer/core'
import { annotationEntry } from './annotations-text.js'
import { END, UNFINISHED_END, type FlowMark } from './event-columns.js'
import type { EventSites } from './event-sites.js'
import { EVENT, EVENT_TYPE, TRACER_FLOW_POINT, TRACER_PACKET } from './fields.js'
import { readLegacyEvent, type LegacyEvent } from './legacy-event.js'
import { LegacyEvents } from './legacy-events.js'
import { cursorAt, type PacketFields, type RareField } from './packet-fields.js'
import type { ReadWarnings } from './read-warnings.js'
import { InternedName, readLocation, type InternedLocation, type Sequence } from './sequence.js'
import type { TrackDraft } from './track-draft.js'
import type { ProcessNames, TrackRegistry } from './track-registry.js'

/** What an event says of itself beyond the fields that most have. */
export interface EventDetails {
  name: InternedName | undefined
  location: InternedLocation | undefined
  category: string
  args: string | undefined
  flows: FlowMark[]
  legacy: LegacyEvent | undefined
}

/** Puts track events into the columns of their tracks. */
export class EventReader {
  /** Whether the file is ours, so that its fields of our own count. */
  isOwn = false
  readonly #sites: EventSites
  readonly #tracks: TrackRegistry
  readonly #warnings: ReadWarnings
  readonly #legacy: LegacyEvents
  #arrivals = 0

  constructor(sites: EventSites, tracks: TrackRegistry, names: ProcessNames, warnings: ReadWarnings) {
    this.#sites = sites
    this.#tracks = tracks
    this.#warnings = warnings
    this.#legacy = new LegacyEvents(sites, tracks, names, warnings)
  }

  /** Hot: takes the event of a packet whose fields were read. */
  take(fields: PacketFields, sequence: Sequence, timeNs: number): void {
    const { type } = fields
    const track = fields.hasTrack ? this.#tracks.ofUuid(fields.trackHigh, fields.trackLow) : sequence.defaultTrack
    if (track !== undefined && fields.rareOfEvent.length === 0 && fields.rare.length === 0) {
      if (type === EVENT_TYPE.end) {
        track.events.add(timeNs, END)
        return
      }
      if (type === EVENT_TYPE.begin && track.ownIndex === undefined) {
        const name = sequence.names.get(fields.nameIid)
        if (name !== undefined) {
          track.events.add(timeNs, this.#sites.ofSlice(name, fields.locationIid, track.isAsync, sequence))
          return
        }
      }
    }
    this.#takeAny(fields, sequence, timeNs, track)
  }

  #takeAny(fields: PacketFields, sequence: Sequence, timeNs: number, track: TrackDraft | undefined): void {
    const details = this.#details(fields, sequence)
    const { legacy } = details
    if (legacy !== undefined && legacy.phase !== 0) {
      const name = sequence.names.get(fields.nameIid === 0 ? legacy.nameIid : fields.nameIid) ?? details.name ?? NO_NAME
      const category = sequence.categories.get(fields.categoryIid) ?? details.category
      const location = details.location ?? sequence.locations.get(fields.locationIid)
      this.#legacy.take({ legacy, name, category, location, args: details.args, timeNs }, sequence, track)
      return
    }
    const place = track ?? this.#defaultTrack(sequence)
    this.#takeExtraCounters(fields, sequence, timeNs)
    switch (fields.type) {
      case EVENT_TYPE.begin: {
        const kind: SiteKind = place.isAsync ? 'async-span' : 'function'
        this.#begin(place, fields, this.#siteOf(details, sequence, fields, kind), details, timeNs)
        return
      }
      case EVENT_TYPE.end: {
        const isUnfinished = fields.rare.some(({ field }) => field === TRACER_PACKET.unfinishedEnd)
        const position = place.events.add(timeNs, this.isOwn && isUnfinished ? UNFINISHED_END : END)
        this.#addDetails(place, position, details)
        return
      }
      case EVENT_TYPE.instant: {
        const site = this.#siteOf(details, sequence, fields, 'instant')
        place.instants.push({ site, timeNs, args: details.args })
        return
      }
      case EVENT_TYPE.counter:
        this.#takeCounter(place, fields, sequence, timeNs)
        return
      default:
        this.#warnings.count(fields.type === STATE_TYPE ? 'states' : 'unknownType')
    }
  }

  #begin(track: TrackDraft, fields: PacketFields, site: SiteIndex, details: EventDetails, timeNs: number): void {
    const position = track.events.add(timeNs, site)
    this.#addDetails(track, position, details)
    if (!this.isOwn) return
    let place = -1
    for (const rare of fields.rare) {
      const cursor = cursorAt(fields.bytes, rare)
      if (rare.field === TRACER_PACKET.run) {
        track.events.setRun(position, cursor.zigzag())
      } else if (rare.field === TRACER_PACKET.position) {
        place = cursor.value - 1
      } else if (rare.field === TRACER_PACKET.flowPoint) {
        let [flow, offsetNs] = [0, 0]
        const point = cursor.message()
        while (point.next()) {
          if (point.field === TRACER_FLOW_POINT.flow) flow = point.value
          else if (point.field === TRACER_FLOW_POINT.offset) offsetNs = point.zigzag()
        }
        track.events.addFlow(position, { key: flow, offsetNs, isLast: false })
      }
    }
    if (track.ownIndex !== undefined) {
      track.arrivals.push(this.#arrivals++)
      track.positions.push(place)
    }
  }

  #addDetails({ events }: TrackDraft, position: number, { args, flows }: EventDetails): void {
    if (args !== undefined) events.args.set(position, args)
    // In a file of ours they stand for what our own fields say exactly.
    if (!this.isOwn) for (const flow of flows) events.addFlow(position, flow)
  }

  #takeCounter(track: TrackDraft, fields: PacketFields, sequence: Sequence, timeNs: number): void {
    for (const rare of fields.rareOfEvent) {
      const isDouble = rare.field === EVENT.doubleCounterValue
      if (!isDouble && rare.field !== EVENT.counterValue) continue
      const cursor = cursorAt(fields.bytes, rare)
      addSample(track, sequence, timeNs, isDouble ? cursor.double() : cursor.signed())
      return
    }
    this.#warnings.count('noCounter')
  }

  #takeExtraCounters(fields: PacketFields, sequence: Sequence, timeNs: number): void {
    const values: number[] = []
    const doubles: number[] = []
    const tracks: TrackDraft[] = []
    const doubleTracks: TrackDraft[] = []
    for (const rare of fields.rareOfEvent) {
      if (!EXTRA_COUNTER_FIELDS.has(rare.field)) continue
      const cursor = cursorAt(fields.bytes, rare)
      if (rare.field === EVENT.extraCounterValues) {
        for (const each of cursor.numbers()) values.push(each.signed())
      } else if (rare.field === EVENT.extraDoubleCounterValues) {
        for (const each of cursor.fixed()) doubles.push(each.double())
      } else {
        const into = rare.field === EVENT.extraCounterTracks ? tracks : doubleTracks
        for (const each of cursor.numbers()) into.push(this.#tracks.ofUuid(each.high, each.low))
      }
    }
    this.#addExtra(values, tracks.length > 0 ? tracks : sequence.extraCounters, sequence, timeNs)
    this.#addExtra(doubles, doubleTracks.length > 0 ? doubleTracks : sequence.extraDoubleCounters, sequence, timeNs)
  }

  #addExtra(values: readonly number[], tracks: readonly TrackDraft[], sequence: Sequence, timeNs: number): void {
    for (const [index, value] of values.entries()) {
      const track = tracks.at(index)
      if (track === undefined) this.#warnings.count('noCounter')
      else addSample(track, sequence, timeNs, value)
    }
  }

  #details(fields: PacketFields, sequence: Sequence): EventDetails {
    const details: EventDetails = {
      name: undefined,
      location: undefined,
      category: '',
      args: undefined,
      flows: [],
      legacy: undefined,
    }
    const entries: string[] = []
    for (const rare of fields.rareOfEvent) {
      const cursor = cursorAt(fields.bytes, rare)
      switch (rare.field) {
        case EVENT.name:
          details.name = new InternedName(cursor.text(), -1)
          break
        case EVENT.categories:
          details.category = cursor.text()
          break
        case EVENT.sourceLocation:
          details.location = readLocation(cursor.message())[1]
          break
        case EVENT.annotations:
          entries.push(annotationEntry(cursor.message(), sequence))
          break
        case EVENT.legacyEvent:
          details.legacy = readLegacyEvent(cursor.message())
          break
        case EVENT.flowIds:
        case EVENT.terminatingFlowIds:
          for (const { high, low } of cursor.fixed()) details.flows.push(flowMark(rare, high, low))
          break
        case EVENT.oldFlowIds:
        case EVENT.oldTerminatingFlowIds:
          for (const { high, low } of cursor.numbers()) details.flows.push(flowMark(rare, high, low))
          break
      }
    }
    if (entries.length > 0) details.args = `{${entries.join(',')}}`
    if (this.isOwn) {
      const exact = fields.rare.find(({ field }) => field === TRACER_PACKET.argsText)
      if (exact !== undefined) details.args = cursorAt(fields.bytes, exact).text()
    }
    return details
  }

  #siteOf({ name, location }: EventDetails, sequence: Sequence, fields: PacketFields, kind: SiteKind): SiteIndex {
    const interned = sequence.names.get(fields.nameIid)
    if (interned === undefined && fields.nameIid !== 0) this.#warnings.count('noInterned')
    const place = location ?? sequence.locations.get(fields.locationIid)
    return this.#sites.of(interned ?? name ?? NO_NAME, place, kind)
  }

  #defaultTrack(sequence: Sequence): TrackDraft {
    const { thread } = sequence
    return thread === undefined ? this.#tracks.of(0) : this.#tracks.ofThread(thread.pid, thread.tid)
  }
}

const STATE_TYPE = 5
const NO_NAME = new InternedName('', -1)
const EXTRA_COUNTER_FIELDS = new Set<number>([
  EVENT.extraCounterTracks,
  EVENT.extraCounterValues,
  EVENT.extraDoubleCounterTracks,
  EVENT.extraDoubleCounterValues,
])

function flowMark({ field }: RareField, high: number, low: number): FlowMark {
  const isLast = field === EVENT.terminatingFlowIds || field === EVENT.oldTerminatingFlowIds
  return { key: `${high}:${low}`, offsetNs: undefined, isLast }
}

function addSample(track: TrackDraft, sequence: Sequence, timeNs: number, raw: number): void {
  let value = raw * track.unitMultiplier
  if (track.isIncremental) {
    value += sequence.counters.get(track) ?? 0
    sequence.counters.set(track, value)
  }
  track.samples.push({ timeNs, value })
}
