import type { Nanoseconds, SiteIndex, ThreadIndex, TraceBuilder } from '@tracer/core'

/** The frames of a profile that are open while it is read; they become slices of a thread as they end. */
export class OpenFrames {
  readonly warnings = new Map<string, number>()
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #sites: readonly SiteIndex[]
  readonly #open: { readonly frame: number; readonly startNs: Nanoseconds }[] = []
  #lastNs = -Infinity

  constructor(builder: TraceBuilder, thread: ThreadIndex, sites: readonly SiteIndex[]) {
    this.#builder = builder
    this.#thread = thread
    this.#sites = sites
  }

  begin(frame: unknown, timeNs: Nanoseconds): void {
    if (typeof frame !== 'number' || !(frame in this.#sites)) return this.#warn('Events of unknown frames were skipped')
    this.#open.push({ frame, startNs: this.#at(timeNs) })
  }

  /** Ends the frame, and with it what was begun after it. */
  end(frame: unknown, timeNs: Nanoseconds): void {
    const level = this.#open.findLastIndex((open) => open.frame === frame)
    if (level === -1) return this.#warn('Ends of frames that were not open were skipped')
    if (level < this.#open.length - 1) {
      this.#warn('Frames without an end of their own were ended with the one around them')
    }
    this.#endFrom(level, this.#at(timeNs))
  }

  /** Ends and begins frames so that those of `stack` are open, root first. */
  changeTo(stack: readonly unknown[], timeNs: Nanoseconds): void {
    let level = 0
    while (level < this.#open.length && this.#open[level].frame === stack[level]) level++
    this.#endFrom(level, this.#at(timeNs))
    for (const frame of stack.slice(level)) this.begin(frame, timeNs)
  }

  endAll(timeNs: Nanoseconds): void {
    this.#endFrom(0, this.#at(timeNs))
  }

  /** Says of the frames that are left that they did not end. */
  leaveOpen(endNs: Nanoseconds): void {
    if (this.#open.length === 0) return
    this.#warn('Frames that were never ended were ended with the profile', this.#open.length)
    const time = this.#at(Math.max(endNs, this.#lastNs))
    for (let level = this.#open.length - 1; level >= 0; level--) {
      this.#builder.setUnfinished(this.#thread, this.#endTop(time))
    }
  }

  #endFrom(level: number, timeNs: Nanoseconds): void {
    while (this.#open.length > level) this.#endTop(timeNs)
  }

  #endTop(timeNs: Nanoseconds): number {
    const level = this.#open.length - 1
    const { frame, startNs } = this.#open[level]
    this.#open.pop()
    return this.#builder.addNestedSlice(this.#thread, this.#sites[frame], startNs, timeNs, level)
  }

  /** Times that go back, or are none, are taken as the last one. */
  #at(timeNs: Nanoseconds): Nanoseconds {
    if (timeNs >= this.#lastNs) return (this.#lastNs = timeNs)
    this.#warn('Times before the one that came before were moved up to it')
    return this.#lastNs === -Infinity ? (this.#lastNs = 0) : this.#lastNs
  }

  #warn(text: string, times = 1): void {
    this.warnings.set(text, (this.warnings.get(text) ?? 0) + times)
  }
}
