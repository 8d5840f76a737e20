import type { Ticks } from '@tracer/core'
import { CAUSE_NAME_LIMIT } from '@tracer/spool'
import { Iterations } from './iterations.js'
import type { RecordRing } from './record-ring.js'
import { DEPTH, type ThreadMemory } from './thread-memory.js'

/** What Node.js tells of the resources for which it calls back, each by its number. */
export interface ResourceHooks {
  /** A resource was made; `delayMs` is what a timer that goes off once is to wait, else 0. */
  created(id: number, type: string, delayMs: number): void
  /** Node.js is about to call back for a resource. */
  before(id: number): void
}

/** What Node.js calls back for at present. */
export interface Execution {
  /** Its number; 0 among promises. */
  id(): number
  /** Its type, when it may have been made before anybody was told; undefined when that cannot be said. */
  type(): string | undefined
}

/**
 * What set the slices at the bottom of a thread's stack going. Node.js numbers whatever it will call back for: of
 * each number it is kept in which slice the resource was made, by the time, or which earlier callback of Node.js's
 * own made it, whose slice then stands for it. So what is written is one record for each callback that has a slice,
 * and nothing for all others.
 */
export class Causes implements ResourceHooks {
  /** Which activations go through generators. */
  readonly iterations: Iterations
  readonly #control: Int32Array
  readonly #now: () => Ticks
  readonly #events: Names
  readonly #execution: Execution
  /** The number of the program itself: 1, or on other threads that of the message which starts them. */
  readonly #program: number
  /** What is known of each resource, by the last bits of its number: a row of {@link COLUMNS}, which lies in one place. */
  readonly #rows = new Float64Array(ROWS * COLUMNS)
  // Without a prototype: types may have any name.
  readonly #names = Object.create(null) as Record<string, number | undefined>
  readonly #tick: number
  readonly #microtask: number
  readonly #promise: number
  readonly #iteration: number
  /** The resource of the event that Node.js handles, and whether a slice has run for it. */
  #event = 0
  #isSeen = true
  /** Of the slice that stands at the bottom now; 0 when there is nothing to say. */
  readonly #pending = new Float64Array(COLUMNS)

  constructor(memory: ThreadMemory, now: () => Ticks, events: Names, execution: Execution) {
    this.iterations = new Iterations(memory)
    this.#control = memory.control
    this.#now = now
    this.#events = events
    this.#execution = execution
    this.#program = execution.id()
    this.#tick = this.#nameOf(TICK)
    this.#microtask = this.#nameOf('Microtask')
    this.#promise = this.#nameOf('PROMISE')
    this.#iteration = this.#nameOf('iteration')
  }

  /** Hot: most are ticks, a dozen for each request that a server answers. */
  readonly created = (id: number, type: string, delayMs: number): void => {
    const rows = this.#rows
    const row = rowOf(id)
    rows[row] = id
    if (type === TICK) {
      rows[row + MADE] = this.moment()
      rows[row + KIND] = this.#tick
    } else {
      rows[row + MADE] = comesFromOutside(type) ? 0 : this.moment()
      rows[row + KIND] = this.#nameOf(type) + delayMs * CAUSE_NAME_LIMIT
    }
  }

  /** Hot. */
  readonly before = (id: number): void => {
    this.iterations.forget()
    // Within a slice a callback is a call like any other.
    if (this.#control[DEPTH] > 0 || this.#isInDrain(id)) return
    this.#event = id
    this.#isSeen = false
  }

  /** Hot: a slice begins at the bottom of the stack. */
  began(isResumed: boolean): void {
    let id = this.#execution.id()
    if (id === 0 || (isResumed && this.#isInDrain(id))) {
      // Among promises: they are settled by what has run for the event, or by the event itself.
      id = this.#isSeen ? 0 : this.#event
      this.#isSeen = true
    } else if (!this.#isInDrain(id)) {
      this.#isSeen = true
    }
    const pending = this.#pending
    if (id <= this.#program) {
      pending[KIND] = 0
    } else if (this.#isKnown(id)) {
      pending[MADE] = this.#rows[rowOf(id) + MADE]
      pending[KIND] = this.#rows[rowOf(id) + KIND]
    } else {
      pending[MADE] = 0
      pending[KIND] = this.#nameOf(this.#execution.type() ?? UNKNOWN)
    }
  }

  /** What sets going now: a slice, or outside of slices what made that which is called back for; 0 when nothing is known. */
  moment(): Ticks {
    return this.#control[DEPTH] > 0 ? this.#now() : this.#madeBefore()
  }

  /** The slice that began at the bottom of the stack is a promise's callback, which the promise was given at `asked`. */
  answers(asked: Ticks): void {
    const pending = this.#pending
    if (asked === 0) return
    pending[MADE] = asked
    // Of an event it is known better what has ended the wait.
    if (pending[KIND] === 0) pending[KIND] = this.#promise
  }

  /** Writes the first run of a generator, with when that was paused which goes through it. */
  writeDriven(ring: RecordRing, site: number, start: Ticks, end: Ticks, activation: number, drivenAt: Ticks): void {
    ring.writeCaused(site, start, end, activation, 0, drivenAt, this.#iteration)
  }

  /** Hot: writes a run; with what it was called back for, when it stands at the bottom of the stack. */
  write(ring: RecordRing, site: number, start: Ticks, end: Ticks, activation: number, run: number): void {
    const pending = this.#pending
    const kind = this.#control[DEPTH] === 1 ? pending[KIND] : 0
    ring.writeCaused(site, start, end, activation, run, pending[MADE], kind)
  }

  /** For what is made outside of slices: what made that which is called back for. */
  #madeBefore(): Ticks {
    const id = this.#execution.id()
    const from = id === 0 ? this.#event : id
    return this.#isKnown(from) ? this.#rows[rowOf(from) + MADE] : 0
  }

  #isKnown(id: number): boolean {
    return id > this.#program && this.#rows[rowOf(id)] === id
  }

  /** Whether Node.js comes to it before the next event. */
  #isInDrain(id: number): boolean {
    if (!this.#isKnown(id)) return false
    const kind = this.#rows[rowOf(id) + KIND]
    return kind === this.#tick || kind === this.#microtask || kind === this.#promise
  }

  #nameOf(type: string): number {
    const known = this.#names[type]
    if (known !== undefined) return known
    const name = this.#events.name(type)
    const number = name < CAUSE_NAME_LIMIT ? name : this.#nameOf(UNKNOWN)
    // 0 while the log has no room: later it will have.
    if (number > 0) this.#names[type] = number
    return number
  }
}

/** Gives numbers to names: an `EventLog`. */
interface Names {
  name(text: string): number
}

function rowOf(id: number): number {
  return (id & (ROWS - 1)) * COLUMNS
}

/** Resources that are remembered, last ones. Memory is used as they come. */
const ROWS = 2 ** 18

/** Columns of a row: its number, and those two that what is pending has as well. */
const COLUMNS = 3
const MADE = 1
const KIND = 2

/** What `process.nextTick` makes. */
const TICK = 'TickObject'

const UNKNOWN = 'unknown'

/** What comes from outside is caused by that, and not by who began to listen. */
function comesFromOutside(type: string): boolean {
  return (
    type === 'HTTPINCOMINGMESSAGE' || type === 'TCPSERVERWRAP' || type === 'PIPESERVERWRAP' || type === 'SIGNALWRAP'
  )
}
