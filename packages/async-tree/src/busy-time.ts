import type { SliceTable } from '@tracer/core'

/** How long a thread was busy between two moments: the time in slices at the bottom of its stack. */
export class BusyTime {
  readonly #startNs: Float64Array
  readonly #endNs: Float64Array
  /** Time in the slices before each. */
  readonly #beforeNs: Float64Array

  constructor({ length, startNs, durationNs, depth }: SliceTable) {
    let roots = 0
    for (let i = 0; i < length; i++) if (depth[i] === 0) roots++
    this.#startNs = new Float64Array(roots)
    this.#endNs = new Float64Array(roots)
    this.#beforeNs = new Float64Array(roots + 1)
    let root = 0
    for (let i = 0; i < length; i++) {
      if (depth[i] > 0) continue
      this.#startNs[root] = startNs[i]
      this.#endNs[root] = startNs[i] + durationNs[i]
      this.#beforeNs[root + 1] = this.#beforeNs[root] + durationNs[i]
      root++
    }
  }

  /** Nanoseconds; 0 when `toNs` is not later. */
  between(fromNs: number, toNs: number): number {
    return toNs <= fromNs ? 0 : Math.max(0, this.#until(toNs) - this.#until(fromNs))
  }

  /** Time in slices before a moment. */
  #until(timeNs: number): number {
    let from = 0
    let to = this.#startNs.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.#startNs[middle] < timeNs) from = middle + 1
      else to = middle
    }
    if (from === 0) return 0
    return this.#beforeNs[from] - Math.max(0, this.#endNs[from - 1] - timeNs)
  }
}
