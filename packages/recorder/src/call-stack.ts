import type { RecordColumns, SiteId, Ticks } from '@tracer/core'
import { CONTROL, MAX_DEPTH, type ThreadMemory } from './thread-memory.js'

/**
 * The timed calls of one thread that have begun and not ended, in shared memory: whoever looks
 * sees where the thread is, also when it hangs, was terminated, or called `process.exit` from deep
 * inside. Costs 1 ns a call.
 */
export class CallStack {
  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #control: Int32Array

  constructor({ stackSite, stackStart, control }: ThreadMemory) {
    this.#site = stackSite
    this.#start = stackStart
    this.#control = control
  }

  /** Number of open calls. */
  get depth(): number {
    return this.#control[CONTROL.depth]
  }

  /** Hot. Calls beyond the limit are counted and not seen: a typed array ignores them. */
  push(site: SiteId, start: Ticks): void {
    const depth = this.#control[CONTROL.depth]
    this.#site[depth] = site
    this.#start[depth] = start
    this.#control[CONTROL.depth] = depth + 1
  }

  /**
   * Hot: whether the innermost open call is the one that began at `start`. It is not when a call
   * inside it never came to its end, because its own probe ran out of stack.
   */
  isInnermost(start: Ticks): boolean {
    const top = this.#control[CONTROL.depth] - 1
    return this.#start[top] === start || top >= MAX_DEPTH
  }

  /** Hot. */
  pop(): void {
    this.#control[CONTROL.depth]--
  }

  /** The innermost open call, or undefined. */
  innermost(): { readonly site: SiteId; readonly start: Ticks } | undefined {
    const top = this.#visibleDepth() - 1
    // What was pushed was a site id.
    return top < 0 ? undefined : { site: this.#site[top] as SiteId, start: this.#start[top] }
  }

  /** Position of the open call that began at `start`, 0 for the outermost; undefined if none did. */
  positionOf(start: Ticks): number | undefined {
    const position = this.#start.subarray(0, this.#visibleDepth()).lastIndexOf(start)
    return position === -1 ? undefined : position
  }

  /** The open calls from the innermost out, as records whose end is NaN. */
  openCalls(): RecordColumns {
    const length = this.#visibleDepth()
    return {
      length,
      site: this.#site.slice(0, length).reverse(),
      start: this.#start.slice(0, length).reverse(),
      end: new Float64Array(length).fill(NaN),
    }
  }

  #visibleDepth(): number {
    return Math.max(0, Math.min(this.#control[CONTROL.depth], MAX_DEPTH))
  }
}
