/** A part of the tree's axis. */
export interface Range {
  readonly from: number
  readonly to: number
}

const MILLISECONDS = 180

/** Moves from one part of the axis to another, short and never faster than it can be followed. */
export class ZoomMotion {
  #now: Range = { from: 0, to: 0 }
  #target: Range = { from: 0, to: 0 }
  #start: { readonly range: Range; readonly time: number } | undefined

  get target(): Range {
    return this.#target
  }

  get isMoving(): boolean {
    return this.#start !== undefined
  }

  /** Goes there at once. */
  jump(range: Range): void {
    this.#now = range
    this.#target = range
    this.#start = undefined
  }

  /** Goes there from where it is; at once for those who want no motion. */
  move(range: Range): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return this.jump(range)
    this.#target = range
    this.#start = { range: this.#now, time: performance.now() }
  }

  /** Where it is now. */
  at(time: number): Range {
    if (this.#start === undefined) return this.#now
    const done = Math.min(1, Math.max(0, (time - this.#start.time) / MILLISECONDS))
    const eased = 1 - (1 - done) ** 3
    const { range } = this.#start
    this.#now = {
      from: range.from + (this.#target.from - range.from) * eased,
      to: range.to + (this.#target.to - range.to) * eased,
    }
    if (done === 1) this.jump(this.#target)
    return this.#now
  }
}
