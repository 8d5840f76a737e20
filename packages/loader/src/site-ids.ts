import type { SiteId } from '@tracer/core'
import { HOOKS_THREAD_FIRST_SITE_ID, SITE_ID_LIMIT } from '@tracer/spool'

/** Hands out the site ids of a range in blocks. */
export class SiteIds {
  readonly #first: number
  readonly #end: number
  readonly #taken: Int32Array

  /** `taken` counts those handed out; over shared memory when several hook registrations share the range. */
  constructor(first: number, end: number, taken: Int32Array = new Int32Array(1)) {
    this.#first = first
    this.#end = end
    this.#taken = taken
  }

  /** The ids of what a thread instruments itself. */
  static ofThread(): SiteIds {
    return new SiteIds(1, HOOKS_THREAD_FIRST_SITE_ID)
  }

  /** The ids of what the hooks on a thread of their own instrument for it. */
  static ofHooks(taken: Int32Array): SiteIds {
    return new SiteIds(HOOKS_THREAD_FIRST_SITE_ID, SITE_ID_LIMIT, taken)
  }

  /** The id that the next block begins with. */
  get next(): SiteId {
    // This is where a thread's ids are made.
    return (this.#first + this.#taken[0]) as SiteId
  }

  /** Whether there are as many left; takes them if so. */
  take(count: number): boolean {
    if (this.next + count > this.#end) return false
    this.#taken[0] += count
    return true
  }
}
