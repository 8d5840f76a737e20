import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between } from '../src/motion.js'
import { fitting, kept, panned, timeAt, wholeView, xOf, zoomed } from '../src/view.js'

const BOUNDS = { fromNs: 0, toNs: 3_600e9 }
const views = fc
  .record({
    fromNs: fc.double({ min: 0, max: 3_500e9, noNaN: true }),
    span: fc.double({ min: 20, max: 50e9, noNaN: true }),
  })
  .map(({ fromNs, span }) => ({ fromNs, toNs: fromNs + span }))

describe('a view', () => {
  test('keeps the moment under the pointer in its place while it zooms', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        (view, factor, x) => {
          const anchor = timeAt(x, view, 1000)
          const after = zoomed(view, factor, anchor, BOUNDS)
          const isFree = after.fromNs > wholeView(BOUNDS).fromNs + 1 && after.toNs < wholeView(BOUNDS).toNs - 1
          fc.pre(isFree && after.toNs - after.fromNs > 11)
          expect(Math.abs(xOf(anchor, after, 1000) - x)).toBeLessThan(0.5)
        },
      ),
    )
  })

  test('is never outside of the trace, nor larger than it', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.double({ min: -1e14, max: 1e14, noNaN: true }),
        (view, factor, by) => {
          const whole = wholeView(BOUNDS)
          for (const after of [
            zoomed(view, factor, view.fromNs, BOUNDS),
            panned(view, by, BOUNDS),
            fitting(view, BOUNDS),
          ]) {
            expect(after.fromNs).toBeGreaterThanOrEqual(whole.fromNs - 1e-3)
            expect(after.toNs).toBeLessThanOrEqual(whole.toNs + 1e-3)
            expect(after.toNs - after.fromNs).toBeGreaterThan(9)
          }
        },
      ),
    )
  })

  test('becomes the whole when it is asked to show what is no range', () => {
    for (const view of [
      { fromNs: NaN, toNs: 1 },
      { fromNs: 5, toNs: 5 },
      { fromNs: 9, toNs: 1 },
      { fromNs: 0, toNs: Infinity },
    ]) {
      expect(kept(view, BOUNDS)).toEqual(wholeView(BOUNDS))
    }
  })

  test('of an empty trace is not empty', () => {
    const { fromNs, toNs } = wholeView({ fromNs: 5, toNs: 5 })
    expect(toNs).toBeGreaterThan(fromNs)
  })

  test('glides to where it goes, and is between the two on its way', () => {
    fc.assert(
      fc.property(views, views, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, progress) => {
        expect(between(from, to, 1)).toEqual(to)
        const now = between(from, to, progress)
        const spans = [from.toNs - from.fromNs, to.toNs - to.fromNs]
        expect(now.toNs - now.fromNs).toBeGreaterThanOrEqual(Math.min(...spans) * 0.99)
        expect(now.toNs - now.fromNs).toBeLessThanOrEqual(Math.max(...spans) * 1.01)
        expect(now.fromNs).toBeGreaterThanOrEqual(Math.min(from.fromNs, to.fromNs) - 0.01 * Math.max(...spans))
        expect(now.toNs).toBeLessThanOrEqual(Math.max(from.toNs, to.toNs) + 0.01 * Math.max(...spans))
      }),
    )
  })
})
