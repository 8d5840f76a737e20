import { EVENT_KIND_MASK, EVENT_KINDS, eventUnits, type DroppedRecords, type SpoolWriter } from '@tracer/spool'
import { CONTROL, EVENT_UNITS, EVENTS_LOST, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { load, store } = Atomics
const Bytes = Uint8Array
const Words = Uint32Array

/** Takes a thread's events to its spool; like a `ThreadDrain`, for the side that holds the lock. */
export class EventDrain {
  readonly #memory: ThreadMemory
  readonly #spool: SpoolWriter | undefined

  constructor(memory: ThreadMemory, spool: SpoolWriter | undefined) {
    this.#memory = memory
    this.#spool = spool
  }

  /** Takes all events, or nothing while there are only few. */
  take(which: 'all' | 'many' = 'all'): void {
    const { control } = this.#memory
    const taken = control[CONTROL.eventsTaken]
    const written = load(control, CONTROL.eventsWritten)
    const units = (written - taken) | 0
    if (units <= (which === 'all' ? 0 : FEW)) return
    if (!this.#write(taken & UNIT_MASK, units)) this.#countLost(taken, units)
    store(control, CONTROL.eventsTaken, written)
  }

  /** What was dropped, or not taken by the disk, since it was last asked. */
  takeLost(): DroppedRecords[] {
    const lost = this.#memory.eventsLost
    const spans: DroppedRecords[] = []
    for (const cell of [EVENTS_LOST.byRing, EVENTS_LOST.byDisk]) {
      const count = lost[cell]
      if (count === 0) continue
      spans[spans.length] = {
        count,
        fromTicks: lost[cell + EVENTS_LOST.from],
        toTicks: lost[cell + EVENTS_LOST.to],
      }
      lost[cell] = 0
    }
    return spans
  }

  #write(from: number, units: number): boolean {
    const { buffer, byteOffset } = this.#memory.events
    const first = units < EVENT_UNITS - from ? units : EVENT_UNITS - from
    const pieces = [
      new Bytes(buffer, byteOffset + 8 * from, 8 * first),
      new Bytes(buffer, byteOffset, 8 * (units - first)),
    ]
    try {
      this.#spool?.writeEvents(pieces)
      return this.#spool !== undefined
    } catch {
      return false
    }
  }

  #countLost(from: number, units: number): void {
    const { events, eventsLost: lost } = this.#memory
    const words = new Words(events.buffer, events.byteOffset, EVENT_UNITS * 2)
    for (let at = 0; at < units;) {
      const unit = (from + at) & UNIT_MASK
      const head = words[((unit + 1) & UNIT_MASK) << 1]
      at += eventUnits(head)
      const kind = head & EVENT_KIND_MASK
      if (kind === EVENT_KINDS.name || kind === EVENT_KINDS.spanName) continue
      if (lost[EVENTS_LOST.byDisk]++ === 0) lost[EVENTS_LOST.byDisk + EVENTS_LOST.from] = events[unit]
      lost[EVENTS_LOST.byDisk + EVENTS_LOST.to] = events[unit]
    }
  }
}

const UNIT_MASK = EVENT_UNITS - 1
/** A block of 64 KB is worth a system call. */
const FEW = EVENT_UNITS / 16
