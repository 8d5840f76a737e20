// Taken now: on a traced thread another one, which is recorded, takes its place.
const { wait } = Atomics

/**
 * What each thread id of the process was taken for, in memory that all threads share. Node.js
 * counts ids up for the whole process; the program is shown those that it would have without the
 * threads of the loader's own.
 */
export class ThreadIds {
  readonly #taken: Int32Array
  readonly #maxWaitMs: number

  /**
   * Another thread can be about to say what it has taken an id for; for those that are not
   * recorded and never say so, the wait is short.
   */
  constructor(maxWaitMs: number, shared = new SharedArrayBuffer(MAX_IDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#taken = new Int32Array(shared)
    this.#maxWaitMs = maxWaitMs
  }

  /** To be given to other threads. */
  get shared(): SharedArrayBuffer {
    // Given to the constructor.
    return this.#taken.buffer as SharedArrayBuffer
  }

  /** A thread of the program's, unless it is known already. */
  add(id: number): void {
    if (id >= MAX_IDS) return
    Atomics.compareExchange(this.#taken, id, UNKNOWN, SHOWN)
    Atomics.notify(this.#taken, id)
  }

  /** A thread of the loader's. */
  hide(id: number): void {
    if (id >= MAX_IDS) return
    Atomics.store(this.#taken, id, HIDDEN)
    Atomics.notify(this.#taken, id)
  }

  /** From now on the program counts one more thread. */
  skipOne(): void {
    let last = 1
    while (last + 1 < MAX_IDS && Atomics.load(this.#taken, last + 1) !== UNKNOWN) last++
    Atomics.add(this.#taken, last, 1)
  }

  /** The id that the program is shown for one that it has taken. */
  shown(id: number): number {
    let shown = 1
    for (let lower = 1; lower < id && lower < MAX_IDS; lower++) {
      if (Atomics.load(this.#taken, lower) === UNKNOWN) {
        if (this.#maxWaitMs > 0) wait(this.#taken, lower, UNKNOWN, this.#maxWaitMs)
        this.add(lower)
      }
      shown += Atomics.load(this.#taken, lower) - HIDDEN
    }
    return shown + Math.max(0, id - MAX_IDS)
  }

  /** The id of which the program is shown this one; -1, which no thread has, when there is none. */
  taken(shown: number): number {
    let left = shown
    for (let id = 1; id < MAX_IDS; id++) {
      const taken = Atomics.load(this.#taken, id)
      const counted = taken === UNKNOWN ? 1 : taken - HIDDEN
      if (left === 1 && counted > 0) return id
      left -= counted
      if (left <= 0) return -1
    }
    return MAX_IDS + left - 1
  }
}

/** Programs that start more threads are shown ids that count later ones of the loader's. */
const MAX_IDS = 65_536

const UNKNOWN = 0
const HIDDEN = 1
/** And one more for each that the program would have counted after it. */
const SHOWN = 2
