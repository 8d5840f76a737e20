import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeInteger, writeMicroseconds } from '../src/decimal.js'
import { EXACT_NS, endFromMicroseconds, fromMicroseconds, microsecondsText, toGrid } from '../src/microseconds.js'

const exactNs = fc.oneof(
  fc.integer({ min: 0, max: EXACT_NS - 1 }),
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: EXACT_NS - 1_000_000, max: EXACT_NS - 1 }),
)

const written = (ns: number): string => {
  const bytes = new Uint8Array(32)
  return Buffer.from(bytes.subarray(0, writeMicroseconds(bytes, 0, ns))).toString('latin1')
}

describe('microseconds', () => {
  it('keep every nanosecond of 101 days through the number that JSON.parse makes of them', () => {
    fc.assert(
      fc.property(exactNs, (ns) => {
        expect(fromMicroseconds(Number(written(ns)))).toBe(ns)
      }),
      { numRuns: 3000 },
    )
  })

  it('are the same text from the fast way of writing and from the general one', () => {
    fc.assert(
      fc.property(exactNs, (ns) => {
        expect(written(ns)).toBe(microsecondsText(ns))
      }),
      { numRuns: 3000 },
    )
  })

  it('keep the order of times, also where they become coarse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2e16, max: 2e16, noNaN: true }),
        fc.double({ min: 0, max: 2000, noNaN: true }),
        (ns, more) => {
          expect(toGrid(ns + more)).toBeGreaterThanOrEqual(toGrid(ns))
        },
      ),
    )
  })

  it('of a start and a duration finer than a nanosecond are rounded together', () => {
    expect(endFromMicroseconds(0.0004, 0.0004)).toBe(1)
    expect(endFromMicroseconds(0.0003, 0.0001)).toBe(0)
  })
})

describe('whole numbers', () => {
  it.each([
    0, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 99_999, 100_000, 999_999, 1_000_000, 9_999_999, 10_000_000, 99_999_999,
    100_000_000, 999_999_999,
  ])('%i are written digit by digit', (value) => {
    const bytes = new Uint8Array(16)
    expect(Buffer.from(bytes.subarray(0, writeInteger(bytes, 0, value))).toString('latin1')).toBe(String(value))
  })
})
