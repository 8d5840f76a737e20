import type { SiteIndex } from '@tracer/core'
import type { ClockState } from './clocks.js'
import { type Cursor } from './cursor.js'
import { INTERNED, INTERNED_ENTRY, SOURCE_LOCATION, TRACER_SITE } from './fields.js'
import { InternedTable } from './interned-table.js'
import type { TrackDraft } from './track-draft.js'

/** A name of events, and the site of the last event that had it. */
export class InternedName {
  readonly name: string
  /** Position in our own table of sites; -1 where the file has none. */
  readonly ownSite: number
  /** The site that was found for it, and by which place and kind of track; -1 for none. */
  site: SiteIndex = -1
  locationIid = -1
  isAsync = false

  constructor(name: string, ownSite: number) {
    this.name = name
    this.ownSite = ownSite
  }
}

export interface InternedLocation {
  readonly file: string
  readonly functionName: string
  readonly line: number
}

/** What the packets of one sequence have said, on which later ones of it rely. */
export class Sequence {
  readonly id: number
  /** Whether all that later packets rely on was seen. */
  isValid = false
  /** Track of events that name none; undefined where there is no such. */
  defaultTrack: TrackDraft | undefined
  defaultClockId = 0
  /** The clock of packets that name none, once it was looked up. */
  defaultClock: ClockState | undefined
  extraCounters: readonly TrackDraft[] = []
  extraDoubleCounters: readonly TrackDraft[] = []
  /** Of old producers: the thread of events without a track, and the time from which they count. */
  thread: { readonly pid: number; readonly tid: number } | undefined
  referenceNs: number | undefined
  readonly counters = new Map<TrackDraft, number>()
  readonly categories = new InternedTable<string>()
  readonly names = new InternedTable<InternedName>()
  readonly locations = new InternedTable<InternedLocation>()
  readonly annotationNames = new InternedTable<string>()
  readonly annotationTexts = new InternedTable<string>()

  constructor(id: number) {
    this.id = id
  }

  clear(): void {
    this.isValid = true
    this.defaultTrack = undefined
    this.defaultClockId = 0
    this.defaultClock = undefined
    this.extraCounters = []
    this.extraDoubleCounters = []
    this.referenceNs = undefined
    this.counters.clear()
    for (const table of [this.categories, this.names, this.locations, this.annotationNames, this.annotationTexts]) {
      table.clear()
    }
  }

  /** Takes the entries of an `InternedData`. */
  intern(data: Cursor): void {
    while (data.next()) {
      if (data.field === INTERNED.eventNames) this.#internName(data.message())
      else if (data.field === INTERNED.sourceLocations) this.#internLocation(data.message())
      else if (data.field === INTERNED.categories) internText(this.categories, data.message())
      else if (data.field === INTERNED.annotationNames) internText(this.annotationNames, data.message())
      else if (data.field === INTERNED.annotationTexts) internText(this.annotationTexts, data.message())
    }
  }

  #internName(entry: Cursor): void {
    let [iid, name, site] = [0, '', -1]
    while (entry.next()) {
      if (entry.field === INTERNED_ENTRY.iid) iid = entry.value
      else if (entry.field === INTERNED_ENTRY.name) name = entry.text()
      else if (entry.field === TRACER_SITE) site = entry.value - 1
    }
    this.names.set(iid, new InternedName(name, site))
  }

  #internLocation(entry: Cursor): void {
    const [iid, location] = readLocation(entry)
    this.locations.set(iid, location)
  }
}

/** The number and content of a `SourceLocation`. */
export function readLocation(entry: Cursor): [number, InternedLocation] {
  let [iid, file, functionName, line] = [0, '', '', 0]
  while (entry.next()) {
    if (entry.field === SOURCE_LOCATION.iid) iid = entry.value
    else if (entry.field === SOURCE_LOCATION.file) file = entry.text()
    else if (entry.field === SOURCE_LOCATION.functionName) functionName = entry.text()
    else if (entry.field === SOURCE_LOCATION.line) line = entry.value
  }
  return [iid, { file, functionName, line }]
}

function internText(table: InternedTable<string>, entry: Cursor): void {
  let [iid, text] = [0, '']
  while (entry.next()) {
    if (entry.field === INTERNED_ENTRY.iid) iid = entry.value
    else if (entry.field === INTERNED_ENTRY.name) text = entry.text()
  }
  table.set(iid, text)
}
