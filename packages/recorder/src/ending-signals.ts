/** Signals that end a program which does not listen to them; they are caught, to save first. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that ends a program which does not listen to it. */
export type EndingSignal = (typeof ENDING_SIGNALS)[number]

// Taken now: a traced program may put others in their place.
const { add, compareExchange, load, notify, store, wait } = Atomics

/** What the main thread and the recorder tell each other of these signals, in shared memory. */
export class EndingSignals {
  readonly shared: Int32Array

  constructor(shared: Int32Array = new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT))) {
    this.shared = shared
  }

  /** The main thread catches them, as soon as its event loop runs. */
  watch(): void {
    compareExchange(this.shared, STATE, UNWATCHED, WATCHED)
  }

  /** Whether the program listens. */
  isListened(signal: EndingSignal): boolean {
    return load(this.shared, LISTENED + numberOf(signal)) === 1
  }

  setListened(signal: EndingSignal, isListened: boolean): void {
    store(this.shared, LISTENED + numberOf(signal), isListened ? 1 : 0)
  }

  /** Changes whenever the main thread has come to a signal. */
  taken(signal: EndingSignal): number {
    return load(this.shared, TAKEN + numberOf(signal))
  }

  noteTaken(signal: EndingSignal): void {
    add(this.shared, TAKEN + numberOf(signal), 1)
  }

  /** For the recorder, before it catches them too; false when it must not. */
  guard(): boolean {
    return compareExchange(this.shared, STATE, WATCHED, GUARDED) === WATCHED
  }

  /** For the recorder, when it no longer does. */
  release(): void {
    store(this.shared, STATE, RELEASED)
    notify(this.shared, STATE)
  }

  /** Waits until the recorder, which has been told to stop, catches none of them; it never will again. */
  awaitRelease(): void {
    if (compareExchange(this.shared, STATE, WATCHED, RELEASED) === GUARDED) {
      wait(this.shared, STATE, GUARDED, LAST_WORDS_MS)
    }
  }
}

/** Without a built-in, which may be the program's. */
function numberOf(signal: EndingSignal): number {
  switch (signal) {
    case 'SIGINT':
      return 0
    case 'SIGTERM':
      return 1
    case 'SIGHUP':
      return 2
  }
}

const STATE = 0
const LISTENED = 1
const TAKEN = LISTENED + ENDING_SIGNALS.length
const CELLS = TAKEN + ENDING_SIGNALS.length

const UNWATCHED = 0
const WATCHED = 1
const GUARDED = 2
const RELEASED = 3

const LAST_WORDS_MS = 1000
