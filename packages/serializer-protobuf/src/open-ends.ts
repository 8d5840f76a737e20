import type { Nanoseconds, SliceIndex } from '@tracer/core'

interface OpenEnd {
  readonly slice: SliceIndex
  readonly lane: number
  readonly endNs: Nanoseconds
}

/** Slices that are open at a time, each on a lane; the one that ends next is always at hand. */
export class OpenEnds {
  /** A heap: no entry ends before the one at half its position. */
  readonly #heap: OpenEnd[] = []

  add(slice: SliceIndex, lane: number, endNs: Nanoseconds): void {
    const heap = this.#heap
    const added = { slice, lane, endNs }
    let at = heap.push(added) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(added, heap[parent])) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = added
  }

  /** Takes out, by time, all that end no later than `untilNs`. */
  takeUntil(untilNs: Nanoseconds, take: (slice: SliceIndex, lane: number, endNs: Nanoseconds) => void): void {
    while (this.#heap.length > 0 && !(this.#heap[0].endNs > untilNs)) {
      const { slice, lane, endNs } = this.#takeFirst()
      take(slice, lane, endNs)
    }
  }

  #takeFirst(): OpenEnd {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop() ?? first
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++
      if (!isBefore(heap[child], last)) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = last
    return first
  }
}

function isBefore(a: OpenEnd, b: OpenEnd): boolean {
  return a.endNs < b.endNs || (a.endNs === b.endNs && a.slice < b.slice)
}
