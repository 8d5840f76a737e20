import type { SiteKind } from '@tracer/core'
import { END, FLOW_HERE, FLOW_NEXT } from './event-columns.js'
import type { EventSites } from './event-sites.js'
import type { LegacyEvent } from './legacy-event.js'
import type { ReadWarnings } from './read-warnings.js'
import type { InternedLocation, InternedName, Sequence } from './sequence.js'
import type { TrackDraft } from './track-draft.js'
import type { ProcessNames, TrackRegistry } from './track-registry.js'

/** An event of an old producer, with what it shares with new ones. */
export interface LegacyDetails {
  readonly legacy: LegacyEvent
  readonly name: InternedName
  readonly category: string
  readonly location: InternedLocation | undefined
  readonly args: string | undefined
  readonly timeNs: number
}

/** Takes events that have a phase of the Trace Event format instead of a type. */
export class LegacyEvents {
  readonly #sites: EventSites
  readonly #tracks: TrackRegistry
  readonly #names: ProcessNames
  readonly #warnings: ReadWarnings

  constructor(sites: EventSites, tracks: TrackRegistry, names: ProcessNames, warnings: ReadWarnings) {
    this.#sites = sites
    this.#tracks = tracks
    this.#names = names
    this.#warnings = warnings
  }

  /** `named` is the track that the event itself or its sequence names. */
  take(details: LegacyDetails, sequence: Sequence, named: TrackDraft | undefined): void {
    const { legacy, timeNs, args, name } = details
    const track = this.#trackOf(legacy, sequence, named)
    const phase = String.fromCharCode(legacy.phase)
    switch (phase) {
      case 'B':
        setArgs(track, track.events.add(timeNs, this.#site(details, 'function')), args)
        return
      case 'E':
        setArgs(track, track.events.add(timeNs, END), args)
        return
      case 'X': {
        const endNs = timeNs + Math.max(0, legacy.durationUs) * 1000
        track.complete.push({ site: this.#site(details, 'function'), startNs: timeNs, endNs, args })
        return
      }
      case 'i':
      case 'I':
      case 'R':
      case 'n':
      case 'T':
      case 'p':
        track.instants.push({ site: this.#site(details, 'instant'), timeNs, args })
        return
      case 'b':
      case 'S': {
        const lane = this.#asyncTrack(details, track)
        setArgs(lane, lane.events.add(timeNs, this.#site(details, 'async-span')), args)
        return
      }
      case 'e':
      case 'F': {
        const lane = this.#asyncTrack(details, track)
        setArgs(lane, lane.events.add(timeNs, END), args)
        return
      }
      case 's':
      case 't':
      case 'f': {
        const isNext = phase === 'f' && !legacy.bindsToEnclosing
        const key = `${legacy.id ?? ''} ${details.category} ${name.name}`
        const position = track.events.add(timeNs, isNext ? FLOW_NEXT : FLOW_HERE)
        track.events.addFlow(position, { key, offsetNs: undefined, isLast: false })
        return
      }
      case 'C':
        this.#takeCounter(details, track)
        return
      case 'M':
        this.#takeName(details, track)
        return
      default:
        this.#warnings.count('unknownType')
    }
  }

  #site({ name, location }: LegacyDetails, kind: SiteKind): number {
    return this.#sites.of(name, location, kind)
  }

  #trackOf({ pid, tid }: LegacyEvent, { thread }: Sequence, named: TrackDraft | undefined): TrackDraft {
    if (pid === undefined && tid === undefined && named !== undefined) return named
    const own = pid ?? named?.thread?.pid ?? thread?.pid
    if (own === undefined) return named ?? this.#tracks.of(0)
    return this.#tracks.ofThread(own, tid ?? (pid === undefined ? thread?.tid : undefined) ?? own)
  }

  /** Async events of one id lie on a track of their own, beside that of the thread. */
  #asyncTrack({ legacy, category, name }: LegacyDetails, thread: TrackDraft): TrackDraft {
    const process = legacy.isLocal ? `${thread.thread?.pid ?? ''}` : ''
    const isOld = legacy.phase === 'S'.charCodeAt(0) || legacy.phase === 'F'.charCodeAt(0)
    const scope = isOld ? name.name : category
    const track = this.#tracks.of(`async ${process} ${legacy.id ?? ''} ${legacy.idScope} ${scope}`)
    track.isDescribed = true
    track.name ??= name.name
    track.parent ??= thread.key
    return track
  }

  #takeCounter({ args, name, timeNs }: LegacyDetails, thread: TrackDraft): void {
    const series = entriesOf(args)
    for (const [key, value] of series) {
      if (typeof value !== 'number') continue
      const track = this.#tracks.of(`counter ${String(thread.key)} ${name.name.length} ${name.name} ${key}`)
      track.isDescribed = true
      track.isCounter = true
      track.name = name.name
      track.series = key
      track.parent = thread.key
      track.samples.push({ timeNs, value })
    }
    if (series.length === 0) this.#warnings.count('noCounter')
  }

  #takeName({ args, name }: LegacyDetails, { thread }: TrackDraft): void {
    const given = entriesOf(args).at(0)?.[1]
    if (thread === undefined || typeof given !== 'string') return
    if (name.name === 'thread_name') this.#names.nameThread(thread.pid, thread.tid, given)
    if (name.name === 'process_name') this.#names.nameProcess(thread.pid, given, [])
  }
}

function entriesOf(args: string | undefined): [string, unknown][] {
  const values: unknown = JSON.parse(args ?? '{}')
  return typeof values === 'object' && values !== null ? Object.entries(values) : []
}

function setArgs(track: TrackDraft, position: number, args: string | undefined): void {
  if (args !== undefined) track.events.args.set(position, args)
}
