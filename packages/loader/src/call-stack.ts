import type { RecordColumns, SiteId, Ticks } from '@tracer/core'

/**
 * The calls of one thread that have begun and not ended, in shared memory: whoever looks sees
 * where the thread is, also when it hangs, was terminated, or called `process.exit` from deep
 * inside. Costs 1 ns a call.
 */
export class CallStack {
  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #head: Int32Array

  constructor() {
    this.#site = new Int32Array(new SharedArrayBuffer(MAX_DEPTH * Int32Array.BYTES_PER_ELEMENT))
    this.#start = new Float64Array(new SharedArrayBuffer(MAX_DEPTH * Float64Array.BYTES_PER_ELEMENT))
    this.#head = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  }

  /** Number of open calls. */
  get depth(): number {
    return this.#head[DEPTH]
  }

  /** Hot. Calls beyond the limit are counted and not seen: a typed array ignores them. */
  push(site: SiteId, start: Ticks): void {
    const depth = this.#head[DEPTH]
    this.#site[depth] = site
    this.#start[depth] = start
    this.#head[DEPTH] = depth + 1
  }

  /**
   * Hot: whether the innermost open call is the one that began at `start`. It is not when a call
   * inside it never came to its end, because its own probe ran out of stack.
   */
  isInnermost(start: Ticks): boolean {
    const top = this.#head[DEPTH] - 1
    return this.#start[top] === start || top >= MAX_DEPTH
  }

  /** Hot. */
  pop(): void {
    this.#head[DEPTH]--
  }

  /** The innermost open call, or undefined. */
  innermost(): { readonly site: SiteId; readonly start: Ticks } | undefined {
    const depth = this.#head[DEPTH]
    const top = (depth < MAX_DEPTH ? depth : MAX_DEPTH) - 1
    // What was pushed was a site id.
    return top < 0 ? undefined : { site: this.#site[top] as SiteId, start: this.#start[top] }
  }

  /** Position of the open call that began at `start`, 0 for the outermost; undefined if none did. */
  positionOf(start: Ticks): number | undefined {
    const depth = this.#head[DEPTH]
    // Without a method of an array: the program may have put another in its place.
    let position = (depth < MAX_DEPTH ? depth : MAX_DEPTH) - 1
    while (position >= 0 && this.#start[position] !== start) position--
    return position < 0 ? undefined : position
  }

  /** The open calls from the innermost out, as records whose end is NaN. */
  openCalls(): RecordColumns {
    const length = this.#visibleStarts().length
    return {
      length,
      site: this.#site.slice(0, length).reverse(),
      start: this.#start.slice(0, length).reverse(),
      end: new Float64Array(length).fill(NaN),
    }
  }

  #visibleStarts(): Float64Array {
    return this.#start.subarray(0, Math.min(this.#head[DEPTH], MAX_DEPTH))
  }
}

/** Deeper than Node's default stack allows by a factor of five; untouched pages cost nothing. */
const MAX_DEPTH = 65_536

const DEPTH = 0
