import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endFromMicroseconds, fromMicroseconds } from '../src/microseconds.js'
import { PlainNumber } from '../src/plain-number.js'

/** Whole microseconds from an hour to a year, with decimals that end halfway between two nanoseconds or anywhere. */
const whole = fc.oneof(
  fc.nat(),
  fc.maxSafeNat().map((number) => number % 8_796_093_022_207),
)
const decimals = fc.oneof(
  fc.nat(999).map((number) => `.${String(number).padStart(3, '0')}`),
  fc.nat(999).map((number) => `.${String(number).padStart(3, '0')}5`),
  fc.nat(999).map((number) => `.${String(number).padStart(3, '0')}49999999999999`),
  fc.double({ min: 0.01, max: 0.99, noNaN: true }).map((number) => String(number).slice(1)),
  fc.constant(''),
)
const text = fc.tuple(whole, decimals).map(([number, rest]) => `${number}${rest}`)

function read(digits: string): PlainNumber {
  const number = new PlainNumber()
  expect(number.read(new TextEncoder().encode(`${digits},`), 0)).toBe(digits.length)
  return number
}

describe('a number that is read from its digits', () => {
  it('is the same nanosecond as that of the nearest double', () => {
    fc.assert(
      fc.property(text, (digits) => {
        expect(read(digits).timeNs).toBe(fromMicroseconds(Number(digits)))
      }),
      { numRuns: 20_000 },
    )
  })

  it('gives, as a duration, the same end', () => {
    fc.assert(
      fc.property(text, text, (start, duration) => {
        const expected = endFromMicroseconds(Number(start), Number(duration))
        expect(read(start).endAfter(read(duration))).toBe(expected)
      }),
      { numRuns: 20_000 },
    )
  })

  it.each(['-1', '01', '1.', '.5', '1e3', '1E3', 'x', '12345678901234', ''])('leaves %j alone', (digits) => {
    expect(new PlainNumber().read(new TextEncoder().encode(`${digits},`), 0)).toBe(-1)
  })
})
