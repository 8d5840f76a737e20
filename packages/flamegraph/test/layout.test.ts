import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Deepest,
  frameTree,
  hitTest,
  layoutOf,
  spanOf,
  type FrameTree,
  type Layout,
  type TreeContent,
} from '../src/index.js'
import { obviousHit, obviousLayout } from './support/obvious.js'
import { anyTree, drawn, treeOf } from './support/trees.js'

const framesOf = ({ tree, sites }: TreeContent): FrameTree => frameTree(tree, sites)

function laidOut(content: TreeContent, width: number, range?: { from: number; to: number }): Layout {
  const tree = framesOf(content)
  return layoutOf(tree, new Deepest(tree), { from: 0, to: tree.extent, width, minWidth: 1, ...range })
}

/** A row a line, `name x+width`; marks as `*nodes x+width`. */
function formatted({ tree, sites }: TreeContent, { boxes, rowStart }: Layout): string[] {
  return rowStart.slice(0, -1).map((first, row) =>
    boxes
      .slice(first, rowStart[row + 1])
      .map(
        (box) =>
          `${box.kind === 'frame' ? sites[tree.site[box.node]].name : `*${box.end - box.node}`} ${box.x}+${box.width}`,
      )
      .join(', '),
  )
}

const SMALL = drawn(`
  main 10
    parse 30
      scan 20
    print 40
  idle 0
`)

describe('a layout', () => {
  it('has children below their parent from its left, and self time at its right', () => {
    expect(formatted(SMALL, laidOut(SMALL, 100))).toEqual([
      'main 0+100, *1 100+0',
      'parse 0+50, print 50+40',
      'scan 0+20',
    ])
  })

  it('has a zoomed frame as wide as all, those above it too, and nothing beside it', () => {
    const range = spanOf(framesOf(SMALL), 1)
    expect(formatted(SMALL, laidOut(SMALL, 100, range))).toEqual(['main 0+100', 'parse 0+100', 'scan 0+40'])
  })

  it('puts narrow neighbours together, with all below them', () => {
    const content = drawn(`
      main 0
        a 1
          below 1
        b 1
          below 1
            deep 1
        wide 600
        c 3
    `)
    const layout = laidOut(content, 100)
    expect(formatted(content, layout)[1]).toMatch(/^\*5 0\+0\.8\d*, wide .*, \*1 /)
    expect(layout.boxes[1]).toMatchObject({ kind: 'mark', row: 1, lastRow: 3 })
  })

  it('shows what takes no time, also at the very end', () => {
    const content = drawn(`
      a 5
        b 5
          c 0
      d 0
    `)
    expect(formatted(content, laidOut(content, 10))).toEqual(['a 0+10, *1 10+0', 'b 0+5', '*1 0+0'])
  })

  it('makes all leaves equally wide when nothing took any time', () => {
    const content = drawn(`
      a 0
        b 0
        c 0
      d 0
    `)
    expect(formatted(content, laidOut(content, 30))).toEqual(['a 0+20, d 20+10', 'b 0+10, c 10+10'])
  })

  it.each([-5, Number.NaN])('takes a time of %d for none', (selfNs) => {
    const content = treeOf([
      { depth: 0, name: 'a', selfNs: 10 },
      { depth: 0, name: 'b', selfNs },
    ])
    expect(formatted(content, laidOut(content, 10))).toEqual(['a 0+10, *1 10+0'])
  })

  it('of nothing is empty', () => {
    expect(laidOut(treeOf([]), 100)).toMatchObject({ boxes: [], rowStart: [0] })
  })

  it('ends at the last row that is wanted', () => {
    const tree = framesOf(SMALL)
    const options = { from: 0, to: tree.extent, width: 100, minWidth: 1, lastRow: 1 }
    expect(formatted(SMALL, layoutOf(tree, new Deepest(tree), options))).toHaveLength(2)
  })

  it('of 5,000 levels has 5,000 rows', () => {
    const content = treeOf(
      Array.from({ length: 5000 }, (_, depth) => ({ depth, name: 'f', selfNs: depth === 4999 ? 10 : 0 })),
    )
    expect(laidOut(content, 100).rowStart).toHaveLength(5001)
  })
})

/** A part of a tree whose edges are whole numbers, and a width that makes of each unit a whole number of pixels or half of one. */
const anyPart = anyTree.chain((content) => {
  const tree = framesOf(content)
  const zooms = [...tree.start.keys()].filter((node) => tree.end[node] > tree.start[node])
  return fc
    .record({
      range: fc.oneof(
        fc.constantFrom(...zooms).map((node) => spanOf(tree, node)),
        fc
          .tuple(fc.nat(tree.extent), fc.nat(tree.extent))
          .map(([a, b]) => ({ from: Math.min(a, b, tree.extent - 1), to: Math.max(a, b, 1) }))
          .filter(({ from, to }) => from < to),
      ),
      perUnit: fc.constantFrom(0.03125, 0.125, 0.5, 1, 4),
    })
    .map(({ range, perUnit }) => ({
      content,
      tree,
      options: { ...range, width: (range.to - range.from) * perUnit, minWidth: 1 },
    }))
})

describe('of any part of any tree', () => {
  it('the layout equals the obvious one', () => {
    fc.assert(
      fc.property(anyPart, ({ tree, options }) => {
        expect(layoutOf(tree, new Deepest(tree), options).boxes).toEqual(obviousLayout(tree, options))
      }),
      { numRuns: 2000 },
    )
  })

  it('a point hits what the obvious test hits', () => {
    fc.assert(
      fc.property(anyPart, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), ({ tree, options }, share, row) => {
        const layout = layoutOf(tree, new Deepest(tree), options)
        const x = share * options.width
        expect(hitTest(layout, x, row)).toEqual(obviousHit(layout, x, row))
      }),
      { numRuns: 2000 },
    )
  })

  it('no node vanishes: each is in a frame, a mark, or outside of the part', () => {
    fc.assert(
      fc.property(anyTree, fc.constantFrom(0.03125, 0.5, 1), (content, perUnit) => {
        const tree = framesOf(content)
        const { boxes } = laidOut(content, tree.extent * perUnit)
        const covered = new Set<number>()
        for (const box of boxes) {
          const end = box.kind === 'frame' ? box.node + 1 : box.end
          for (let node = box.node; node < end; node++) covered.add(node)
        }
        expect(covered.size).toBe(tree.length)
      }),
    )
  })

  it('the deepest level of any range is found', () => {
    const depth = Int32Array.from({ length: 5000 }, (_, node) => (node * 7919) % 1013)
    const deepest = new Deepest({ depth, length: depth.length })
    fc.assert(
      fc.property(fc.nat(4999), fc.nat(4999), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1]
        expect(deepest.between(from, to)).toBe(Math.max(...depth.subarray(from, to)))
      }),
    )
  })
})
