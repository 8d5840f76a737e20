import type { Ticks } from '@tracer/core'

/**
 * Sets a time in shared memory to a later one. What the other thread sets meanwhile stands when it
 * is later still, so that the time never goes back. Times are positive: their bits have their order.
 */
export function raiseTime(cell: Float64Array, to: Ticks): void {
  const bits = new BigInt64Array(cell.buffer, cell.byteOffset, 1)
  const [wanted] = new BigInt64Array(Float64Array.of(to).buffer)
  let seen = Atomics.load(bits, 0)
  while (seen < wanted) {
    const found = Atomics.compareExchange(bits, 0, seen, wanted)
    if (found === seen) return
    seen = found
  }
}
