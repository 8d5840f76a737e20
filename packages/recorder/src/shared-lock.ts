import type { ThreadMemory } from './thread-memory.js'
import { CONTROL } from './thread-memory.js'

// Taken now: on a traced thread another one, which is recorded, takes its place.
const { wait } = Atomics

const FREE = 0
const HELD = 1

/** Who holds it may write to a thread's spool and move what is taken: the thread itself or the recorder. */
export class SharedLock {
  readonly #cell: Int32Array

  constructor({ control }: ThreadMemory) {
    this.#cell = control
  }

  tryAcquire(): boolean {
    return Atomics.compareExchange(this.#cell, CONTROL.lock, FREE, HELD) === FREE
  }

  /**
   * Waits for the holder, which is writing one chunk. One that was terminated meanwhile never
   * gives it back: then it counts as given as soon as that is known, or after `PATIENCE_MS`.
   */
  acquire(isHolderGone: () => boolean = unknown): void {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS && !this.tryAcquire(); waitedMs += STEP_MS) {
      if (isHolderGone()) return
      wait(this.#cell, CONTROL.lock, HELD, STEP_MS)
    }
  }

  release(): void {
    Atomics.store(this.#cell, CONTROL.lock, FREE)
    Atomics.notify(this.#cell, CONTROL.lock)
  }
}

const STEP_MS = 20
/** Less than the process waits for the recorder at its end. */
const PATIENCE_MS = 600

function unknown(): boolean {
  return false
}
