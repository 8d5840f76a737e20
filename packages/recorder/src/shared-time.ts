import type { Ticks } from '@tracer/core'

// Taken now: a traced program may put others in their place.
const { compareExchange, load } = Atomics
const Bits = BigInt64Array

const TIME = new Float64Array(1)
const TIME_BITS = new Bits(TIME.buffer)

/** The bits of a time in shared memory, for {@link raiseTime}. */
export function bitsOf(cell: Float64Array): BigInt64Array {
  return new Bits(cell.buffer, cell.byteOffset, 1)
}

/**
 * Sets a time in shared memory to a later one. What the other thread sets meanwhile stands when it
 * is later still, so that the time never goes back. Times are positive: their bits have their order.
 */
export function raiseTime(bits: BigInt64Array, to: Ticks): void {
  TIME[0] = to
  const wanted = TIME_BITS[0]
  let seen = load(bits, 0)
  while (seen < wanted) {
    const found = compareExchange(bits, 0, seen, wanted)
    if (found === seen) return
    seen = found
  }
}
