import { ACTIVATION_MARKER, type RecordColumns } from '@tracer/core'
import type { DroppedRecords, SpoolWriter } from '@tracer/spool'
import { CHUNKS, CHUNK_SLOTS, CONTROL, type ThreadMemory } from './thread-memory.js'

/**
 * Takes a thread's records to its spool. There is one on either side, in the thread and in the
 * recorder; the one whose side holds the lock may be used.
 */
export class ThreadDrain {
  readonly #memory: ThreadMemory
  readonly #spool: SpoolWriter | undefined
  readonly #observe: ((records: RecordColumns) => void) | undefined

  /** `observe` sees all records that are taken. Without a spool they are counted as lost. */
  constructor(memory: ThreadMemory, spool: SpoolWriter | undefined, observe?: (records: RecordColumns) => void) {
    this.#memory = memory
    this.#spool = spool
    this.#observe = observe
  }

  /** Takes the chunks that are full. */
  takePublished(): void {
    const { control, chunkLengths } = this.#memory
    const published = Atomics.load(control, CONTROL.published)
    for (let taken = Atomics.load(control, CONTROL.taken); taken < published; taken++) {
      const chunk = taken % CHUNKS
      this.#take(chunk, chunkLengths[chunk])
      control[CONTROL.takenSlots] = 0
      Atomics.store(control, CONTROL.taken, taken + 1)
    }
  }

  /**
   * Takes what the thread has written of its current chunk up to the position `cursor`, and everything
   * before. The thread goes on at its cursor.
   */
  takeUpTo(cursor: number): void {
    this.takePublished()
    this.takeCurrent(Atomics.load(this.#memory.control, CONTROL.published), cursor)
  }

  /** Takes slots of the chunk after `published` others; nothing when the thread has gone on to another one. */
  takeCurrent(published: number, cursor: number): void {
    const { control } = this.#memory
    if (Atomics.load(control, CONTROL.taken) !== published) return
    const slots = cursor - Math.imul(published, CHUNK_SLOTS)
    // While records are dropped the cursor stays behind the last chunk.
    if (slots <= control[CONTROL.takenSlots] || slots >= CHUNK_SLOTS) return
    this.#take(published % CHUNKS, slots)
    control[CONTROL.takenSlots] = slots
  }

  /** What was not taken by the disk since it was last asked. */
  takeLost(): DroppedRecords[] {
    const { lost } = this.#memory
    if (lost[LOST.count] === 0) return []
    const span = { count: lost[LOST.count], fromTicks: lost[LOST.fromTicks], toTicks: lost[LOST.toTicks] }
    lost.fill(0)
    return [span]
  }

  #take(chunk: number, slots: number): void {
    const { site, start, end, control } = this.#memory
    const from = chunk * CHUNK_SLOTS + control[CONTROL.takenSlots]
    const to = chunk * CHUNK_SLOTS + slots
    if (to <= from) return
    const records = {
      length: to - from,
      site: site.subarray(from, to),
      start: start.subarray(from, to),
      end: end.subarray(from, to),
    }
    this.#observe?.(records)
    if (!this.#write(records)) this.#countLost(records)
  }

  #write(records: RecordColumns): boolean {
    try {
      this.#spool?.writeRecords(records)
      return this.#spool !== undefined
    } catch {
      return false
    }
  }

  /** What the disk does not take becomes unrecorded calls of known length. */
  #countLost({ length, site, start, end }: RecordColumns): void {
    const { lostCalls, lostLaterRuns, lostTicks, lost } = this.#memory
    for (let i = 0; i < length; i++) {
      // Sites are from 1.
      if (site[i] < 0) continue
      const isLaterRun = i + 1 < length && site[i + 1] === ACTIVATION_MARKER && end[i + 1] > 0
      if (isLaterRun) lostLaterRuns[site[i]]++
      else lostCalls[site[i]]++
      lostTicks[site[i]] += end[i] - start[i]
      if (lost[LOST.count]++ === 0) lost[LOST.fromTicks] = start[i]
      lost[LOST.toTicks] = end[i]
    }
  }
}

/** Cells of `ThreadMemory.lost`. */
const LOST = { count: 0, fromTicks: 1, toTicks: 2 } as const
