import type { Site, Trace } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callTree, diffTimes, diffTrees, invertedTree, type CallTree, type TreeDiff } from '../src/index.js'
import { cost, runs, traceOf } from './random-run.js'

/** The functions as they stand before, and after: moved, in another checkout. Some are there once only. */
function siteBefore(index: number): Site {
  const name = index === 4 ? 'gone' : index < 2 ? '(anonymous) app.ts:1:1' : `f${index}`
  return { kind: 'function', name, file: '/home/ann/shop/src/app.ts', line: index + 1, column: 1 }
}
function siteAfter(index: number): Site {
  const name = index === 5 ? 'new' : index < 2 ? '(anonymous) app.ts:9:9' : `f${index}`
  return { kind: 'function', name, file: '/ci/build/src/app.ts', line: index + 100, column: 1 }
}

/** What a function is called in both: those without a name are told apart by their order among those that ran. */
function nameOf({ sites }: Trace, site: number): string {
  const { name, line } = sites[site]
  const earlier = sites.filter((other) => other.name === name && other.line < line)
  return name.startsWith('(anonymous)') ? `anonymous ${earlier.length}` : name
}

describe('of any two runs', () => {
  it.each([
    ['grouped', callTree],
    ['inverted', invertedTree],
  ])('the diff of two %s trees has the paths of both with the numbers of each', (_, treeOf) => {
    fc.assert(
      fc.property(runs, runs, cost, (stepsBefore, stepsAfter, probes) => {
        const before = { trace: traceOf(stepsBefore, probes, siteBefore), tree: EMPTY }
        const after = { trace: traceOf(stepsAfter, probes, siteAfter), tree: EMPTY }
        before.tree = treeOf(before.trace)
        after.tree = treeOf(after.trace)
        const diff = diffTrees(before, after)
        const [early, late] = [numbersByPath(before), numbersByPath(after)]
        const paths = pathsOf(diff.length, diff.parent, (node) => shownName(diff, before.trace, after.trace, node))
        expect(new Set(paths)).toEqual(new Set([...early.keys(), ...late.keys()]))
        expect(paths.length).toBe(new Set(paths).size)
        paths.forEach((path, node) => {
          expect(numbersOf(diff.before, node)).toEqual(early.get(path) ?? NOTHING)
          expect(numbersOf(diff.after, node)).toEqual(late.get(path) ?? NOTHING)
          expect(diff.before.node[node] === -1).toBe(!early.has(path))
          expect(diff.after.node[node] === -1).toBe(!late.has(path))
        })
        expect([diff.before.rootNs, diff.after.rootNs]).toEqual([before.tree.rootNs, after.tree.rootNs])
      }),
    )
  })

  it('nodes stand in preorder, siblings by the larger of their totals', () => {
    fc.assert(
      fc.property(runs, runs, cost, (stepsBefore, stepsAfter, probes) => {
        const diff = diffOf(traceOf(stepsBefore, probes, siteBefore), traceOf(stepsAfter, probes, siteAfter))
        const larger = (node: number): number => Math.max(diff.before.totalNs[node], diff.after.totalNs[node])
        for (let node = 0; node < diff.length; node++) {
          const next = diff.subtreeEnd[node]
          if (next < diff.length && diff.parent[next] === diff.parent[node]) {
            expect(larger(next)).toBeLessThanOrEqual(larger(node))
          }
          for (let below = node + 1; below < next; below++) expect(diff.depth[below]).toBeGreaterThan(diff.depth[node])
          if (node + 1 < next) expect(diff.parent[node + 1]).toBe(node)
        }
      }),
    )
  })

  it('normalised sides take the same time in all', () => {
    fc.assert(
      fc.property(runs, runs, (stepsBefore, stepsAfter) => {
        const probes = { overheadNs: 0, overheadInsideNs: 0 }
        const diff = diffOf(traceOf(stepsBefore, probes, siteBefore), traceOf(stepsAfter, probes, siteAfter))
        fc.pre(diff.before.rootNs > 0 && diff.after.rootNs > 0)
        const { before, after } = diffTimes(diff, 'self', 'normalised')
        const sum = (values: Float64Array): number => values.reduce((total, ns) => total + ns, 0)
        expect(sum(after)).toBeCloseTo(sum(before), 4)
      }),
    )
  })
})

const NOTHING = { calls: 0, selfNs: 0, totalNs: 0 }
const EMPTY = callTree(traceOf([], { overheadNs: 0, overheadInsideNs: 0 }))

function diffOf(before: Trace, after: Trace): TreeDiff {
  return diffTrees({ trace: before, tree: callTree(before) }, { trace: after, tree: callTree(after) })
}

interface Columns {
  readonly calls: Uint32Array | Float64Array
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
}

function numbersOf({ calls, selfNs, totalNs }: Columns, node: number): typeof NOTHING {
  return { calls: calls[node], selfNs: selfNs[node], totalNs: totalNs[node] }
}

function numbersByPath({ trace, tree }: { trace: Trace; tree: CallTree }): Map<string, typeof NOTHING> {
  const paths = pathsOf(tree.length, tree.parent, (node) => nameOf(trace, tree.site[node]))
  return new Map(paths.map((path, node) => [path, numbersOf(tree, node)]))
}

function shownName(diff: TreeDiff, before: Trace, after: Trace, node: number): string {
  const frame = diff.frames[diff.frame[node]]
  return frame.after === -1 ? nameOf(before, frame.before) : nameOf(after, frame.after)
}

function pathsOf(length: number, parent: Int32Array, name: (node: number) => string): string[] {
  const paths: string[] = []
  for (let node = 0; node < length; node++) {
    paths.push(parent[node] === -1 ? name(node) : `${paths[parent[node]]}/${name(node)}`)
  }
  return paths
}
