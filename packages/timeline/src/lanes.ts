import type { SliceTable } from '@tracer/core'
import { endOf } from './level-index.js'

/** How long a slice without length keeps its lane: two at one moment lie below each other. */
const LEAST_NS = 1

/** Packs slices, by start, into lanes in which none overlap: each goes to the first that is free. */
export function packLanes(slices: SliceTable): Int32Array {
  const { length, startNs } = slices
  const lane = new Int32Array(length)
  /** When each lane becomes free, the earliest on top; the lane itself beside it. */
  const busyUntil = new Heap()
  const free = new Heap()
  let lanes = 0
  for (let slice = 0; slice < length; slice++) {
    const start = startNs[slice]
    if (!Number.isFinite(start)) continue
    while (busyUntil.length > 0 && busyUntil.topKey <= start) {
      const freed = busyUntil.pop()
      free.push(freed, freed)
    }
    const chosen = free.length > 0 ? free.pop() : lanes++
    lane[slice] = chosen
    busyUntil.push(Math.max(endOf(slices, slice), start + LEAST_NS), chosen)
  }
  return lane
}

/** Values by key, the smallest key on top. */
class Heap {
  readonly #keys: number[] = []
  readonly #values: number[] = []

  get length(): number {
    return this.#keys.length
  }

  get topKey(): number {
    return this.#keys[0]
  }

  push(key: number, value: number): void {
    let at = this.#keys.push(key) - 1
    this.#values.push(value)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#keys[parent] <= this.#keys[at]) return
      this.#swap(parent, at)
      at = parent
    }
  }

  pop(): number {
    const value = this.#values[0]
    this.#swap(0, this.#keys.length - 1)
    this.#keys.pop()
    this.#values.pop()
    for (let at = 0; ;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#keys.length && this.#keys[child] < this.#keys[least]) least = child
      }
      if (least === at) return value
      this.#swap(least, at)
      at = least
    }
  }

  #swap(a: number, b: number): void {
    const [keys, values] = [this.#keys, this.#values]
    ;[keys[a], keys[b]] = [keys[b], keys[a]]
    ;[values[a], values[b]] = [values[b], values[a]]
  }
}
