import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nestByEnd, nestByLevel, nestByStart, type Nesting } from '../src/nesting.js'

interface Span {
  readonly start: number
  readonly end: number
}

/** Few different times, so that ties and empty spans are common. */
const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 15 })), { maxLength: 25 })
  .map((pairs) => pairs.map(([a, b]): Span => ({ start: Math.min(a, b), end: Math.max(a, b) })))

describe('nestByEnd', () => {
  it('agrees with the definition on any spans in the order of their ends', () => {
    fc.assert(
      fc.property(spans, (unordered) => {
        const given = unordered.slice().sort((a, b) => a.end - b.end)
        expect(run(nestByEnd, given)).toEqual(slowByEnd(given))
      }),
      { numRuns: 2000 },
    )
  })

  it('gives back the tree from which the spans were taken', () => {
    fc.assert(
      fc.property(trees(), (forest) => {
        const { given, order, depth } = walk(forest)
        expect(run(nestByEnd, given)).toEqual({ order, depth, overlapping: [] })
      }),
      { numRuns: 1000 },
    )
  })

  it('takes those that come late, because they were cut short, for what ended when they end', () => {
    const late = [
      { start: 1, end: 2 },
      { start: 6, end: 7 },
      { start: 8, end: 9 },
      { start: 0, end: 4 },
    ]
    expect(run(nestByEnd, late)).toEqual({ order: [3, 0, 1, 2], depth: [0, 1, 0, 0], overlapping: [] })
  })

  it('lets one that reaches into another begin when that has ended, with all that lies in it', () => {
    const start = Float64Array.of(0, 11, 5)
    const end = Float64Array.of(10, 12, 15)
    const { order, depth } = nestByEnd(start, end, 3)
    expect({ order: [...order], depth: [...depth], start: [...start] }).toEqual({
      order: [0, 2, 1],
      depth: [0, 0, 1],
      start: [0, 11, 10],
    })
  })

  it('holds a chain of 200,000 spans', () => {
    const length = 200_000
    const start = Float64Array.from({ length }, (_, i) => length - i)
    const end = Float64Array.from({ length }, (_, i) => length + i)
    expect(nestByEnd(start, end, length).depth[length - 1]).toBe(length - 1)
  })
})

describe('nestByLevel', () => {
  it('gives back the tree from which the levels were taken, whatever the times', () => {
    fc.assert(
      fc.property(trees(), (forest) => {
        const { order, depth } = walk(forest)
        const given = walk(forest).given
        const levels = new Int32Array(given.length)
        order.forEach((position, i) => (levels[position] = depth[i]))
        const nesting = nestByLevel(levels, given.length)
        expect({ order: [...nesting.order], depth: [...nesting.depth] }).toEqual({ order, depth })
      }),
      { numRuns: 1000 },
    )
  })

  it('closes up levels that are missing', () => {
    const nesting = nestByLevel(Int32Array.of(5, 2, 7, 3), 4)
    expect([...nesting.order]).toEqual([1, 0, 3, 2])
    expect([...nesting.depth]).toEqual([0, 1, 0, 1])
  })
})

describe('nestByStart', () => {
  it('agrees with the definition on any spans in any order', () => {
    fc.assert(
      fc.property(spans, (given) => {
        expect(run(nestByStart, given)).toEqual(slowByStart(given))
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the same tree as nestByEnd when no two times are equal', () => {
    fc.assert(
      fc.property(trees(), (forest) => {
        const { given } = walk(forest)
        expect(run(nestByStart, given)).toEqual(run(nestByEnd, given))
      }),
      { numRuns: 1000 },
    )
  })
})

function run(
  nest: (start: Float64Array, end: Float64Array, length: number) => Nesting,
  given: readonly Span[],
): { order: number[]; depth: number[]; overlapping: readonly number[] } {
  const start = Float64Array.from(given, (span) => span.start)
  const end = Float64Array.from(given, (span) => span.end)
  const { order, depth, overlapping } = nest(start, end, given.length)
  return { order: [...order], depth: [...depth], overlapping }
}

/** A span begins when all have ended that began before it and reach into it. */
function slowByEnd(spans: readonly Span[]): ReturnType<typeof run> {
  const given: Span[] = []
  for (const { start, end } of spans) {
    const cuts = given.filter((other) => other.start < start && other.end > start)
    given.push({ start: Math.max(start, ...cuts.map((other) => other.end)), end })
  }
  // The parent is the first to end after it of those that began no later.
  const parents = given.map((span, i) => given.findIndex((other, k) => k > i && other.start <= span.start))
  const order: number[] = []
  const depth: number[] = []
  const visit = (parent: number, level: number): void => {
    given.forEach((_, i) => {
      if (parents[i] !== parent) return
      order.push(i)
      depth.push(level)
      visit(i, level + 1)
    })
  }
  visit(-1, 0)
  return { order, depth, overlapping: [] }
}

/** The parent is the last before it, by start, that is still open; a span that outlasts it overlaps. */
function slowByStart(given: readonly Span[]): ReturnType<typeof run> {
  const sorted = given.map((_, i) => i).sort((a, b) => given[a].start - given[b].start || given[b].end - given[a].end)
  const order: number[] = []
  const depth: number[] = []
  const overlapping: number[] = []
  for (const i of sorted) {
    const { start, end } = given[i]
    // At its very end an open span still takes in empty ones, until something longer begins there.
    const isTaken = sorted.some((k) => given[k].start === start && given[k].end > start)
    const isOpen = (k: number): boolean =>
      given[k].end > start || (given[k].end === start && end === start && (given[k].start === start || !isTaken))
    const parent = order.findLastIndex(isOpen)
    if (parent !== -1 && given[order[parent]].end < end) {
      overlapping.push(i)
      continue
    }
    order.push(i)
    depth.push(parent === -1 ? 0 : depth[parent] + 1)
  }
  return { order, depth, overlapping }
}

interface Tree {
  readonly children: readonly Tree[]
}

function trees(): fc.Arbitrary<readonly Tree[]> {
  const { forest } = fc.letrec<{ forest: readonly Tree[] }>((tie) => ({
    forest: fc.oneof(
      { maxDepth: 6 },
      fc.constant([]),
      fc.array(fc.record({ children: tie('forest') }), { maxLength: 4 }),
    ),
  }))
  return forest
}

/** Runs a forest by a clock that moves at each begin and end; gives its spans as they ended, and its preorder. */
function walk(forest: readonly Tree[]): { given: Span[]; order: number[]; depth: number[] } {
  const given: Span[] = []
  const entered: { position: number; level: number }[] = []
  let time = 0
  const visit = (tree: Tree, level: number): void => {
    const entry = { position: -1, level }
    entered.push(entry)
    const start = time++
    for (const child of tree.children) visit(child, level + 1)
    entry.position = given.push({ start, end: time++ }) - 1
  }
  for (const tree of forest) visit(tree, 0)
  return { given, order: entered.map((entry) => entry.position), depth: entered.map((entry) => entry.level) }
}
