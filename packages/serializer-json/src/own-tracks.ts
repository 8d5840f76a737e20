import type {
  AsyncTrack,
  Nanoseconds,
  SiteIndex,
  SliceTable,
  ThreadIndex,
  Trace,
  TraceBuilder,
  Track,
} from '@tracer/core'
import { OwnSlices } from './own-slices.js'

/** A slice of an async track, as it is read. */
export interface AsyncSlice {
  readonly site: SiteIndex
  readonly startNs: Nanoseconds
  endNs: Nanoseconds
  readonly activation: number
  isUnfinished: boolean
  readonly args: string | undefined
}

/**
 * Tracks of our own files, which are taken as they stand: a {@link TraceBuilder} would have to guess
 * the nesting of empty slices, and on which async track a slice lies.
 */
export class OwnTracks {
  readonly #slices = new Map<ThreadIndex, OwnSlices>()
  readonly #async = new Map<ThreadIndex, Map<string, AsyncSlice[]>>()
  /** Begun, and not ended yet. */
  readonly #open = new Map<string, AsyncSlice>()

  slicesOf(thread: ThreadIndex): OwnSlices {
    let slices = this.#slices.get(thread)
    if (slices === undefined) this.#slices.set(thread, (slices = new OwnSlices()))
    return slices
  }

  beginAsync(thread: ThreadIndex, track: string, key: string, slice: AsyncSlice): void {
    let tracks = this.#async.get(thread)
    if (tracks === undefined) this.#async.set(thread, (tracks = new Map<string, AsyncSlice[]>()))
    const slices = tracks.get(track)
    if (slices === undefined) tracks.set(track, [slice])
    else slices.push(slice)
    this.#open.set(key, slice)
  }

  /** Ends the slice that bears `key`; says whether there is one. */
  endAsync(key: string, endNs: Nanoseconds): boolean {
    const slice = this.#open.get(key)
    if (slice === undefined) return false
    slice.endNs = endNs
    return this.#open.delete(key)
  }

  /** Leaves to the builder what other hands have changed or added slices to, before it builds; says whether that was nothing. */
  giveUp(builder: TraceBuilder, isOwn: (thread: ThreadIndex) => boolean): boolean {
    let isAllOwn = true
    for (const [thread, slices] of this.#slices) {
      if (slices.isNested && isOwn(thread)) continue
      slices.addTo(builder, thread)
      this.#slices.delete(thread)
      isAllOwn = false
    }
    return isAllOwn
  }

  /** The trace with these tracks in their places. */
  addTo(trace: Trace): Trace {
    // The end of a slice may be in the part of a file that was cut off.
    for (const slice of this.#open.values()) slice.isUnfinished = true
    return { ...trace, tracks: trace.tracks.flatMap((track) => this.#withOwn(track)) }
  }

  #withOwn(track: Track): Track[] {
    if (track.kind !== 'thread') return [track]
    const slices = this.#slices.get(track.thread)?.table() ?? track.slices
    const own = [...(this.#async.get(track.thread) ?? [])]
    return [{ ...track, slices }, ...own.map(([name, async]) => asyncTrack(track.thread, name, async))]
  }
}

function asyncTrack(thread: ThreadIndex, name: string, slices: readonly AsyncSlice[]): AsyncTrack {
  return { kind: 'async', thread, name, slices: flatTable(slices) }
}

function flatTable(slices: readonly AsyncSlice[]): SliceTable {
  const args = new Map<number, string>()
  const unfinished = new Set<number>()
  slices.forEach((slice, index) => {
    if (slice.args !== undefined) args.set(index, slice.args)
    if (slice.isUnfinished) unfinished.add(index)
  })
  const hasActivations = slices.some((slice) => slice.activation !== 0)
  return {
    length: slices.length,
    site: Int32Array.from(slices, (slice) => slice.site),
    startNs: Float64Array.from(slices, (slice) => slice.startNs),
    durationNs: Float64Array.from(slices, (slice) => slice.endNs - slice.startNs),
    depth: new Int32Array(slices.length),
    activation: hasActivations ? Int32Array.from(slices, (slice) => slice.activation) : new Int32Array(0),
    args,
    unfinished,
  }
}
