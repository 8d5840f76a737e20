import { ACTIVATION_MARKER, type RecordColumns, type SiteId, type Ticks } from '@tracer/core'
import { DEPTH, MAX_DEPTH, type ThreadMemory } from './thread-memory.js'

/**
 * The timed calls of one thread that have begun and not ended, in shared memory: whoever looks
 * sees where the thread is, also when it hangs, was terminated, or called `process.exit` from deep
 * inside. Costs 1 ns a call.
 */
export class CallStack {
  readonly #site: Int32Array
  readonly #start: Float64Array
  readonly #activation: Float64Array
  readonly #runStart: Float64Array
  readonly #control: Int32Array

  constructor({ stackSite, stackStart, stackActivation, stackRunStart, control }: ThreadMemory) {
    this.#site = stackSite
    this.#start = stackStart
    this.#activation = stackActivation
    this.#runStart = stackRunStart
    this.#control = control
  }

  /** Number of open calls. */
  get depth(): number {
    return this.#control[DEPTH]
  }

  /** Hot: gives the depth at which the call stands, from 1. Calls beyond the limit are counted and not seen. */
  push(site: SiteId, start: Ticks): number {
    const depth = this.#control[DEPTH]
    this.#site[depth] = site
    this.#start[depth] = start
    return (this.#control[DEPTH] = depth + 1)
  }

  /** The same for a later run of an activation. */
  pushRun(site: SiteId, start: Ticks, activation: number): number {
    const depth = this.#control[DEPTH]
    this.#activation[depth] = activation
    this.#runStart[depth] = start
    return this.push(site, start)
  }

  /** Hot: start of the call at `depth`. */
  startAt(depth: number): Ticks {
    return this.#start[depth - 1]
  }

  /** When the outermost open call began; undefined when none is open. */
  get outermostStart(): Ticks | undefined {
    return this.depth === 0 ? undefined : this.#start[0]
  }

  /** Hot: whether the innermost call is that of a site, at `depth`. */
  isInnermost(depth: number, site: SiteId): boolean {
    return this.#control[DEPTH] === depth && this.#site[depth - 1] === site
  }

  /** Whether the call of a site stands at `depth`; of those beyond the limit that is not known, and true. */
  holds(depth: number, site: SiteId): boolean {
    return depth <= this.depth && (depth > MAX_DEPTH || this.#site[depth - 1] === site)
  }

  /** Hot: takes the calls from `depth` on off. */
  popTo(depth: number): void {
    this.#control[DEPTH] = depth - 1
  }

  /** The innermost open call, or undefined. */
  innermost(): { readonly site: SiteId; readonly start: Ticks } | undefined {
    const top = this.#visibleDepth() - 1
    // What was pushed was a site id.
    return top < 0 ? undefined : { site: this.#site[top] as SiteId, start: this.#start[top] }
  }

  /** The open calls from the innermost out, as records whose end is NaN; behind a later run its activation. */
  openCalls(): RecordColumns {
    const records: (readonly [site: number, start: number, end: number])[] = []
    for (let at = this.#visibleDepth() - 1; at >= 0; at--) {
      records.push([this.#site[at], this.#start[at], NaN])
      const isLaterRun = this.#activation[at] > 0 && this.#runStart[at] === this.#start[at]
      if (isLaterRun) records.push([ACTIVATION_MARKER, this.#activation[at], LATER])
    }
    return {
      length: records.length,
      site: Int32Array.from(records, ([site]) => site),
      start: Float64Array.from(records, ([, start]) => start),
      end: Float64Array.from(records, ([, , end]) => end),
    }
  }

  #visibleDepth(): number {
    const depth = this.#control[DEPTH]
    return depth < MAX_DEPTH ? depth : MAX_DEPTH
  }
}

/** Number of a run that is not the first; which one it is nobody asks of an open one. */
const LATER = 1
