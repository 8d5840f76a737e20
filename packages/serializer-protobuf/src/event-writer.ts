import type { Site, SiteIndex } from '@tracer/core'
import {
  CLOCK_IDS,
  DEFAULTS,
  EVENT,
  EVENT_DEFAULTS,
  EVENT_TYPE,
  INTERNED,
  INTERNED_ENTRY,
  PACKET,
  RECORDS_OVERWRITTEN,
  SEQUENCE_FLAGS,
} from './fields.js'
import { writeSequenceClock } from './clock-packets.js'
import { InternedSites } from './interned-sites.js'
import { Message, writeVarint } from './message.js'
import { PACKET_TAG, PAGE_BYTES, type Pages } from './pages.js'

/** Where the events of a sequence belong. */
export interface EventPlace {
  readonly sequence: number
  readonly trackUuid: number
  /** What the monotonic clock of the file shows at time 0 of the trace. */
  readonly zero: number
}

/** What an event says beyond its type, time and site. */
export interface EventFields {
  /** Writes fields of the track event. */
  readonly ofEvent?: (message: Message) => void
  /** Writes fields of the packet. */
  readonly ofPacket?: (message: Message) => void
}

/**
 * Writes the events of one packet sequence, those of one track, by time.
 *
 * An event takes few bytes because most of what it says was said before: its time is the difference to the event
 * before, its name and place are numbers, its track is the sequence's. After a megabyte or more all that is said
 * anew, so that a part of a file can be read without what stood before.
 *
 * ```
 * 0a 10  40 d2 09  50 01  5a 09  48 01  50 07  90 02 07     1,234 ns later a call of site 7 begins
 * 0a 09  40 d2 09  50 01  5a 02  48 02                      1,234 ns later it ends
 * ```
 */
export class EventWriter {
  /** Time of the last event, in whole nanoseconds of the trace. */
  now: number
  readonly #pages: Pages
  readonly #place: EventPlace
  readonly #sites: InternedSites
  readonly #annotationNames = new Map<string, number>()
  readonly #message = new Message()
  #startedAt = 0
  #internedBytes = 0

  /** `firstNs` is the time of the first event; `uses` says how often there will be each site, where there will be many. */
  constructor(pages: Pages, sites: readonly Site[], uses: Int32Array | undefined, place: EventPlace, firstNs: number) {
    this.#pages = pages
    this.#place = place
    this.#sites = new InternedSites(sites, uses, place.sequence)
    this.now = wholeNs(firstNs, 0)
  }

  /** Opens the sequence, or opens it anew. */
  start(recordsWereLost = false): void {
    this.#startedAt = this.#pages.total
    this.#internedBytes = 0
    this.#sites.clear()
    this.#annotationNames.clear()
    const { sequence, trackUuid, zero } = this.#place
    const message = this.#message.clear().uint(PACKET.sequenceId, sequence)
    message.uint(PACKET.sequenceFlags, SEQUENCE_FLAGS.incrementalStateCleared)
    if (recordsWereLost) message.uint(PACKET.previousPacketDropped, RECORDS_OVERWRITTEN)
    message.message(PACKET.defaults, () => {
      message.message(DEFAULTS.trackEvent, () => message.uint(EVENT_DEFAULTS.trackUuid, trackUuid))
      message.uint(DEFAULTS.timestampClockId, CLOCK_IDS.firstOfSequence)
    })
    this.#pages.appendPacket(message.view())
    message.clear().uint(PACKET.sequenceId, sequence)
    writeSequenceClock(message, zero + this.now)
    this.#pages.appendPacket(message.view())
  }

  /** To be called now and then: opens the sequence anew when enough was written since. */
  restartWhenDue(): void {
    const written = this.#pages.total - this.#startedAt
    // Where many names are in use, saying them anew must stay a small part of the file.
    if (written > RESTART_BYTES && written > this.#internedBytes * RESTART_SHARE) this.start()
  }

  /** Hot: a slice begins. */
  begin(site: SiteIndex, timeNs: number): void {
    const tail = this.#sites.tailOf[site]
    if (tail === 0) this.write(EVENT_TYPE.begin, site, timeNs)
    else this.#put(tail, timeNs)
  }

  /** Hot: the innermost open slice ends. */
  end(timeNs: number): void {
    this.#put(0, timeNs)
  }

  /** An event with anything that most do not have. */
  write(type: number, site: SiteIndex | undefined, timeNs: number, fields: EventFields = {}): void {
    const message = this.#open(timeNs)
    if (site !== undefined && !this.#sites.has(site)) {
      const before = message.length
      this.#sites.intern(site, message)
      this.#internedBytes += message.length - before
    }
    message.message(PACKET.trackEvent, () => {
      message.uint(EVENT.type, type)
      if (site !== undefined) this.#sites.writeSite(site, message)
      fields.ofEvent?.(message)
    })
    fields.ofPacket?.(message)
    this.#pages.appendPacket(message.view())
  }

  /** A packet without an event, for fields of our own. */
  writeOwn(timeNs: number, fields: (message: Message) => void): void {
    const message = this.#open(timeNs)
    fields(message)
    this.#pages.appendPacket(message.view())
  }

  /** The number of an argument's name. One that is new is said in a packet of its own, before the event. */
  annotationName(name: string): number {
    const known = this.#annotationNames.get(name)
    if (known !== undefined) return known
    const iid = this.#annotationNames.size + 1
    this.#annotationNames.set(name, iid)
    // The event itself is being written: its message is not free.
    const message = new Message().uint(PACKET.sequenceId, this.#place.sequence)
    message.message(PACKET.internedData, () => {
      message.message(INTERNED.annotationNames, () => {
        message.uint(INTERNED_ENTRY.iid, iid).text(INTERNED_ENTRY.name, name)
      })
    })
    this.#internedBytes += message.length
    this.#pages.appendPacket(message.view())
    return iid
  }

  /** Hot: a packet of a time and what the tail says. */
  #put(tail: number, timeNs: number): void {
    const pages = this.#pages
    if (pages.length + MAX_EVENT_BYTES > PAGE_BYTES) pages.reserve(MAX_EVENT_BYTES)
    const { bytes } = pages
    const head = pages.length
    bytes[head] = PACKET_TAG
    bytes[head + 2] = TIMESTAMP_TAG
    let at = head + 3
    const time = Math.round(timeNs)
    const delta = time - this.now
    if (delta >= 0 && delta < NEAR_NS) {
      this.now = time
      let rest = delta | 0
      while (rest > 0x7f) {
        bytes[at++] = (rest & 0x7f) | 0x80
        rest >>= 7
      }
      bytes[at++] = rest
    } else {
      at = writeVarint(bytes, at, this.#advance(timeNs))
    }
    const { tails } = this.#sites
    const until = tail + 1 + tails[tail]
    for (let i = tail + 1; i < until; i++) bytes[at++] = tails[i]
    bytes[head + 1] = at - head - 2
    pages.length = at
  }

  #open(timeNs: number): Message {
    const delta = this.#advance(timeNs)
    return this.#message.clear().uint(PACKET.timestamp, delta).uint(PACKET.sequenceId, this.#place.sequence)
  }

  /** Moves on to a time, never back, and returns by how much. */
  #advance(timeNs: number): number {
    const before = this.now
    this.now = Math.max(before, wholeNs(timeNs, before))
    return this.now - before
  }
}

/** A time in whole nanoseconds; `otherwise` for what is no time. */
export function wholeNs(timeNs: number, otherwise: number): number {
  const time = Math.round(timeNs)
  return Math.abs(time) <= MAX_TIME_NS ? time + 0 : otherwise
}

/** 52 days: beyond, sums with the machine's own clock would no longer be exact. */
const MAX_TIME_NS = 2 ** 52

const TIMESTAMP_TAG = PACKET.timestamp * 8
/** A difference whose varint 31 bits are enough for. */
const NEAR_NS = 2 ** 31
/** An event of nothing but a time, a sequence, a type and a site: far less. */
const MAX_EVENT_BYTES = 64
const RESTART_BYTES = 2 ** 20
const RESTART_SHARE = 64
