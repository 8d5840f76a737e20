import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Highlight } from '../src/highlight.js'
import { endOf, indexLevels } from '../src/level-index.js'
import { ONE_SLICE, RowScanner, type Spans, type Window } from '../src/row-spans.js'
import { broken, levelled, overlapping, tableOf, windows, type SomeSlice } from './some-slices.js'

interface Span {
  readonly left: number
  readonly right: number
  readonly slice: number
  readonly cover: number
  readonly matched: number
}

function listOf({ length, left, right, slice, cover, matched }: Spans): Span[] {
  return Array.from({ length }, (_, at) => ({
    left: left[at],
    right: right[at],
    slice: slice[at],
    cover: cover[at],
    matched: matched[at],
  }))
}

function spansOf(slices: readonly SomeSlice[], level: number, window: Window): Span[] {
  const table = tableOf(slices)
  const index = indexLevels(table)
  return level < index.levels ? listOf(new RowScanner().scan(table, index, level, window)) : []
}

/** The slices of a level that touch the window, with where they lie in pixels. */
function obvious(slices: readonly SomeSlice[], level: number, { fromNs, toNs, width }: Window) {
  const table = tableOf(slices)
  const xOf = (ns: number): number => ((ns - fromNs) / (toNs - fromNs)) * width
  return slices.flatMap(({ depth, startNs }, slice) => {
    const end = endOf(table, slice)
    if (depth !== level || !(startNs <= toNs && end >= fromNs)) return []
    return [{ slice, left: xOf(startNs), right: xOf(end), ns: end - startNs }]
  })
}

const A_PIXEL = 1 - 1e-9

describe('the spans of a row', () => {
  test('have every slice of a pixel or more, exactly where it is', () => {
    fc.assert(
      fc.property(fc.oneof(levelled, overlapping), windows, (slices, window) => {
        const wide = obvious(slices, 0, window).filter(({ left, right }) => right - left >= A_PIXEL)
        const spans = spansOf(slices, 0, window).filter(({ cover }) => cover === ONE_SLICE)
        expect(spans.map(({ slice }) => slice).sort((a, b) => a - b)).toEqual(
          wide.map(({ slice }) => slice).sort((a, b) => a - b),
        )
        for (const span of spans) {
          const real = wide.find(({ slice }) => slice === span.slice)
          expect(span.left).toBeCloseTo(real?.left ?? NaN, 6)
          expect(span.right).toBeCloseTo(real?.right ?? NaN, 6)
        }
      }),
    )
  })

  test('leave out no slice: each is drawn on a pixel that it touches or on the one beside it', () => {
    fc.assert(
      fc.property(fc.oneof(levelled, overlapping, broken), windows, (slices, window) => {
        for (const level of [0, 1, 2]) {
          const spans = spansOf(slices, level, window)
          for (const { left, right } of obvious(slices, level, window)) {
            const [from, to] = [Math.max(0, left), Math.min(window.width, right)]
            const isDrawn = spans.some(
              (span) => span.left <= Math.min(to, window.width - 1) + 1 && span.right >= from - 1,
            )
            expect(isDrawn).toBe(true)
          }
        }
      }),
    )
  })

  test('cover as much in columns as the slices that are smaller than a pixel', () => {
    fc.assert(
      fc.property(levelled, windows, (slices, window) => {
        const pxPerNs = window.width / (window.toNs - window.fromNs)
        const seen = obvious(slices, 0, window)
        // Of slices at the edges a part lies outside, and a block of them may lie on either side of it.
        fc.pre(seen.every(({ left, right }) => left >= 1 && right <= window.width - 1))
        const columns = spansOf(slices, 0, window).filter(({ cover }) => cover !== ONE_SLICE)
        const small = seen.filter(({ left, right }) => right - left < A_PIXEL)
        const covered = small.reduce((sum, { ns }) => sum + ns * pxPerNs, 0)
        const shown = columns.reduce((sum, { cover }) => sum + cover, 0)
        expect(shown).toBeLessThanOrEqual(covered + 1e-3)
        if (columns.every(({ cover }) => cover < 0.99)) expect(shown).toBeCloseTo(covered, 3)
      }),
    )
  })

  test('show in a column the longest of the slices that begin there, when none of them is in a block with others', () => {
    const slices = [3, 9, 5].map((durationNs, at) => ({ startNs: 100 + at * 10, durationNs, depth: 0 }))
    const [column, ...others] = spansOf(slices, 0, { fromNs: 0, toNs: 10_000, width: 100 })
    expect(others).toEqual([])
    expect(column).toMatchObject({ left: 1, right: 2, slice: 1 })
    expect(column?.cover).toBeCloseTo(17 / 100)
  })

  test('add up in a column what many blocks cover, and show the longest of all', () => {
    const slices = Array.from({ length: 100 }, (_, at) => ({
      startNs: at * 10,
      durationNs: at === 87 ? 8 : 2,
      depth: 0,
    }))
    // Without the last one, all of them would be one block.
    const [column, last] = spansOf([...slices, { startNs: 4500, durationNs: 3, depth: 0 }], 0, {
      fromNs: -5000,
      toNs: 5000,
      width: 10,
    })
    expect(column).toMatchObject({ left: 5, slice: 87 })
    expect(column?.cover).toBeCloseTo(206 / 1000)
    expect(last).toMatchObject({ left: 9, slice: 100 })
  })

  test('have a slice of a pixel alone, also when those beside it are small and close', () => {
    const sizes = [1, 1, 1, 120, 1, 1, 1, 1]
    const slices = sizes.map((durationNs, at) => ({
      startNs: 1000 + at * 2 + (at > 3 ? 120 : 0),
      durationNs,
      depth: 0,
    }))
    const wide = spansOf(slices, 0, { fromNs: 0, toNs: 10_000, width: 100 }).filter(({ cover }) => cover === ONE_SLICE)
    expect(wide).toMatchObject([{ slice: 3 }])
  })

  test('are marked where one of hundreds on a pixel matches', () => {
    const slices = Array.from({ length: 300 }, (_, at) => ({ startNs: at, durationNs: 1, depth: 0 }))
    const table = tableOf(slices)
    const index = indexLevels(table)
    const window = { fromNs: -1e6, toNs: 1e6, width: 100 }
    for (const bySlice of [false, true]) {
      const bytes = Uint8Array.from(slices, (_, at) => Number(at === 211))
      const found = bySlice ? { trace: 0, slices: new Map([[0, bytes]]) } : { trace: 0, sites: bytes }
      const matches = new Highlight([found]).of(0, 0, table, index, 0)
      expect(listOf(new RowScanner().scan(table, index, 0, window, matches))).toMatchObject([{ matched: 1 }])
    }
  })

  test('have one column for a nanosecond in an hour', () => {
    const spans = spansOf([{ startNs: 1800e9, durationNs: 1, depth: 0 }], 0, { fromNs: 0, toNs: 3600e9, width: 1000 })
    expect(spans).toMatchObject([{ left: 500, right: 501, slice: 0 }])
  })

  test('tell two nanoseconds apart after an hour', () => {
    const slices = [0, 1, 2].map((at) => ({ startNs: 3600e9 + at, durationNs: 1, depth: 0 }))
    const spans = spansOf(slices, 0, { fromNs: 3600e9 - 1, toNs: 3600e9 + 9, width: 1000 })
    expect(spans.map(({ left, right }) => [Math.round(left), Math.round(right)])).toEqual([
      [100, 200],
      [200, 300],
      [300, 400],
    ])
  })

  test('are at most two for each pixel, however many slices there are', () => {
    fc.assert(
      fc.property(levelled, windows, (slices, window) => {
        expect(spansOf(slices, 0, window).length).toBeLessThanOrEqual(2 * window.width + 2)
      }),
    )
  })

  test('are marked where a slice of theirs matches', () => {
    fc.assert(
      fc.property(levelled, windows, fc.nat(), (slices, window, chosen) => {
        fc.pre(slices.length > 0)
        const table = tableOf(slices)
        const index = indexLevels(table)
        const match = chosen % slices.length
        const sites = Uint8Array.from(slices, (_, site) => Number(site === match))
        const level = slices[match].depth
        const matches = new Highlight([{ trace: 0, sites }]).of(0, 0, table, index, level)
        const marked = listOf(new RowScanner().scan(table, index, level, window, matches)).filter(
          ({ matched }) => matched === 1,
        )
        const [seen] = obvious(slices, level, window).filter(({ slice }) => slice === match)
        if (seen === undefined) expect(marked.length).toBeLessThanOrEqual(1)
        else expect(marked.length).toBe(1)
      }),
    )
  })
})
