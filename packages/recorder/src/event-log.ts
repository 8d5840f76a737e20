import type { Ticks } from '@tracer/core'
import {
  CALLBACK_STEP,
  CALLBACKS,
  type Callback,
  EVENT_HEAD_UNITS,
  EVENT_KINDS,
  EVENT_LENGTH_SHIFT,
  EVENT_TEXT_LIMIT,
  EVENT_WIDE,
} from '@tracer/spool'
import { CONTROL, EVENT_UNITS, EVENTS_LOST, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { load, store } = Atomics
const method = Reflect.get(String.prototype, 'charCodeAt') as () => number
const charCodeAt = Function.prototype.call.bind(method) as (text: string, index: number) => number
const Bytes = Uint8Array
const Codes = Uint16Array
const Words = Int32Array

declare const nameIdBrand: unique symbol

/** Stands for a name on one thread; from 1. */
export type NameId = number & { readonly [nameIdBrand]: 'NameId' }

/** What the spans of a name have in common. */
export interface SpanKind {
  /** Name of the async track that they lie on. */
  readonly track: NameId
  /** Arguments that they begin with. */
  readonly args?: string
  /** Which call of the thread, at the bottom of its stack, is an effect of such a span; none by default. */
  readonly callback?: Callback
}

/** What a log does when its ring is filling. */
export interface EventTaker {
  /** Half of the ring waits to be taken. */
  onHalfFull(): void
  /** There is no room: makes some, or the event is dropped. */
  onFull(): void
  /** Takes what waits, now. */
  take(): void
}

/**
 * What a thread tells besides its calls: spans, instants, values of counters, ends of arrows and its event loop. An
 * event is written as bytes to a ring in shared memory, without an object of its own, and has happened
 * once the cursor is behind it: a thread that is terminated loses none. Arguments are JSON text of an object.
 */
export class EventLog {
  readonly #control: Int32Array
  readonly #lost: Float64Array
  readonly #numbers: Float64Array
  readonly #words: Int32Array
  readonly #bytes: Uint8Array
  readonly #codes: Uint16Array
  /** The thread's clock. */
  readonly now: () => Ticks
  readonly #taker: EventTaker
  // Without a prototype: what a program adds to that of all objects is no name.
  readonly #names = Object.create(null) as Record<string, NameId | undefined>
  #namesGiven = 0
  /** Where the next event goes, in units; as an Int32 it goes on from below. */
  #cursor: number
  /** Units that may be written before it is looked at what was taken. */
  #room = 0
  /** What was taken when somebody was last asked to take more. */
  #askedAt = NEVER
  #isTurning = false

  constructor(memory: ThreadMemory, now: () => Ticks, taker: EventTaker) {
    this.#control = memory.control
    this.#lost = memory.eventsLost
    this.#numbers = memory.events
    const { buffer, byteOffset } = memory.events
    this.#words = new Words(buffer, byteOffset, EVENT_UNITS * 2)
    this.#bytes = new Bytes(buffer, byteOffset, EVENT_UNITS * 8)
    this.#codes = new Codes(buffer, byteOffset, EVENT_UNITS * 4)
    this.#cursor = memory.control[CONTROL.eventsWritten]
    this.now = now
    this.#taker = taker
  }

  /** The number for a name, for as long as the thread runs: what varies belongs into arguments. */
  name(text: string): NameId {
    return this.#names[text] ?? this.#addName(text)
  }

  /** A number for the name of spans, a new one each time; 0 while there is no room, which is for this moment only. */
  spanName(text: string, { track, args = '', callback = 'none' }: SpanKind): NameId {
    const id = this.#newName(text)
    if (id !== 0) this.#tell(EVENT_KINDS.spanName, id, track + CALLBACKS[callback] * CALLBACK_STEP, args)
    return id
  }

  /** Begins an async slice, on the async track of its name or of its kind; `id` tells it from others that are open. */
  beginSpan(name: NameId, id: number, args = ''): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.beginSpan, name, id, args)
  }

  /** Ends it; arguments add to those it began with, and a name takes the place of the first one. */
  endSpan(id: number, args = '', name?: NameId): void {
    this.#write(EVENT_KINDS.endSpan, name ?? 0, id, args)
  }

  /** Ends the span of an id that is an Int32; `counted` is what stands before the number among its arguments. */
  endCounted(id: number, counted: NameId, count: number): void {
    this.#write(EVENT_KINDS.endCounted, id, count, '', counted)
  }

  instant(name: NameId, args = ''): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.instant, name, 0, args)
  }

  sample(counter: NameId, series: NameId, value: number): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.sample, counter, value, '', series)
  }

  /** An end of the flow `key`, of whichever thread or process: the innermost slice of this moment, or of another. */
  flow(key: string, atTicks?: Ticks): void {
    if (this.#isStopped) return
    const time = atTicks ?? this.now()
    if (!this.#append(EVENT_KINDS.flow, 0, 0, key, 0, time)) this.#drop(time)
  }

  /** One of several ends that the flow `key` leads to, each by an arrow of its own: the innermost slice of this moment. */
  flowBranch(key: string): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.flowBranch, 0, 0, key)
  }

  /** An end of the flow `key`: the next slice that begins on this thread. */
  flowNext(key: string): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.flowNext, 0, 0, key)
  }

  /** An end of the flow `key`: the beginning of the span `id`, which is open. */
  flowSpan(key: string, id: number): void {
    if (this.#isStopped) return
    this.#write(EVENT_KINDS.flowSpan, 0, id, key)
  }

  /** The thread goes back to its event loop, or went there before. */
  left(atTicks: Ticks): void {
    if (this.#isStopped) return
    if (!this.#append(EVENT_KINDS.left, 0, 0, '', 0, atTicks)) this.#drop(atTicks)
  }

  /** It came back from there; until then the loop had turned and waited so much in all. */
  back(atTicks: Ticks, turns: number, waitedMs: number): void {
    if (this.#isStopped) return
    if (!this.#append(EVENT_KINDS.back, turns, waitedMs, '', 0, atTicks)) this.#drop(atTicks)
  }

  get #isStopped(): boolean {
    return this.#control[CONTROL.stopped] !== 0
  }

  #addName(text: string): NameId {
    const id = this.#newName(text)
    if (id !== 0) this.#names[text] = id
    return id
  }

  /** A name is never dropped: all events that use it would be without one. */
  #newName(text: string): NameId {
    // What happens now is dropped: its name is needed by nobody yet.
    if (this.#isTurning) return 0 as NameId
    const id = ++this.#namesGiven as NameId
    this.#tell(EVENT_KINDS.name, id, 0, text)
    return id
  }

  #tell(kind: number, name: NameId, number: number, text: string): void {
    if (this.#append(kind, name, number, text, 0, this.now())) return
    this.#turn(() => {
      this.#taker.take()
    })
    this.#append(kind, name, number, text, 0, this.now())
  }

  #write(kind: number, name: number, number: number, text: string, series = 0): void {
    const time = this.now()
    if (!this.#append(kind, name, number, text, series, time)) this.#drop(time)
  }

  /** Hot. False when there is no room. */
  #append(kind: number, name: number, number: number, text: string, series: number, time: Ticks): boolean {
    const length = text.length > EVENT_TEXT_LIMIT ? 0 : text.length
    let units = EVENT_HEAD_UNITS + ((length + 7) >>> 3)
    if (units > this.#room && !this.#makeRoom(units)) return false
    const at = this.#cursor
    let head = kind | ((length + series) << EVENT_LENGTH_SHIFT)
    if (length > 0 && !this.#writeBytes(text, length, at)) {
      units = EVENT_HEAD_UNITS + ((length + 3) >>> 2)
      if (units > this.#room && !this.#makeRoom(units)) return false
      this.#writeCodes(text, length, at)
      head |= EVENT_WIDE
    }
    this.#numbers[at & UNIT_MASK] = time
    const word = ((at + 1) & UNIT_MASK) << 1
    this.#words[word] = head
    this.#words[word + 1] = name
    this.#numbers[(at + 2) & UNIT_MASK] = number
    this.#room -= units
    this.#cursor = (at + units) | 0
    store(this.#control, CONTROL.eventsWritten, this.#cursor)
    return true
  }

  /** False when a character does not fit into a byte. */
  #writeBytes(text: string, length: number, at: number): boolean {
    const bytes = this.#bytes
    const from = (at + EVENT_HEAD_UNITS) << 3
    for (let i = 0; i < length; i++) {
      const code = charCodeAt(text, i)
      if (code > 0xff) return false
      bytes[(from + i) & BYTE_MASK] = code
    }
    return true
  }

  #writeCodes(text: string, length: number, at: number): void {
    const from = (at + EVENT_HEAD_UNITS) << 2
    for (let i = 0; i < length; i++) this.#codes[(from + i) & CODE_MASK] = charCodeAt(text, i)
  }

  /** Cold: looks how much was taken, and has some taken when half of the ring waits. */
  #makeRoom(units: number): boolean {
    if (this.#isTurning) return false
    if (this.#waiting >= HALF && this.#askedAt !== this.#control[CONTROL.eventsTaken]) {
      this.#askedAt = this.#control[CONTROL.eventsTaken]
      this.#turn(() => {
        this.#taker.onHalfFull()
      })
    }
    if (EVENT_UNITS - this.#waiting < units) {
      this.#turn(() => {
        this.#taker.onFull()
      })
    }
    const waiting = this.#waiting
    const free = EVENT_UNITS - waiting
    this.#room = HALF - waiting >= units ? HALF - waiting : free
    return free >= units
  }

  /** An event that comes meanwhile is dropped. */
  #turn(work: () => void): void {
    this.#isTurning = true
    this.#room = 0
    try {
      work()
    } catch {
      // For want of stack: the program would have had room.
    } finally {
      this.#isTurning = false
    }
  }

  /** Units that were not taken yet. */
  get #waiting(): number {
    return (this.#cursor - load(this.#control, CONTROL.eventsTaken)) | 0
  }

  /** In shared memory, so that the recorder knows it of a thread that was terminated. */
  #drop(time: Ticks): void {
    const lost = this.#lost
    if (lost[EVENTS_LOST.byRing]++ === 0) lost[EVENTS_LOST.byRing + EVENTS_LOST.from] = time
    lost[EVENTS_LOST.byRing + EVENTS_LOST.to] = time
  }
}

const HALF = EVENT_UNITS / 2
const UNIT_MASK = EVENT_UNITS - 1
const BYTE_MASK = EVENT_UNITS * 8 - 1
const CODE_MASK = EVENT_UNITS * 4 - 1
/** No number of units, as an Int32. */
const NEVER = 0.5
