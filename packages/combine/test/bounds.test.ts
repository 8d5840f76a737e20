import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Offsets, type Bound } from '../src/bounds.js'

/** Bounds on up to four clocks whose offsets are 0, -5 to 5. */
const CLOCKS = 4
const OFFSETS = Array.from({ length: 11 }, (_, i) => i - 5)
const anyBound = fc
  .tuple(
    fc.integer({ min: 0, max: CLOCKS - 1 }),
    fc.integer({ min: 0, max: CLOCKS - 1 }),
    fc.integer({ min: -6, max: 6 }),
    fc.integer({ min: 0, max: 5 }),
  )
  .filter(([from, to]) => from !== to)
  .map(([from, to, lowerNs, width]): Bound => ({ from, to, lowerNs, upperNs: lowerNs + width }))

/** All offsets of the other clocks that meet the bounds, by trying. */
function solutions(bounds: readonly Bound[]): number[][] {
  const found: number[][] = []
  for (const a of OFFSETS) {
    for (const b of OFFSETS) {
      for (const c of OFFSETS) {
        const offsets = [0, a, b, c]
        const isMet = bounds.every(({ from, to, lowerNs, upperNs }) => {
          const apart = offsets[to] - offsets[from]
          return apart >= lowerNs && apart <= upperNs
        })
        if (isMet) found.push(offsets)
      }
    }
  }
  return found
}

/** Each clock within 5 of the first, so that trying comes to an end. */
const CLOSE: readonly Bound[] = [1, 2, 3].map((to) => ({ from: 0, to, lowerNs: -5, upperNs: 5 }))

describe('bounds on offsets of clocks', () => {
  it('give the range of each that trying all of them gives', () => {
    fc.assert(
      fc.property(fc.array(anyBound, { maxLength: 6 }), (some) => {
        const bounds = [...CLOSE, ...some]
        const found = solutions(bounds)
        const offsets = new Offsets(CLOCKS, bounds)
        expect(offsets.slackNs === 0).toBe(found.length > 0)
        if (found.length === 0) return
        for (const clock of [1, 2, 3]) {
          const values = found.map((solution) => solution[clock])
          expect([offsets.lower(0, clock), offsets.upper(0, clock)]).toEqual([Math.min(...values), Math.max(...values)])
        }
      }),
    )
  })

  it('stay together when one after the other is decided within its range', () => {
    fc.assert(
      fc.property(fc.array(anyBound, { maxLength: 6 }), fc.array(fc.nat(10), { minLength: 3 }), (some, choices) => {
        const bounds = [...CLOSE, ...some]
        const offsets = new Offsets(CLOCKS, bounds)
        fc.pre(offsets.slackNs === 0)
        const chosen = [0]
        for (const clock of [1, 2, 3]) {
          const [lower, upper] = [offsets.lower(0, clock), offsets.upper(0, clock)]
          chosen.push(lower + (choices[clock - 1] % (upper - lower + 1)))
          offsets.fix(0, clock, chosen[clock])
        }
        expect(solutions(bounds)).toContainEqual(chosen)
      }),
    )
  })

  it('are widened as little as makes them agree', () => {
    const bounds = (slack: number): Bound[] => [
      { from: 0, to: 1, lowerNs: 10 - slack, upperNs: 12 + slack },
      { from: 1, to: 2, lowerNs: 10 - slack, upperNs: 12 + slack },
      { from: 0, to: 2, lowerNs: 0 - slack, upperNs: 14 + slack },
    ]
    // 10 + 10 is 6 more than 14: each of three gives 2.
    expect(new Offsets(3, bounds(0)).slackNs).toBeCloseTo(2, 0)
    expect(new Offsets(3, bounds(2.5)).slackNs).toBe(0)
  })

  it('are none for clocks that nothing is known of', () => {
    const offsets = new Offsets(2, [])
    expect([offsets.lower(0, 1), offsets.upper(0, 1)]).toEqual([-Infinity, Infinity])
  })
})
