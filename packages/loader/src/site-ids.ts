import type { SiteId } from '@tracer/core'

/** Hands out site ids in blocks; over shared memory when several hook registrations share a range. */
export class SiteIds {
  readonly #first: number
  readonly #taken: Int32Array

  constructor(first: number, taken: Int32Array = new Int32Array(1)) {
    this.#first = first
    this.#taken = taken
  }

  /** The id that the next block begins with. */
  get next(): SiteId {
    // This is where a thread's ids are made.
    return (this.#first + this.#taken[0]) as SiteId
  }

  take(count: number): void {
    this.#taken[0] += count
  }
}
