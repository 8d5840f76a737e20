import type { SliceIndex, ThreadTrack } from '@tracer/core'
import type { EventWriter } from './event-writer.js'
import { EVENT_TYPE, TRACER_PACKET } from './fields.js'
import type { Pages } from './pages.js'
import type { SliceFields } from './slice-fields.js'

/** Slices between two looks at whether a page is full. */
const BLOCK_LENGTH = 1024

/** Writes the slices and instants of a thread by time: each slice as its begin, what lies inside, and its end. */
export function* writeThreadTrack(
  pages: Pages,
  writer: EventWriter,
  track: ThreadTrack,
  fields: SliceFields,
  trackUuid: number,
): Generator<Uint8Array, void, undefined> {
  const { slices } = track
  const open = new OpenSlices(writer, track, fields, trackUuid)
  for (let from = 0; from < slices.length; from += BLOCK_LENGTH) {
    open.write(from, Math.min(slices.length, from + BLOCK_LENGTH))
    writer.restartWhenDue()
    yield* pages.takeFull()
  }
  open.finish()
}

/** The slices that have begun and not ended, innermost last. */
class OpenSlices {
  readonly #writer: EventWriter
  readonly #track: ThreadTrack
  readonly #fields: SliceFields
  readonly #uuid: number
  #ends = new Float64Array(64)
  #slices = new Int32Array(64)
  #length = 0
  #nextInstant = 0
  #nextInstantNs: number

  constructor(writer: EventWriter, track: ThreadTrack, fields: SliceFields, trackUuid: number) {
    this.#uuid = trackUuid
    this.#writer = writer
    this.#track = track
    this.#fields = fields
    this.#nextInstantNs = timeOfInstant(track, 0)
  }

  /** Hot: writes the slices of a range of the table, and ends before them those that are over. */
  write(from: SliceIndex, until: SliceIndex): void {
    const { site, startNs, durationNs, depth } = this.#track.slices
    const writer = this.#writer
    const fields = this.#fields
    for (let i = from; i < until; i++) {
      const level = depth[i]
      while (this.#length > level) this.#endInnermost()
      const start = Math.round(startNs[i])
      // A moment at which a slice begins is taken to be inside it.
      while (this.#nextInstantNs < start) this.#writeInstant()
      if (fields.has(i)) fields.writeBegin(writer, i)
      else writer.begin(site[i], start)
      let end = Math.round(startNs[i] + durationNs[i])
      // A sum of doubles may be off by its last bit, of which rounding makes a nanosecond.
      if (this.#length > 0 && end > this.#ends[this.#length - 1]) end = this.#ends[this.#length - 1]
      if (this.#length === this.#ends.length) this.#grow()
      this.#ends[this.#length] = end
      this.#slices[this.#length++] = i
    }
  }

  /** Ends all that is open. */
  finish(): void {
    const { unfinished } = this.#track.slices
    // What was cut off by the end of the recording stays open for other programs, unless it lies in a slice that ended.
    let cutOff = 0
    while (cutOff < this.#length && unfinished.has(this.#slices[cutOff])) cutOff++
    while (this.#length > cutOff) this.#endInnermost()
    while (this.#length > 0) {
      const end = this.#ends[--this.#length]
      while (this.#nextInstantNs <= end) this.#writeInstant()
      this.#writer.writeOwn(end, (message) => message.uint(TRACER_PACKET.unfinishedEnd, this.#uuid))
    }
    while (this.#nextInstant < this.#track.instants.length) this.#writeInstant()
  }

  #endInnermost(): void {
    const end = this.#ends[--this.#length]
    while (this.#nextInstantNs <= end) this.#writeInstant()
    const { unfinished } = this.#track.slices
    if (unfinished.size > 0 && unfinished.has(this.#slices[this.#length])) {
      this.#writer.write(EVENT_TYPE.end, undefined, end, {
        ofPacket: (message) => message.uint(TRACER_PACKET.unfinishedEnd, this.#uuid),
      })
    } else {
      this.#writer.end(end)
    }
  }

  #writeInstant(): void {
    this.#fields.writeInstant(this.#writer, this.#track.instants, this.#nextInstant)
    this.#nextInstantNs = timeOfInstant(this.#track, ++this.#nextInstant)
  }

  #grow(): void {
    const length = this.#ends.length * 2
    const [ends, slices] = [this.#ends, this.#slices]
    this.#ends = new Float64Array(length)
    this.#ends.set(ends)
    this.#slices = new Int32Array(length)
    this.#slices.set(slices)
  }
}

/** Times are compared as the file will hold them. */
function timeOfInstant({ instants }: ThreadTrack, index: number): number {
  return index < instants.length ? Math.round(instants.timeNs[index]) : Infinity
}
