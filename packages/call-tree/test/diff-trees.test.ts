import { describe, expect, it } from 'vitest'
import { callTree, diffTimes, diffTrees, timeTree, type TreeDiff } from '../src/index.js'
import { drawnTrace } from './drawn-trace.js'
import { text } from './formatted.js'

const BEFORE = `
  main 0-100
    load 0-40
    parse 40-50
    parse 50-60
`
const AFTER = `
  main 0-200
    check 0-20
    parse 20-60
    parse 60-80
    parse 80-120
      scan 90-110
`

describe('diffTrees', () => {
  it('has the paths of both, with new and gone ones', () => {
    expect(formatted(diffOf(BEFORE, AFTER))).toBe(
      text(`
        main 1 -> 1 calls, self 40 -> 80, total 100 -> 200, nodes 0 -> 0
          parse 2 -> 3 calls, self 20 -> 80, total 20 -> 100, nodes 2 -> 1
            scan 0 -> 1 calls, self 0 -> 20, total 0 -> 20, nodes -1 -> 2
          load 1 -> 0 calls, self 40 -> 0, total 40 -> 0, nodes 1 -> -1
          check 0 -> 1 calls, self 0 -> 20, total 0 -> 20, nodes -1 -> 3
      `),
    )
  })

  it('puts what a tree by time keeps apart together', () => {
    const [before, after] = [drawnTrace('a 0-10\nb 10-15\na 15-30'), drawnTrace('a 0-1')]
    const diff = diffTrees({ trace: before, tree: timeTree(before) }, { trace: after, tree: timeTree(after) })
    expect(Array.from(diff.before.calls)).toEqual([2, 1])
    expect(Array.from(diff.before.totalNs)).toEqual([25, 5])
  })

  it('takes two empty trees', () => {
    expect(diffOf('', '')).toMatchObject({ length: 0, before: { rootNs: 0 }, after: { rootNs: 0 } })
  })
})

describe('diffTimes', () => {
  const diff = diffOf(BEFORE, AFTER)

  it('gives the times as they are', () => {
    expect(lists(diffTimes(diff, 'total'))).toEqual({ before: [100, 20, 0, 40, 0], after: [200, 100, 20, 0, 20] })
  })

  it('takes both for equally long in all', () => {
    expect(lists(diffTimes(diff, 'self', 'normalised'))).toEqual({
      before: [40, 20, 0, 40, 0],
      after: [40, 40, 10, 0, 10],
    })
  })

  it('gives the time of one call', () => {
    expect(lists(diffTimes(diff, 'self', 'per-call'))).toEqual({
      before: [40, 10, 0, 40, 0],
      after: [80, 80 / 3, 20, 0, 20],
    })
  })

  it('gives the time of one call of a chosen node', () => {
    expect(lists(diffTimes(diff, 'total', { perCallOf: 1 }))).toEqual({
      before: [50, 10, 0, 20, 0],
      after: [200 / 3, 100 / 3, 20 / 3, 0, 20 / 3],
    })
  })

  it('leaves the times of a run alone in which nothing was called', () => {
    expect(lists(diffTimes(diffOf('a 0-10', ''), 'total', 'normalised'))).toEqual({ before: [10], after: [0] })
  })
})

function diffOf(drawnBefore: string, drawnAfter: string): TreeDiff {
  const [before, after] = [drawnTrace(drawnBefore), drawnTrace(drawnAfter)]
  return diffTrees({ trace: before, tree: callTree(before) }, { trace: after, tree: callTree(after) })
}

function lists({ before, after }: { before: Float64Array; after: Float64Array }): {
  before: number[]
  after: number[]
} {
  return { before: Array.from(before), after: Array.from(after) }
}

function formatted({ length, frames, frame, depth, before, after }: TreeDiff): string {
  return Array.from({ length }, (_, node) => {
    const both = (of: (side: typeof before) => { readonly [node: number]: number }): string =>
      `${of(before)[node]} -> ${of(after)[node]}`
    const counts = `${both((side) => side.calls)} calls, self ${both((side) => side.selfNs)}`
    const rest = `total ${both((side) => side.totalNs)}, nodes ${both((side) => side.node)}`
    return `${'  '.repeat(depth[node])}${frames[frame[node]].name} ${counts}, ${rest}`
  }).join('\n')
}
