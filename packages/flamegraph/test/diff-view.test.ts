import { describe, expect, it } from 'vitest'
import { PALETTES, viewOf, type ChangeKind, type DiffSide, type FlameView } from '../src/index.js'
import { diffOf } from './support/diffs.js'

const DIFF = diffOf(
  [
    ['main', 0, 100],
    ['parse', 0, 60],
    ['scan', 10, 50],
    ['print', 60, 80],
  ],
  [
    ['main', 0, 200],
    ['parse', 0, 120],
    ['parse', 120, 140],
    ['print', 140, 180],
    ['check', 180, 190],
  ],
)

const view = (side: DiffSide, change?: ChangeKind): FlameView => viewOf(DIFF, { side, change })
const names = ({ tree }: FlameView): string[] => Array.from(tree.frame, (frame) => tree.frames[frame].name)
const nodeOf = (of: FlameView, name: string): number => names(of).indexOf(name)

describe('the view of a diff', () => {
  it('has the paths of the side that gives widths, each as wide as there', () => {
    const after = view('after')
    expect(names(after)).toEqual(['main', 'parse', 'print', 'check'])
    expect(Array.from(after.tree.end, (end, node) => end - after.tree.start[node])).toEqual([200, 140, 40, 10])
    const before = view('before')
    expect(names(before)).toEqual(['main', 'parse', 'scan', 'print'])
    expect(Array.from(before.tree.end, (end, node) => end - before.tree.start[node])).toEqual([100, 60, 40, 20])
  })

  it('says what is new and what is gone', () => {
    const [before, after] = [view('before'), view('after')]
    expect(after.labelsOf(nodeOf(after, 'check'))).toEqual(['check (new)', 'check'])
    expect(before.labelsOf(nodeOf(before, 'scan'))).toEqual(['scan (gone)', 'scan'])
    expect(Array.from(before.tree.start.keys(), (node) => before.isGone(node))).toEqual([false, false, true, false])
    expect(after.gone.map(({ names, totalNs }) => ({ names, totalNs }))).toEqual([
      { names: ['main', 'parse', 'scan'], totalNs: 40 },
    ])
  })

  it.each<[ChangeKind, string, string[]]>([
    ['absolute', 'parse +120 ns', ['print +20 ns', 'main −10 ns']],
    // Before, all took half as long: parse 40 of 200 then, main 40, print 40.
    ['normalised', 'parse +100 ns', ['print', 'main −30 ns']],
    // 20 ns a call before, and two calls after.
    ['per-call', 'parse +100 ns', ['print +20 ns', 'main −10 ns']],
  ])('counts changes as %s', (change, parse, others) => {
    const after = view('after', change)
    expect(after.labelsOf(nodeOf(after, 'parse'))[0]).toBe(parse)
    expect([after.labelsOf(nodeOf(after, 'print'))[0], after.labelsOf(nodeOf(after, 'main'))[0]]).toEqual(others)
  })

  it('colours the largest change fully, and no change not at all', () => {
    const after = view('after', 'normalised')
    const { changes } = PALETTES.light
    expect(after.colorOf(nodeOf(after, 'parse'), PALETTES.light)).toBe(changes[changes.length - 1])
    expect(after.colorOf(nodeOf(after, 'print'), PALETTES.light)).toBe(changes[(changes.length - 1) / 2])
  })

  it('compares the numbers of both sides', () => {
    const after = view('after')
    expect(after.factsOf(nodeOf(after, 'parse')).rows).toEqual([
      ['Total', '60 ns → 140 ns  (+80 ns, +133%)'],
      ['Self', '20 ns → 140 ns  (+120 ns, +600%)'],
      ['Calls', '1 → 2  (+1, +100%)'],
      ['Per call', '60 ns → 70 ns  (+10 ns, +16.7%)'],
    ])
  })

  it('finds nodes of the content again on either side', () => {
    const [before, after] = [view('before'), view('after')]
    const print = after.sourceOf(nodeOf(after, 'print'))
    expect(before.nodeOf(print)).toBe(nodeOf(before, 'print'))
    expect(after.nodeOf(before.sourceOf(nodeOf(before, 'scan')))).toBe(-1)
  })

  it('of two empty traces is empty', () => {
    expect(viewOf(diffOf([], [])).tree).toMatchObject({ length: 0, extent: 0 })
  })
})
