import type { Nanoseconds, ThreadIndex, Ticks, TraceBuilder } from '@tracer/core'
import type { RecordingGaps } from './recording-gaps.js'
import type { ThreadClock } from './thread-clock.js'

/** How a thread comes to know of garbage collections: all of them from V8, or what Node.js tells at turns of its event loop. */
export type CollectionSource = 'v8' | 'observer'

/** Numbers of each collection in a COLLECTIONS block. */
export const COLLECTION_NUMBERS = 5

/** V8 tells the flags of a collection and its type in one number. */
export const COLLECTION_FLAG_STEP = 256

/** One garbage collection of a thread's heap. */
export interface Collection {
  readonly start: Ticks
  readonly end: Ticks
  /** V8's `GCType`. */
  readonly type: number
  /** V8's `GCCallbackFlags`. */
  readonly flags: number
  /** Bytes of the heap that were in use; NaN where nobody knows. */
  readonly usedBefore: number
  readonly usedAfter: number
}

/** The collections of a block's payload: start, end, type and flags, bytes in use before and after. */
export function* readCollections(payload: ArrayBuffer): Generator<Collection> {
  const numbers = new Float64Array(payload, 0, Math.floor(payload.byteLength / Float64Array.BYTES_PER_ELEMENT))
  for (let at = 0; at + COLLECTION_NUMBERS <= numbers.length; at += COLLECTION_NUMBERS) {
    const [start, end, typeAndFlags, usedBefore, usedAfter] = numbers.subarray(at, at + COLLECTION_NUMBERS)
    const type = typeAndFlags % COLLECTION_FLAG_STEP
    yield { start, end, type, flags: (typeAndFlags - type) / COLLECTION_FLAG_STEP, usedBefore, usedAfter }
  }
}

/** The garbage collections of a thread, as a track and a counter of what of the heap is in use. */
export class Collections {
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #clock: ThreadClock
  readonly #gaps: RecordingGaps
  readonly #found: PlacedCollection[] = []

  constructor(builder: TraceBuilder, thread: ThreadIndex, clock: ThreadClock, gaps: RecordingGaps) {
    this.#builder = builder
    this.#thread = thread
    this.#clock = clock
    this.#gaps = gaps
  }

  add(collections: Iterable<Collection>): void {
    for (const { start, end, ...rest } of collections) {
      const endTicks = this.#gaps.cut(start, end)
      // It began while nothing was recorded.
      if (endTicks === start && end > start) continue
      const startNs = this.#clock.startNs(start, endTicks)
      const endNs = Math.max(startNs, this.#clock.toNs(endTicks))
      this.#found.push({ ...rest, startNs, endNs, isCut: endTicks !== end })
    }
  }

  /** What ended before the thread's first slice began, `fromNs`, was garbage of the loader's. */
  tell(fromNs: Nanoseconds): void {
    const own = this.#found.filter(({ endNs }) => endNs >= fromNs)
    for (const { startNs, endNs, type, isCut, ...facts } of own) {
      const site = this.#builder.addSite({ kind: 'collection', name: nameOf(type), file: '', line: 0, column: 0 })
      this.#builder.addAsyncSlice(this.#thread, site, startNs, endNs, argsOf(facts), isCut, TRACK_NAME)
    }
    let last = NaN
    for (const { timeNs, bytes } of samplesOf(own)) {
      if (bytes !== last) this.#builder.addSample(this.#thread, 'used heap', 'MB', timeNs, bytes / BYTES_PER_MB)
      last = bytes
    }
  }
}

interface PlacedCollection extends Omit<Collection, 'start' | 'end'> {
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
  /** Recording was stopped meanwhile. */
  readonly isCut: boolean
}

/** Collections may lie in one another, and are told in the order of their ends. */
function samplesOf(
  collections: readonly PlacedCollection[],
): { readonly timeNs: Nanoseconds; readonly bytes: number }[] {
  return collections
    .flatMap(({ startNs, endNs, usedBefore, usedAfter, isCut }) => [
      { timeNs: startNs, bytes: usedBefore },
      { timeNs: endNs, bytes: isCut ? NaN : usedAfter },
    ])
    .filter(({ bytes }) => !Number.isNaN(bytes))
    .sort((a, b) => a.timeNs - b.timeNs)
}

function nameOf(type: number): string {
  return NAMES[type] ?? 'collection'
}

function argsOf({
  flags,
  usedBefore,
  usedAfter,
}: Pick<Collection, 'flags' | 'usedBefore' | 'usedAfter'>): string | undefined {
  const args = {
    ...((flags & FORCED) !== 0 && { forced: true }),
    ...(!Number.isNaN(usedBefore) && { usedBytesBefore: usedBefore, usedBytesAfter: usedAfter }),
  }
  return Object.keys(args).length === 0 ? undefined : JSON.stringify(args)
}

const TRACK_NAME = 'Garbage collection'

/** By V8's type. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'minor collection',
  // By another algorithm, which Node.js has not switched on.
  2: 'minor collection',
  4: 'major collection',
  8: 'incremental marking',
  16: 'weak callbacks',
}

/** The program, or a tool, has asked for it. */
const FORCED = 4
const BYTES_PER_MB = 1e6
