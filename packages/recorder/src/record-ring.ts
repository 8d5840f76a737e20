import { ACTIVATION_MARKER, type SiteId, type Ticks } from '@tracer/core'
import { CAUSE_MARKER } from '@tracer/spool'
import { bitsOf, raiseTime } from './shared-time.js'
import { CHUNKS, CHUNK_SLOTS, CONTROL, CURSOR, SLOT_MASK, slotOf, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { floor, imul, min } = Math
const { load, store } = Atomics

/** What a ring does with a full chunk. */
export interface ChunkTaker {
  /** A chunk was published. */
  onPublished(): void
  /** All chunks are full, and there is a record of a call that took `duration`. Whether there is room now. */
  onFull(duration: Ticks): boolean
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
  readonly #tickBits: BigInt64Array
  #limit = CHUNK_SLOTS - SLACK
  #isTurning = false
  /** While records are dropped, the position behind the last chunk's records that all of them are written to. */
  #scratch: number | undefined
  readonly #dropped: DroppedSpan[] = []
  #dropping: DroppedSpan | undefined

  constructor(memory: ThreadMemory, taker: ChunkTaker) {
    this.#site = memory.site
    this.#start = memory.start
    this.#end = memory.end
    this.#control = memory.control
    this.#memory = memory
    this.#taker = taker
    this.#tickBits = bitsOf(memory.tick)
    memory.chunkLengths[0] = CHUNK_SLOTS
  }

  /** Hot: appends one record. */
  write(site: SiteId, start: Ticks, end: Ticks): void {
    const position = this.#control[CURSOR]
    const slot = position & SLOT_MASK
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    if ((this.#control[CURSOR] = position + 1) >= this.#limit) this.#turn()
  }

  /** Appends run number `run` (from 0) of an activation (from 1; below 0 when no run has to follow). */
  writeRun(site: SiteId, start: Ticks, end: Ticks, activation: number, run: number): void {
    const position = this.#control[CURSOR]
    const slot = position & SLOT_MASK
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    this.#site[slot + 1] = ACTIVATION_MARKER
    this.#start[slot + 1] = activation
    this.#end[slot + 1] = run
    if ((this.#control[CURSOR] = position + 2) >= this.#limit) this.#turn()
  }

  /** Appends a run with what it was called back for; an `activation` of 0 is none, and so is a `kind` of 0. */
  writeCaused(
    site: number,
    start: Ticks,
    end: Ticks,
    activation: number,
    run: number,
    made: Ticks,
    kind: number,
  ): void {
    const position = this.#control[CURSOR]
    let slot = position & SLOT_MASK
    let next = position + 1
    this.#site[slot] = site
    this.#start[slot] = start
    this.#end[slot] = end
    if (activation !== 0) {
      slot++
      next++
      this.#site[slot] = ACTIVATION_MARKER
      this.#start[slot] = activation
      this.#end[slot] = run
    }
    if (kind !== 0) {
      slot++
      next++
      this.#site[slot] = CAUSE_MARKER
      this.#start[slot] = made
      this.#end[slot] = kind
    }
    if ((this.#control[CURSOR] = next) >= this.#limit) this.#turn()
  }

  /** End of the last record before a position that is `back` before the next one; undefined when that is too long ago. */
  endBefore(back: number): Ticks | undefined {
    if (back >= REMEMBERED) return undefined
    const { chunkLengths } = this.#memory
    let position = this.#control[CURSOR] - back - 1
    const slot = slotOf(position)
    const unused = (slot % CHUNK_SLOTS) - chunkLengths[floor(slot / CHUNK_SLOTS)] + 1
    // Behind the records of a chunk that is full.
    if (unused > 0 && unused <= SLACK) position -= unused
    // Sites are from 1.
    while (this.#site[slotOf(position)] < 0) position--
    return this.#end[slotOf(position)]
  }

  /** Whether it is time to wake the recorder, which otherwise comes by itself. */
  get isHalfFull(): boolean {
    return this.#waitingChunks >= CHUNKS / 2
  }

  /** The spans in which records were dropped; forgets them. */
  takeDropped(): DroppedSpan[] {
    this.#endSpan()
    return this.#dropped.splice(0)
  }

  /** Cold: a chunk is full, or a record has been written while there was no room. */
  #turn(): void {
    const scratch = this.#scratch
    // Draining may call traced functions, such as a program's replacement of a built-in.
    if (this.#isTurning) {
      if (scratch !== undefined) this.#drop(scratch)
      return
    }
    this.#isTurning = true
    try {
      if (scratch === undefined) this.#publish()
      const slot = slotOf(scratch ?? this.#control[CURSOR] - 1)
      const hasRoom =
        this.#waitingChunks < CHUNKS || this.#isTaken(() => this.#taker.onFull(this.#end[slot] - this.#start[slot]))
      if (hasRoom) this.#moveOn(scratch)
      else if (scratch !== undefined) this.#drop(scratch)
    } finally {
      // Also for want of stack, of which there is more at another time.
      this.#isTurning = false
    }
  }

  #publish(): void {
    const published = this.#control[CONTROL.published]
    const position = this.#control[CURSOR]
    this.#memory.chunkLengths[published % CHUNKS] = slotOf(position) % CHUNK_SLOTS
    // What is recorded while the chunk is handed over is dropped, and so counted.
    this.#scratch = position
    this.#limit = position + 1
    store(this.#control, CONTROL.published, published + 1)
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

  get #waitingChunks(): number {
    return this.#control[CONTROL.published] - load(this.#control, CONTROL.taken)
  }

  /** Goes on in the next chunk, with the record that was written to `scratch` meanwhile: it may be a long one. */
  #moveOn(scratch: number | undefined): void {
    const waiting = scratch === undefined ? 0 : this.#control[CURSOR] - scratch
    // As an Int32: after two thousand million records positions go on from below.
    const first = imul(this.#control[CONTROL.published], CHUNK_SLOTS)
    this.#memory.chunkLengths[this.#control[CONTROL.published] % CHUNKS] = CHUNK_SLOTS
    for (let i = 0; i < waiting; i++) this.#copy(slotOf((scratch ?? 0) + i), slotOf(first + i))
    this.#control[CURSOR] = first + waiting
    this.#limit = first + CHUNK_SLOTS - SLACK
    this.#scratch = undefined
    // For the tick clock, which counts slots anew from here: the time does not go back.
    raiseTime(this.#tickBits, this.#memory.tick[0] + CHUNK_SLOTS)
    this.#endSpan()
  }

  #copy(from: number, to: number): void {
    this.#site[to] = this.#site[from]
    this.#start[to] = this.#start[from]
    this.#end[to] = this.#end[from]
  }

  /** A dropped record becomes an unrecorded call of its site, or a later run of one, of known length. */
  #drop(scratch: number): void {
    const slot = slotOf(scratch)
    const isRun = this.#control[CURSOR] > scratch + 1 && this.#site[slot + 1] === ACTIVATION_MARKER
    this.#control[CURSOR] = scratch
    const site = this.#site[slot]
    const start = this.#start[slot]
    const end = this.#end[slot]
    if (isRun && this.#end[slot + 1] > 0) this.#memory.laterRuns[site]++
    else this.#memory.calls[site]++
    this.#memory.spentTicks[site] += end - start
    this.#dropping = {
      count: (this.#dropping?.count ?? 0) + 1,
      fromTicks: min(this.#dropping?.fromTicks ?? Infinity, start),
      toTicks: end,
    }
  }

  #endSpan(): void {
    if (this.#dropping !== undefined) this.#dropped[this.#dropped.length] = this.#dropping
    this.#dropping = undefined
  }
}

/**
 * Slots of a chunk that are not used: a turn that fails for want of stack comes again with the next
 * record, and what is dropped is written to one of them.
 */
const SLACK = 64

/** Positions before the cursor whose records are still in the ring. */
const REMEMBERED = (CHUNKS - 1) * CHUNK_SLOTS
