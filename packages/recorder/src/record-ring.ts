import { ACTIVATION_MARKER, type SiteId, type Ticks } from '@tracer/core'
import { raiseTime } from './shared-time.js'
import { CHUNKS, CHUNK_SLOTS, CONTROL, type ThreadMemory } from './thread-memory.js'

/** What a ring does with a full chunk. */
export interface ChunkTaker {
  /** A chunk was published. */
  onPublished(): void
  /** All chunks are full. Whether there is room now; without, records are dropped and counted. */
  onFull(): boolean
}

/** Records that were dropped, and the time over which they began and ended. */
export interface DroppedSpan {
  readonly count: number
  readonly fromTicks: Ticks
  readonly toTicks: Ticks
}

/**
 * The writing end of a thread's records. They stand in the order in which their slices *ended*:
 * children before their parent.
 */
export class RecordRing {
  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #end: Float64Array
  readonly #control: Int32Array
  readonly #memory: ThreadMemory
  readonly #taker: ChunkTaker
  #limit = CHUNK_SLOTS - SLACK
  #isTurning = false
  readonly #dropped: DroppedSpan[] = []
  #dropping: DroppedSpan | undefined

  constructor(memory: ThreadMemory, taker: ChunkTaker) {
    this.#site = memory.site
    this.#start = memory.start
    this.#end = memory.end
    this.#control = memory.control
    this.#memory = memory
    this.#taker = taker
  }

  /** Hot: appends one record. */
  write(site: SiteId, start: Ticks, end: Ticks): void {
    const slot = this.#control[CONTROL.cursor]
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    if ((this.#control[CONTROL.cursor] = slot + 1) >= this.#limit) this.#turn()
  }

  /** Appends run number `run` (from 0) of an activation (from 1). */
  writeRun(site: SiteId, start: Ticks, end: Ticks, activation: number, run: number): void {
    const slot = this.#control[CONTROL.cursor]
    const marker = slot + 1
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    this.#site[marker] = ACTIVATION_MARKER
    this.#start[marker] = activation
    this.#end[marker] = run
    if ((this.#control[CONTROL.cursor] = marker + 1) >= this.#limit) this.#turn()
  }

  /** The spans in which records were dropped; forgets them. */
  takeDropped(): DroppedSpan[] {
    this.#endSpan()
    return this.#dropped.splice(0)
  }

  /** Cold: a chunk is full, or a record was dropped. */
  #turn(): void {
    const isDropping = this.#limit > SCRATCH
    if (isDropping) this.#drop()
    // Draining may call traced functions, such as a program's replacement of a built-in.
    if (this.#isTurning) {
      if (!isDropping) this.#startDropping()
      return
    }
    this.#isTurning = true
    try {
      if (!isDropping) this.#publish()
      if (this.#hasRoom() || this.#isTaken(() => this.#taker.onFull())) this.#moveOn()
    } finally {
      // Also for want of stack, of which there is more at another time.
      this.#isTurning = false
    }
  }

  #publish(): void {
    const published = this.#control[CONTROL.published]
    const chunk = published % CHUNKS
    this.#memory.chunkLengths[chunk] = this.#control[CONTROL.cursor] - chunk * CHUNK_SLOTS
    // What drains of itself while it is handed over is dropped, and so counted.
    this.#startDropping()
    // For the tick clock, which counts slots anew from here: the time does not go back.
    raiseTime(this.#memory.tick, this.#memory.tick[0] + CHUNK_SLOTS)
    Atomics.store(this.#control, CONTROL.published, published + 1)
    this.#isTaken(() => {
      this.#taker.onPublished()
      return true
    })
  }

  /** An error, of which there is one for want of stack, goes no further: the program would have had room. */
  #isTaken(take: () => boolean): boolean {
    try {
      return take()
    } catch {
      return false
    }
  }

  #hasRoom(): boolean {
    return this.#control[CONTROL.published] - Atomics.load(this.#control, CONTROL.taken) < CHUNKS
  }

  #moveOn(): void {
    const first = (this.#control[CONTROL.published] % CHUNKS) * CHUNK_SLOTS
    this.#control[CONTROL.cursor] = first
    this.#limit = first + CHUNK_SLOTS - SLACK
    this.#endSpan()
  }

  #startDropping(): void {
    this.#control[CONTROL.cursor] = SCRATCH
    this.#limit = SCRATCH + 1
  }

  /** A dropped record becomes an unrecorded call of its site, of known length. */
  #drop(): void {
    const site = this.#site[SCRATCH]
    const start = this.#start[SCRATCH]
    const end = this.#end[SCRATCH]
    const isLaterRun = this.#site[SCRATCH + 1] === ACTIVATION_MARKER && this.#end[SCRATCH + 1] > 0
    this.#site[SCRATCH + 1] = 0
    this.#control[CONTROL.cursor] = SCRATCH
    if (!isLaterRun) this.#memory.calls[site]++
    this.#memory.spentTicks[site] += end - start
    this.#dropping = {
      count: (this.#dropping?.count ?? 0) + 1,
      fromTicks: Math.min(this.#dropping?.fromTicks ?? Infinity, start),
      toTicks: end,
    }
  }

  #endSpan(): void {
    if (this.#dropping !== undefined) this.#dropped.push(this.#dropping)
    this.#dropping = undefined
  }
}

/** A turn that fails for want of stack comes again with the next record, so a chunk needs room beyond its limit. */
const SLACK = 64

/** The slots behind all chunks. */
const SCRATCH = CHUNKS * CHUNK_SLOTS
