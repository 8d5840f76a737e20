import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration, formatTime, stepOf, ticksOf } from '../src/ruler.js'
import { rulerOf } from '../src/overview.js'

describe('the steps of a ruler', () => {
  test.each([
    [0.2, 1],
    [1, 1],
    [3, 5],
    [1_000, 1_000],
    [1_001, 2_000],
    [6e6, 10e6],
    [20e9, 20e9],
    [31e9, 60e9],
    [61e9, 120e9],
    [16 * 60e9, 30 * 60e9],
    [3 * 3_600e9, 6 * 3_600e9],
  ])('from %d ns on come every %d ns', (least, step) => {
    expect(stepOf(least)).toBe(step)
  })

  test('are no closer than asked for, and no more than two and a half times as far', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 30e9, noNaN: true }), (least) => {
        expect(stepOf(least)).toBeGreaterThanOrEqual(least * (1 - 1e-9))
        expect(stepOf(least)).toBeLessThanOrEqual(least * 2.5 * (1 + 1e-9))
      }),
    )
  })
})

describe('the marks of a ruler', () => {
  test('are evenly spaced over the range, and the labelled ones are whole steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 10, max: 1e9 }), (fromNs, span) => {
        const labelNs = span / 10
        const ticks = ticksOf({ fromNs, toNs: fromNs + span }, labelNs)
        const step = stepOf(labelNs)
        const labelled = ticks.filter(({ label }) => label !== undefined)
        expect(labelled.length).toBe(Math.floor((fromNs + span) / step) - Math.ceil(fromNs / step) + 1)
        for (const { timeNs } of labelled) {
          expect(Math.abs(timeNs / step - Math.round(timeNs / step))).toBeLessThan(1e-6)
        }
        for (const { timeNs } of ticks) expect(timeNs >= fromNs - 1e-3 && timeNs <= fromNs + span + 1e-3).toBe(true)
      }),
    )
  })

  test('have labels that differ from each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_600e9 }),
        fc.double({ min: 1, max: 12, noNaN: true }),
        (fromNs, power) => {
          const labels = rulerOf({ fromNs, toNs: fromNs + 10 ** power }, 1000).ticks.flatMap(({ label }) =>
            label === undefined ? [] : [label],
          )
          expect(new Set(labels).size).toBe(labels.length)
          expect(labels.length).toBeLessThanOrEqual(12)
        },
      ),
    )
  })

  test('count from a moment said once where they would be long', () => {
    const { baseNs, ticks } = rulerOf({ fromNs: 61.000_000_1e9, toNs: 61.000_000_1e9 + 100 }, 1000)
    expect(formatTime(baseNs, 1)).toBe('1 min 1.000000100 s')
    expect(
      ticks
        .map(({ label }) => label)
        .filter((label) => label !== undefined)
        .slice(0, 3),
    ).toEqual(['+0', '+10 ns', '+20 ns'])
  })
})

test.each([
  [0, 1, '0'],
  [250, 50, '250 ns'],
  [1_500, 500, '1.5 µs'],
  [2_000_000, 500_000, '2.0 ms'],
  [59e9, 1e9, '59 s'],
  [60e9, 60e9, '1 min'],
  [90e9, 30e9, '1 min 30 s'],
  [3_661e9, 1e9, '1 h 1 min 1 s'],
  [90_000e9, 3_600e9, '1 d 1 h'],
  [-1_500, 500, '-1.5 µs'],
])('the moment %d ns at steps of %d ns is %s', (timeNs, stepNs, text) => {
  expect(formatTime(timeNs, stepNs)).toBe(text)
})

test.each([
  [0, '0 ns'],
  [7, '7 ns'],
  [0.25, '0.3 ns'],
  [1_234, '1.234 µs'],
  [12_345, '12.35 µs'],
  [123_456_789, '123.5 ms'],
  [65e9, '1 min 5 s'],
  [NaN, 'unknown'],
])('the length %d ns is %s', (durationNs, text) => {
  expect(formatDuration(durationNs)).toBe(text)
})
