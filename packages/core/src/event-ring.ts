import type { SiteId } from './site.js'
import type { Ticks } from './units.js'

/**
 * The buffer that probes write to: three columns in shared memory, 20 bytes a record, one writer.
 *
 * ```
 * slot      0     1     2   ...          chunk 0 | chunk 1 | ... | chunk n-1
 * site    Int32   |     |                a chunk is handed over whole, when it is full,
 * start   Float64 |     |                so a record costs no atomic operation
 * end     Float64 |     |
 * head    Int32   [cursor]               the slot to write next: plain stores, so that another
 *                                        thread can salvage the last chunk of a dead one
 * ```
 *
 * Records stand in the order in which their slices *ended*: children before their parent.
 */
export class EventRing {
  /** Number of records it holds: a whole number of chunks. */
  readonly capacity: number
  readonly chunkLength: number

  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #end: Float64Array
  readonly #head: Int32Array
  readonly #onFull: FullPolicy
  /** The slot at which the current chunk ends. */
  #limit: number
  /** Records of all chunks that were completed, since the last clear. */
  #completed = 0
  /** Where the oldest record that is still held stands, as a sequence number. */
  #oldest = 0
  #overwritten = 0
  #refused: RefusedSpan | undefined

  constructor(options: EventRingOptions) {
    const chunkLength = Math.min(options.chunkLength ?? DEFAULT_CHUNK_LENGTH, Math.max(1, options.capacity))
    const chunks = Math.max(1, Math.ceil(options.capacity / chunkLength))
    this.chunkLength = chunkLength
    this.capacity = chunks * chunkLength
    // One more slot than the capacity: where refused records are written and forgotten.
    const slots = this.capacity + 1
    this.#site = new Int32Array(new SharedArrayBuffer(slots * Int32Array.BYTES_PER_ELEMENT))
    this.#start = new Float64Array(new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT))
    this.#end = new Float64Array(new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT))
    this.#head = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    this.#onFull = options.onFull
    this.#limit = chunkLength
  }

  /** Hot: appends one record. For an instant `end` equals `start`; for a counter it is the value. */
  write(site: SiteId, start: Ticks, end: Ticks): void {
    const slot = this.#head[CURSOR]
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    if ((this.#head[CURSOR] = slot + 1) === this.#limit) this.#turn()
  }

  /** Sequence number, from 0, that the next accepted record will have since the last clear. */
  get sequence(): number {
    if (this.#isRefusing) return this.#completed
    return this.#completed + this.#head[CURSOR] - (this.#limit - this.chunkLength)
  }

  /** Records lost since the last clear, overwritten or refused; markers of activations not counted. */
  get dropped(): number {
    return this.#overwritten + (this.#refused?.count ?? 0)
  }

  /** Where refused records would have lain; undefined when none was refused. */
  get refused(): RefusedSpan | undefined {
    return this.#refused
  }

  /** Hot: says that the record just written was run number `run` (from 0) of an activation. */
  writeActivation(activation: number, run: number): void {
    const slot = this.#head[CURSOR]
    this.#site[slot] = ACTIVATION_MARKER
    this.#start[slot] = activation
    this.#end[slot] = run
    if ((this.#head[CURSOR] = slot + 1) === this.#limit) this.#turn()
  }

  /** Hands the records of the current, partly filled chunk to a {@link FullPolicy} of kind `drain`. */
  flush(): void {
    if (this.#onFull.kind !== 'drain') return
    const first = this.#limit - this.chunkLength
    const cursor = this.#head[CURSOR]
    if (cursor === first) return
    this.#completed += cursor - first
    this.#onFull.drain(this.#view(first, cursor))
    this.#head[CURSOR] = first
  }

  /** Copies what the ring holds, oldest first. */
  read(): Records {
    const count = this.sequence - this.#oldest
    const records: Records = {
      length: count,
      site: new Int32Array(count),
      start: new Float64Array(count),
      end: new Float64Array(count),
      firstSequence: this.#oldest,
    }
    const from = this.#oldest % this.capacity
    const untilWrap = Math.min(count, this.capacity - from)
    copyRecords(this.#view(from, from + untilWrap), records, 0)
    copyRecords(this.#view(0, count - untilWrap), records, untilWrap)
    return records
  }

  /** Forgets all records and counts. */
  clear(): void {
    this.#head[CURSOR] = 0
    this.#limit = this.chunkLength
    this.#completed = 0
    this.#oldest = 0
    this.#overwritten = 0
    this.#refused = undefined
  }

  get #isRefusing(): boolean {
    return this.#limit > this.capacity
  }

  /** Cold: a chunk is full, or a record was refused. */
  #turn(): void {
    if (this.#isRefusing) {
      this.#refuse()
      return
    }
    const end = this.#limit
    this.#completed += this.chunkLength
    switch (this.#onFull.kind) {
      case 'drain':
        this.#onFull.drain(this.#view(end - this.chunkLength, end))
        this.#head[CURSOR] = end - this.chunkLength
        return
      case 'overwrite':
        this.#moveTo(end === this.capacity ? 0 : end)
        this.#overwriteChunk()
        return
      case 'refuse':
        if (end < this.capacity) this.#moveTo(end)
        else {
          this.#head[CURSOR] = this.capacity
          this.#limit = this.capacity + 1
        }
        return
    }
  }

  #moveTo(slot: number): void {
    this.#head[CURSOR] = slot
    this.#limit = slot + this.chunkLength
  }

  /** Gives up the records that the chunk at the cursor still holds from the lap before. */
  #overwriteChunk(): void {
    if (this.#completed < this.capacity) return
    this.#oldest = this.#completed + this.chunkLength - this.capacity
    for (let slot = this.#limit - this.chunkLength; slot < this.#limit; slot++) {
      if (this.#site[slot] !== ACTIVATION_MARKER) this.#overwritten++
    }
  }

  #refuse(): void {
    this.#head[CURSOR] = this.capacity
    if (this.#site[this.capacity] === ACTIVATION_MARKER) return
    const start = this.#start[this.capacity]
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
      site: this.#site.subarray(from, to),
      start: this.#start.subarray(from, to),
      end: this.#end.subarray(from, to),
    }
  }
}

/** How large a ring is and what it does when it is full. */
export interface EventRingOptions {
  /** Records to hold, from 1; rounded up to whole chunks. */
  readonly capacity: number
  /** Records handed over at once. */
  readonly chunkLength?: number
  readonly onFull: FullPolicy
}

/** What happens when there is no room. */
export type FullPolicy =
  /** Each chunk is handed over as soon as it is full; the views are valid during the call only. */
  | { readonly kind: 'drain'; readonly drain: (records: RecordColumns) => void }
  /** The oldest chunk makes room: the last records stay. */
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

/** 320 KB a chunk: small enough to stay in a core's second-level cache, large enough that handing over is rare. */
const DEFAULT_CHUNK_LENGTH = 16_384

const CURSOR = 0

function copyRecords(from: RecordColumns, to: RecordColumns, at: number): void {
  to.site.set(from.site, at)
  to.start.set(from.start, at)
  to.end.set(from.end, at)
}
