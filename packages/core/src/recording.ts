import { Annotations, type Annotation } from './annotations.js'
import { EventRing, type FullPolicy, type Records, type RefusedSpan } from './event-ring.js'
import { NamedSites, namedSite } from './named-sites.js'
import type { OpenSpan, OpenSpans } from './open-spans.js'
import { SiteTable } from './site-table.js'
import type { Site, SiteId } from './site.js'
import type { Ticks } from './units.js'

/** What a {@link Tracer} has recorded on its thread, in raw ticks: the ring and what belongs to its records. */
export class Recording {
  readonly #ring: EventRing
  readonly #sites = new SiteTable()
  readonly #annotations = new Annotations()
  readonly #spans = new NamedSites(this.#sites, 'span')
  readonly #asyncSpans = new NamedSites(this.#sites, 'async-span')
  readonly #instants = new NamedSites(this.#sites, 'instant')
  readonly #counters = new Map<string, Map<string, SiteId>>()
  readonly #series: Series[] = []

  constructor(capacity: number, onFull: FullPolicy) {
    this.#ring = new EventRing({ capacity, onFull })
  }

  /** Hot: a slice that nests. */
  addSpan(span: OpenSpan, end: Ticks): void {
    this.#addSlice(this.#spans.idOf(span.name), span, end)
  }

  /** Hot: a slice that may overlap others. */
  addAsyncSpan(span: OpenSpan, end: Ticks): void {
    this.#addSlice(this.#asyncSpans.idOf(span.name), span, end)
  }

  /** Hot: a moment. */
  addInstant(name: string, time: Ticks, args: string | undefined): void {
    const site = this.#instants.idOf(name)
    if (args === undefined) this.#ring.write(site, time, time)
    else this.#writeAnnotated(site, time, time, args, false)
  }

  /** Hot: one value of one series of a counter. */
  addSample(name: string, series: string, time: Ticks, value: number): void {
    this.#ring.write(this.#counters.get(name)?.get(series) ?? this.#addSeries(name, series), time, value)
  }

  /** Ends what is open, innermost first, and says that it did not end by itself. */
  addUnfinished(open: OpenSpans, end: Ticks): void {
    for (const { name, start, args } of open.nested()) {
      this.#writeAnnotated(this.#spans.idOf(name), start, end, args, true)
    }
    for (const { name, start, args } of open.detached()) {
      this.#writeAnnotated(this.#asyncSpans.idOf(name), start, end, args, true)
    }
  }

  /** Records lost since the last clear. */
  get dropped(): number {
    return this.#ring.dropped
  }

  /** Forgets all records and counts; names keep their ids. */
  clear(): void {
    this.#ring.clear()
    this.#annotations.clear()
  }

  /** A copy of all that is held. */
  read(): RecordingCopy {
    return {
      records: this.#ring.read(),
      annotations: this.#annotations.bySequence(),
      sites: this.#sites.all(),
      series: this.#series.slice(),
      dropped: this.#ring.dropped,
      refused: this.#ring.refused,
    }
  }

  #addSlice(site: SiteId, span: OpenSpan, end: Ticks): void {
    if (span.args === undefined) this.#ring.write(site, span.start, end)
    else this.#writeAnnotated(site, span.start, end, span.args, false)
  }

  #writeAnnotated(site: SiteId, start: Ticks, end: Ticks, args: string | undefined, isUnfinished: boolean): void {
    const { sequence } = this.#ring
    this.#ring.write(site, start, end)
    if (this.#ring.sequence === sequence) return
    this.#annotations.add({ sequence, args, isUnfinished })
    this.#annotations.prune(this.#ring.oldest)
  }

  #addSeries(name: string, series: string): SiteId {
    let ids = this.#counters.get(name)
    if (ids === undefined) this.#counters.set(name, (ids = new Map<string, SiteId>()))
    // A site has one name; which counter and which series it is stands in the table beside it.
    const id = this.#sites.add(namedSite('counter', JSON.stringify([name, series])))
    ids.set(series, id)
    this.#series[id] = { name, series }
    return id
  }
}

/** One series of numbers of a counter. */
export interface Series {
  readonly name: string
  readonly series: string
}

/** A recording at one moment. */
export interface RecordingCopy {
  readonly records: Records
  readonly annotations: ReadonlyMap<number, Annotation>
  /** By site id, from 1 at position 0. */
  readonly sites: readonly Site[]
  /** By site id; holes where the site is no counter. */
  readonly series: readonly (Series | undefined)[]
  readonly dropped: number
  readonly refused: RefusedSpan | undefined
}
