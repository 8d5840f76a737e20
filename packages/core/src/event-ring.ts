import type { SiteId } from './site.js'
import type { Ticks } from './units.js'

/**
 * The buffer that probes write to: three columns in shared memory, 20 bytes a record, one writer.
 *
 * ```
 * slot      0     1     2   ...          chunk 0 | chunk 1 | ... | chunk n-1 (may be shorter)
 * site    Int32   |     |                what there is room for is looked at when a chunk is full
 * start   Float64 |     |
 * end     Float64 |     |
 * head    Int32   [cursor]               the slot to write next: plain stores, so that another
 *                                        thread can salvage the last chunk of a dead one
 * ```
 *
 * Records stand in the order in which their slices *ended*: children before their parent.
 */
export class EventRing {
  /** Number of records it holds. */
  readonly capacity: number
  /** Records of a chunk; the last chunk is shorter when the capacity is no multiple of it. */
  readonly chunkLength: number

  readonly #siteBuffer: ArrayBuffer | SharedArrayBuffer
  readonly #startBuffer: ArrayBuffer | SharedArrayBuffer
  readonly #endBuffer: ArrayBuffer | SharedArrayBuffer
  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #end: Float64Array
  readonly #head: Int32Array
  readonly #onFull: FullPolicy
  /** The slots of the current chunk: from `first` up to, not including, `limit`. */
  #first = 0
  #limit = 0
  /** Records of all chunks that were completed, since the last clear. */
  #completed = 0
  /** Records of earlier chunks that were overwritten, without markers. */
  #overwritten = 0
  /** Slots of the current chunk that held a marker when the writer came to it, ascending. */
  readonly #markers: number[] = []
  #refused: RefusedSpan | undefined

  constructor(options: EventRingOptions) {
    this.capacity = Math.max(1, Math.ceil(options.capacity))
    this.chunkLength = Math.min(this.capacity, Math.max(1, options.chunkLength ?? DEFAULT_CHUNK_LENGTH))
    // One more slot than the capacity: where refused records are written and forgotten.
    const slots = this.capacity + 1
    this.#siteBuffer = allocate(slots * Int32Array.BYTES_PER_ELEMENT)
    this.#startBuffer = allocate(slots * Float64Array.BYTES_PER_ELEMENT)
    this.#endBuffer = allocate(slots * Float64Array.BYTES_PER_ELEMENT)
    this.#site = new Int32Array(this.#siteBuffer)
    this.#start = new Float64Array(this.#startBuffer)
    this.#end = new Float64Array(this.#endBuffer)
    this.#head = new Int32Array(allocate(Int32Array.BYTES_PER_ELEMENT))
    this.#onFull = options.onFull
    this.#moveTo(0)
  }

  /** Hot: appends one record. For an instant `end` equals `start`; for a counter it is the value. */
  write(site: SiteId, start: Ticks, end: Ticks): void {
    const slot = this.#head[CURSOR]
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    if ((this.#head[CURSOR] = slot + 1) >= this.#limit) this.#turn()
  }

  /** Hot: says that the record just written was run number `run` (from 0) of an activation. */
  writeActivation(activation: number, run: number): void {
    const slot = this.#head[CURSOR]
    this.#site[slot] = ACTIVATION_MARKER
    this.#start[slot] = activation
    this.#end[slot] = run
    if ((this.#head[CURSOR] = slot + 1) >= this.#limit) this.#turn()
  }

  /** Sequence number, from 0, that the next accepted record will have since the last clear. */
  get sequence(): number {
    return this.#isRefusing ? this.#completed : this.#completed + this.#head[CURSOR] - this.#first
  }

  /** Sequence number of the oldest record that is still held; equals `sequence` when there is none. */
  get oldest(): number {
    switch (this.#onFull.kind) {
      case 'overwrite':
        return Math.max(0, this.sequence - this.capacity)
      case 'refuse':
        return 0
    }
  }

  /**
   * Records lost since the last clear: overwritten or refused, without markers of activations.
   */
  get dropped(): number {
    return this.#overwritten + this.#overwrittenOfChunk + (this.#refused?.count ?? 0)
  }

  /** Where refused records would have lain; undefined when none was refused. */
  get refused(): RefusedSpan | undefined {
    return this.#refused
  }

  /** Copies what the ring holds, oldest first. */
  read(): Records {
    const oldest = this.#oldestReadable
    const from = oldest % this.capacity
    const count = this.sequence - oldest
    const records: Records = {
      length: count,
      site: new Int32Array(count),
      start: new Float64Array(count),
      end: new Float64Array(count),
      firstSequence: oldest,
    }
    const untilWrap = Math.min(count, this.capacity - from)
    copyRecords(this.#view(from, from + untilWrap), records, 0)
    copyRecords(this.#view(0, count - untilWrap), records, untilWrap)
    return records
  }

  /** Forgets all records and counts. */
  clear(): void {
    this.#completed = 0
    this.#overwritten = 0
    this.#refused = undefined
    this.#moveTo(0)
  }

  get #isRefusing(): boolean {
    return this.#limit > this.capacity
  }

  get #isOverwriting(): boolean {
    return this.#onFull.kind === 'overwrite' && this.#completed >= this.capacity
  }

  /** Records that the current chunk held from the lap before and that are gone, without markers. */
  get #overwrittenOfChunk(): number {
    if (!this.#isOverwriting) return 0
    const cursor = this.#head[CURSOR]
    let markers = 0
    while (markers < this.#markers.length && this.#markers[markers] < cursor) markers++
    return cursor - this.#first - markers
  }

  /** The oldest record, unless it is a marker whose record was overwritten. */
  get #oldestReadable(): number {
    const { oldest } = this
    if (!this.#isOverwriting || oldest === 0) return oldest
    return this.#site[oldest % this.capacity] === ACTIVATION_MARKER ? oldest + 1 : oldest
  }

  /** Cold: a chunk is full, or a record was refused. */
  #turn(): void {
    if (this.#isRefusing) {
      this.#refuse()
      return
    }
    switch (this.#onFull.kind) {
      case 'overwrite':
        this.#overwritten += this.#overwrittenOfChunk
        this.#completed += this.#limit - this.#first
        this.#moveTo(this.#limit === this.capacity ? 0 : this.#limit)
        this.#findMarkers()
        return
      case 'refuse':
        this.#completed += this.#limit - this.#first
        if (this.#limit === this.capacity) this.#startRefusing()
        else this.#moveTo(this.#limit)
        return
    }
  }

  #moveTo(slot: number): void {
    this.#head[CURSOR] = slot
    this.#first = slot
    this.#limit = Math.min(slot + this.chunkLength, this.capacity)
  }

  #startRefusing(): void {
    this.#head[CURSOR] = this.capacity
    this.#first = this.capacity
    this.#limit = this.capacity + 1
  }

  /** So that markers are not counted as records when the chunk is overwritten. */
  #findMarkers(): void {
    this.#markers.length = 0
    if (!this.#isOverwriting) return
    for (let slot = this.#first; slot < this.#limit; slot++) {
      if (this.#site[slot] === ACTIVATION_MARKER) this.#markers.push(slot)
    }
  }

  #refuse(): void {
    this.#head[CURSOR] = this.capacity
    if (this.#site[this.capacity] !== ACTIVATION_MARKER) {
      this.#countRefused(this.#start[this.capacity])
    } else if (this.#refused === undefined) {
      // It describes the last record that was accepted; without it that run would pass for a call.
      this.#completed--
      this.#countRefused(this.#start[this.capacity - 1])
    }
  }

  #countRefused(start: Ticks): void {
    const refused = this.#refused
    this.#refused = {
      count: (refused?.count ?? 0) + 1,
      firstStart: refused === undefined ? start : Math.min(refused.firstStart, start),
      lastStart: refused === undefined ? start : Math.max(refused.lastStart, start),
    }
  }

  #view(from: number, to: number): RecordColumns {
    return {
      length: to - from,
      site: new Int32(this.#siteBuffer, from * Int32.BYTES_PER_ELEMENT, to - from),
      start: new Float64(this.#startBuffer, from * Float64.BYTES_PER_ELEMENT, to - from),
      end: new Float64(this.#endBuffer, from * Float64.BYTES_PER_ELEMENT, to - from),
    }
  }
}

/** How large a ring is and what it does when it is full. */
export interface EventRingOptions {
  /** Records to hold, from 1. */
  readonly capacity: number
  /** Records between two looks at what there is room for. */
  readonly chunkLength?: number
  readonly onFull: FullPolicy
}

/** What happens when there is no room. */
export type FullPolicy =
  /** The oldest record makes room: the last `capacity` records stay. */
  | { readonly kind: 'overwrite' }
  /** New records are counted and forgotten: the first records stay. */
  | { readonly kind: 'refuse' }

/** Records as columns of equal length, in the order in which their slices ended. */
export interface RecordColumns {
  readonly length: number
  readonly site: Int32Array
  readonly start: Float64Array
  readonly end: Float64Array
}

/** A copy of what a ring holds. */
export interface Records extends RecordColumns {
  /** Sequence number of the first record. */
  readonly firstSequence: number
}

/** Records that were refused, and the time over which they began. */
export interface RefusedSpan {
  readonly count: number
  readonly firstStart: Ticks
  readonly lastStart: Ticks
}

/**
 * Stands in the site column of a record that says more about the record before it: that slice
 * is a run of the activation whose id (from 1) is in `start`; `end` is the number of the run,
 * from 0. Calls that never suspend do without.
 */
export const ACTIVATION_MARKER = -1

/** Large enough that looking is rare. */
const DEFAULT_CHUNK_LENGTH = 16_384

const CURSOR = 0

// Taken now, and no method of an array is used: a traced program may put others in their place.
const Int32 = Int32Array
const Float64 = Float64Array

/** Browsers give shared memory only to pages that are isolated from other origins. */
function allocate(bytes: number): ArrayBuffer | SharedArrayBuffer {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)
}

function copyRecords(from: RecordColumns, to: RecordColumns, at: number): void {
  to.site.set(from.site, at)
  to.start.set(from.start, at)
  to.end.set(from.end, at)
}
