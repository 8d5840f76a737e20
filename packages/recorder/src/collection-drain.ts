import { COLLECTION_RING } from '@tracer/clock-native/from-file'
import type { DroppedRecords, SpoolWriter } from '@tracer/spool'
import { COLLECTION_SLOTS, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { load, store } = Atomics
const Bytes = Uint8Array

/** Takes a thread's garbage collections to its spool; like an `EventDrain`, for the side that holds the lock. */
export class CollectionDrain {
  readonly #ring: Float64Array
  readonly #cells: Int32Array
  readonly #spool: SpoolWriter | undefined
  /** Collections that the disk did not take, and when they were. */
  readonly #unwritten = { count: 0, fromTicks: 0, toTicks: 0 }

  constructor({ collections, collectionCells }: ThreadMemory, spool: SpoolWriter | undefined) {
    this.#ring = collections
    this.#cells = collectionCells
    this.#spool = spool
  }

  take(): void {
    const taken = this.#cells[COLLECTION_RING.taken]
    const written = load(this.#cells, COLLECTION_RING.written)
    const count = (written - taken) | 0
    if (count === 0) return
    if (!this.#write(taken & SLOT_MASK, count)) this.#countUnwritten(taken, written, count)
    store(this.#cells, COLLECTION_RING.taken, written)
  }

  /** What had no slot, or was not taken by the disk, since it was last asked. */
  takeLost(): DroppedRecords[] {
    const spans: DroppedRecords[] = []
    const ring = this.#ring
    const { lost, lostFrom, lostTo } = COLLECTION_RING
    if (ring[lost] > 0) {
      spans[spans.length] = { count: ring[lost], fromTicks: ring[lostFrom], toTicks: ring[lostTo] }
      ring[lost] = 0
    }
    if (this.#unwritten.count > 0) {
      spans[spans.length] = { ...this.#unwritten }
      this.#unwritten.count = 0
    }
    return spans
  }

  #write(from: number, count: number): boolean {
    const first = count < COLLECTION_SLOTS - from ? count : COLLECTION_SLOTS - from
    try {
      this.#spool?.writeCollections([this.#slots(from, first), this.#slots(0, count - first)])
      return this.#spool !== undefined
    } catch {
      return false
    }
  }

  #slots(from: number, count: number): Uint8Array {
    const { buffer, byteOffset } = this.#ring
    return new Bytes(buffer, byteOffset + 8 * startOf(from), 8 * COLLECTION_RING.slotDoubles * count)
  }

  #countUnwritten(taken: number, written: number, count: number): void {
    const unwritten = this.#unwritten
    if (unwritten.count === 0) unwritten.fromTicks = this.#ring[startOf(taken & SLOT_MASK)]
    unwritten.toTicks = this.#ring[startOf((written - 1) & SLOT_MASK) + 1]
    unwritten.count += count
  }
}

/** Where a slot begins, in doubles. */
function startOf(slot: number): number {
  return COLLECTION_RING.headDoubles + COLLECTION_RING.slotDoubles * slot
}

const SLOT_MASK = COLLECTION_SLOTS - 1
