/** The longest text {@link writeMicroseconds} writes: 13 digits, a point, 3 digits. */
export const MAX_MICROSECONDS_BYTES = 17

const ZERO = 0x30
const POINT = 0x2e
const BILLION = 1e9

/** ASCII of both digits of 0..99. */
const TENS = Uint8Array.from({ length: 100 }, (_, i) => ZERO + Math.floor(i / 10))
const ONES = Uint8Array.from({ length: 100 }, (_, i) => ZERO + (i % 10))

/**
 * Hot: writes whole nanoseconds, from 0 up to `EXACT_NS`, as microseconds with three decimals.
 * Returns the offset behind the last digit.
 */
export function writeMicroseconds(bytes: Uint8Array, at: number, ns: number): number {
  const us = Math.floor(ns / 1000)
  const fraction = (ns - us * 1000) | 0
  let next: number
  if (us < BILLION) {
    next = writeInteger(bytes, at, us | 0)
  } else {
    const billions = Math.floor(us / BILLION)
    next = writeInteger(bytes, at, billions | 0)
    writePadded(bytes, next, (us - billions * BILLION) | 0)
    next += 9
  }
  const hundreds = (fraction / 100) | 0
  const rest = fraction - hundreds * 100
  bytes[next] = POINT
  bytes[next + 1] = ZERO + hundreds
  bytes[next + 2] = TENS[rest]
  bytes[next + 3] = ONES[rest]
  return next + 4
}

/** Hot: writes an integer from 0 up to 999,999,999. Returns the offset behind the last digit. */
export function writeInteger(bytes: Uint8Array, at: number, value: number): number {
  const end = at + digitsOf(value)
  let rest = value
  let i = end
  while (rest >= 100) {
    const quotient = (rest / 100) | 0
    const pair = rest - quotient * 100
    bytes[--i] = ONES[pair]
    bytes[--i] = TENS[pair]
    rest = quotient
  }
  bytes[--i] = ONES[rest]
  if (rest >= 10) bytes[--i] = TENS[rest]
  return end
}

/** Writes nine digits, with zeros in front. */
function writePadded(bytes: Uint8Array, at: number, value: number): void {
  let rest = value
  for (let i = at + 8; i >= at; i--) {
    const quotient = (rest / 10) | 0
    bytes[i] = ZERO + rest - quotient * 10
    rest = quotient
  }
}

function digitsOf(value: number): number {
  if (value < 10) return 1
  if (value < 100) return 2
  if (value < 1000) return 3
  if (value < 10_000) return 4
  if (value < 100_000) return 5
  if (value < 1_000_000) return 6
  if (value < 10_000_000) return 7
  return value < 100_000_000 ? 8 : 9
}
