import { TraceBuilder, type NewMetadata, type SiteIndex, type ThreadIndex, type Trace, type Track } from '@tracer/core'
import { oneLine } from './args-text.js'
import { EventSites } from './event-sites.js'
import { bindKey } from './flow-points.js'
import { FlowReader } from './flow-reader.js'
import { endFromMicroseconds, fromMicroseconds } from './microseconds.js'
import { MetadataReader } from './metadata-reader.js'
import { OwnTracks } from './own-tracks.js'
import { ABSENT, type PlainEvent } from './plain-event.js'
import { PlainSites } from './plain-sites.js'
import { asyncKey, finiteNumber, integerOr, isRawEvent, textOr, type RawEvent } from './raw-event.js'
import { SpanPairs } from './span-pairs.js'
import { ThreadTable } from './thread-table.js'
import type { ReadWarnings } from './read-warnings.js'

/** Text of the event's arguments as it stands in the file; undefined when it has none. */
export type ArgsText = () => string | undefined

/** Where a trace without a header of ours comes from. */
export interface Origin {
  readonly producer: string
  readonly clock: string
  /** Time of day at time 0 of the events; undefined when unknown. */
  readonly epochNs: number | undefined
}

/** Takes events one by one, by phase, and makes a trace of them. */
export class EventReader {
  /** Events that had a phase. */
  count = 0

  readonly #warnings: ReadWarnings
  readonly #builder = new TraceBuilder()
  readonly #threads = new ThreadTable(this.#builder)
  readonly #sites = new EventSites(this.#builder)
  readonly #spans = new SpanPairs()
  readonly #asyncSpans = new SpanPairs()
  readonly #ownTracks = new OwnTracks()
  readonly #flows = new FlowReader(this.#builder)
  /** Threads with slices that are not from our own table. */
  readonly #foreignThreads = new Set<ThreadIndex>()
  #lastForeign: ThreadIndex | undefined
  readonly #plainSites = new PlainSites(this.#sites)

  readonly #metadata: MetadataReader

  constructor(warnings: ReadWarnings) {
    this.#warnings = warnings
    this.#metadata = new MetadataReader(this.#builder, this.#threads, this.#sites, warnings)
  }

  /** Hot: takes one element of the array. */
  read(event: unknown, args: ArgsText): void {
    if (!isRawEvent(event) || typeof event.ph !== 'string' || event.ph === '') {
      // An empty object is what some writers end the array with.
      if (!isRawEvent(event) || Object.keys(event).length > 0) this.#warnings.count('notAnEvent')
      return
    }
    this.count++
    if (event.ph === 'M') {
      this.#metadata.read(event)
      return
    }
    const ts = finiteNumber(event.ts)
    if (ts === undefined) this.#warnings.count('noTime')
    else this.#readTimed(event, event.ph[0], ts, args)
  }

  /** The trace; `origin` describes it when the file has no header of ours. */
  finish(origin: Origin): Trace {
    this.#finishSpans()
    const isOwn = this.#ownTracks.giveUp(
      this.#builder,
      (thread) => !this.#flows.hasForeign && !this.#foreignThreads.has(thread),
    )
    this.#flows.finish(isOwn)
    for (const [file, text] of this.#metadata.sources.texts) this.#builder.addSource(file, text)
    const built = this.#threads.withNames(this.#builder.build(this.#describe(origin)))
    const isEpochKnown = this.#metadata.header !== undefined || origin.epochNs !== undefined
    const trace = this.#ownTracks.addTo({
      ...built,
      metadata: isEpochKnown ? built.metadata : { ...built.metadata, originEpochMs: 0 },
      tracks: built.tracks.map((track) => this.#nameOverlapping(built, track)),
    })
    const flows = this.#flows.table(trace, isOwn)
    this.#warnings.count('looseFlow', this.#flows.count - flows.length)
    return { ...trace, flows }
  }

  /** Keeps the text of a source file that stands elsewhere in the file. */
  addSource(file: string, text: string): void {
    this.#metadata.sources.add({ file, part: 0, text })
  }

  #describe({ producer, clock, epochNs }: Origin): NewMetadata {
    return this.#metadata.header ?? { producer, clock, originEpochMs: (epochNs ?? 0) / NS_PER_MS }
  }

  #readTimed(event: RawEvent, phase: string, ts: number, args: ArgsText): void {
    switch (phase) {
      case 'X':
        this.#readComplete(event, ts, args)
        return
      case 'B':
      case 'E':
        this.#readSpanPoint(event, phase === 'B', ts, args)
        return
      case 'b':
      case 'e':
        this.#readAsyncPoint(event, phase === 'b', ts, args)
        return
      case 'n': {
        const site = this.#sites.of(event, 'async-span')
        const timeNs = fromMicroseconds(ts)
        const thread = this.#threadOf(event)
        const position = this.#builder.addAsyncSlice(thread, site, timeNs, timeNs, this.#argsOf(event, args))
        this.#flows.bindAsync(bindKey(event), thread, site, position)
        return
      }
      case 'i':
      case 'I':
      case 'R': {
        const site = this.#sites.of(event, 'instant')
        this.#builder.addInstant(this.#threadOf(event), site, fromMicroseconds(ts), this.#argsOf(event, args))
        return
      }
      case 'C':
        this.#readCounter(event, ts)
        return
      case 's':
      case 't':
      case 'f':
        this.#readFlow(event, phase, fromMicroseconds(ts))
        return
      default:
        this.#warnings.countPhase(phase)
    }
  }

  #readComplete(event: RawEvent, ts: number, args: ArgsText): void {
    const thread = this.#threadOf(event)
    const startNs = fromMicroseconds(ts)
    const endNs = Math.max(startNs, endFromMicroseconds(ts, this.#durationOf(event)))
    const text = event.args === undefined ? undefined : this.#argsOf(event, args)
    const own = this.#sites.ownOf(event)
    if (own !== undefined) {
      this.#ownTracks.slicesOf(thread).add(own, startNs, endNs, {
        activation: integerOr(event.run, 0),
        isUnfinished: event.open === 1,
        args: text,
        depth: integerOr(event.depth, undefined),
      })
      return
    }
    const position = this.#addForeign(thread, this.#sites.of(event, 'function'), startNs, endNs, text)
    if (event.bind_id !== undefined) this.#flows.bind(bindKey(event), thread, position)
  }

  /** Hot: takes a complete event that was read from its bytes. */
  readPlain(event: PlainEvent): void {
    this.count++
    const thread = this.#threads.indexOf(event.pid, event.tid)
    const startNs = event.start.timeNs
    const endNs = Math.max(startNs, event.start.endAfter(event.duration))
    const text = event.args === undefined ? undefined : this.#argsAsWritten(event.args)
    const own = this.#plainSites.ownOf(event)
    if (own === undefined) {
      this.#addForeign(thread, this.#plainSites.foreignOf(event), startNs, endNs, text)
      return
    }
    this.#ownTracks.slicesOf(thread).add(own, startNs, endNs, {
      activation: event.run,
      isUnfinished: event.open === 1,
      args: text,
      depth: event.depth === ABSENT ? undefined : event.depth,
    })
  }

  /** Hot: adds a slice that is not from our own table; returns its position. */
  #addForeign(thread: ThreadIndex, site: SiteIndex, startNs: number, endNs: number, args: string | undefined): number {
    const position = this.#builder.addSlice(thread, site, startNs, endNs)
    if (args !== undefined) this.#builder.setArgs(thread, position, args)
    if (thread !== this.#lastForeign) this.#foreignThreads.add((this.#lastForeign = thread))
    return position
  }

  #readFlow(event: RawEvent, phase: 's' | 't' | 'f', timeNs: number): void {
    const pid = this.#threads.pidOf(event.pid)
    const isTaken = this.#flows.add(event, phase, pid, this.#threadOf(event), timeNs, this.#metadata.files)
    if (!isTaken) this.#warnings.count('noFlowId')
  }

  #durationOf(event: RawEvent): number {
    // Some writers know the processor's time only.
    const duration = finiteNumber(event.dur) ?? finiteNumber(event.tdur)
    if (duration === undefined) this.#warnings.count('noDuration')
    else if (duration < 0) this.#warnings.count('negativeDuration')
    return duration ?? 0
  }

  #readSpanPoint(event: RawEvent, isBegin: boolean, ts: number, args: ArgsText): void {
    const thread = this.#threadOf(event)
    this.#spans.add(thread, {
      isBegin,
      thread,
      // An end without a name has no site of its own, and needs none.
      site: isBegin ? this.#sites.of(event, 'function') : 0,
      timeNs: fromMicroseconds(ts),
      name: typeof event.name === 'string' ? event.name : undefined,
      category: typeof event.cat === 'string' ? event.cat : undefined,
      args: this.#argsOf(event, args),
      bind: bindKey(event),
    })
  }

  #readAsyncPoint(event: RawEvent, isBegin: boolean, ts: number, args: ArgsText): void {
    const key = asyncKey(event, this.#threads.pidOf(event.pid))
    if (key === undefined) {
      this.#warnings.count('noAsyncId')
      return
    }
    const timeNs = fromMicroseconds(ts)
    const thread = this.#threadOf(event)
    const own = this.#sites.ownOf(event)
    if (own !== undefined && isBegin) {
      this.#ownTracks.beginAsync(thread, textOr(event.track, textOr(event.name, '')), key, {
        site: own,
        startNs: timeNs,
        endNs: timeNs,
        activation: integerOr(event.run, 0),
        isUnfinished: event.open === 1,
        args: this.#argsOf(event, args),
      })
    } else if (own === undefined || !this.#ownTracks.endAsync(key, timeNs)) {
      this.#asyncSpans.add(key, {
        isBegin,
        thread,
        site: isBegin ? this.#sites.of(event, 'async-span') : 0,
        timeNs,
        name: typeof event.name === 'string' ? event.name : undefined,
        // The key holds it already.
        category: undefined,
        args: this.#argsOf(event, args),
        bind: bindKey(event),
      })
    }
  }

  #readCounter(event: RawEvent, ts: number): void {
    const thread = this.#threadOf(event)
    const timeNs = fromMicroseconds(ts)
    const id = typeof event.id === 'string' || typeof event.id === 'number' ? ` [${event.id}]` : ''
    const name = `${textOr(event.name, '')}${id}`
    if (typeof event.series === 'string' && typeof event.value === 'string') {
      this.#builder.addSample(thread, name, event.series, timeNs, Number(event.value))
      return
    }
    const series: [string, unknown][] = isRawEvent(event.args) ? Object.entries(event.args) : []
    for (const [key, raw] of series) {
      const value = finiteNumber(raw)
      if (value === undefined) this.#warnings.count('noNumber')
      else this.#builder.addSample(thread, name, key, timeNs, value)
    }
  }

  #finishSpans(): void {
    for (const { begin, endNs, args } of this.#spans.pair()) {
      const position = this.#addForeign(begin.thread, begin.site, begin.timeNs, endNs, args)
      this.#flows.bind(begin.bind, begin.thread, position)
    }
    for (const { begin, endNs, args } of this.#asyncSpans.pair()) {
      const position = this.#builder.addAsyncSlice(begin.thread, begin.site, begin.timeNs, endNs, args)
      this.#flows.bindAsync(begin.bind, begin.thread, begin.site, position)
    }
    this.#warnings.count('unmatchedEnd', this.#spans.unmatchedEnds + this.#asyncSpans.unmatchedEnds)
    this.#warnings.count('impliedEnd', this.#spans.impliedEnds + this.#asyncSpans.impliedEnds)
  }

  /** Gives the builder's track of overlapping slices the name of its thread, which may have come after it. */
  #nameOverlapping(trace: Trace, track: Track): Track {
    if (track.kind !== 'async' || trace.sites[track.slices.site[0]].kind === 'async-span') return track
    this.#warnings.count('overlapping', track.slices.length)
    return { ...track, name: `${trace.threads[track.thread].name} (overlapping)`.trim() }
  }

  #threadOf(event: RawEvent): ThreadIndex {
    return this.#threads.indexOf(event.pid, event.tid)
  }

  #argsOf(event: RawEvent, args: ArgsText): string | undefined {
    if (!isRawEvent(event.args) || Array.isArray(event.args)) return undefined
    const raw = args()
    return raw === undefined ? undefined : this.#argsAsWritten(raw)
  }

  /** Arguments as they will be written, so that a trace does not change by being saved. */
  #argsAsWritten(raw: string): string | undefined {
    const text = oneLine(raw)
    // Chrome gives every event an empty object.
    return text === '{}' && this.#metadata.header === undefined ? undefined : text
  }
}

const NS_PER_MS = 1e6
