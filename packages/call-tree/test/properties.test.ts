import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callTree, functionTable, type CallTree } from '../src/index.js'
import { obviousFunctions, obviousPaths } from './obvious.js'
import { cost, NO_COST, runs, traceOf } from './random-run.js'

describe('on any run', () => {
  it('the function table equals the obvious one, cut off at 0', () => {
    fc.assert(
      fc.property(runs, cost, (steps, probes) => {
        const trace = traceOf(steps, probes)
        const expected = obviousFunctions(trace)
        const rows = functionTable(trace)
        expect(rows.length).toBe(expected.size)
        for (const row of rows) {
          const { callNs, ...sums } = expected.get(row.site) ?? expect.fail(`no site ${row.site}`)
          expect(row).toMatchObject({ ...sums, selfNs: notBelow0(sums.selfNs), totalNs: notBelow0(sums.totalNs) })
          expect(row.minNs).toBe(notBelow0(Math.min(...callNs)))
          expect(row.maxNs).toBe(notBelow0(Math.max(...callNs)))
          expect(row.meanNs * row.calls).toBeCloseTo(notBelow0(callNs.reduce((a, b) => a + b, 0)))
        }
      }),
    )
  })

  it('the call tree equals the obvious one, cut off at 0', () => {
    fc.assert(
      fc.property(runs, cost, (steps, probes) => {
        const trace = traceOf(steps, probes)
        const tree = callTree(trace)
        const expected = obviousPaths(trace)
        expect(tree.length).toBe(expected.size)
        for (let node = 0; node < tree.length; node++) {
          const { calls, selfNs, totalNs } = expected.get(pathOf(tree, node)) ?? expect.fail('no such path')
          expect({ calls: tree.calls[node], selfNs: tree.selfNs[node], totalNs: tree.totalNs[node] }).toEqual({
            calls,
            selfNs: notBelow0(selfNs),
            totalNs: notBelow0(totalNs),
          })
        }
      }),
    )
  })

  it('raw times are those of probes that cost nothing', () => {
    fc.assert(
      fc.property(runs, cost, (steps, probes) => {
        const [trace, free] = [traceOf(steps, probes), traceOf(steps, NO_COST)]
        expect(functionTable(trace, { raw: true })).toEqual(functionTable(free))
        expect(callTree(trace, { raw: true })).toEqual(callTree(free))
      }),
    )
  })

  it('table and tree agree, and self times add up to the roots', () => {
    fc.assert(
      fc.property(runs, (steps) => {
        const trace = traceOf(steps, NO_COST)
        const [rows, tree] = [functionTable(trace), callTree(trace)]
        const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)
        expect(sum(tree.calls)).toBe(sum(rows.map((row) => row.calls)))
        expect(sum(tree.runs)).toBe(sum(rows.map((row) => row.runs)))
        expect(sum(tree.selfNs)).toBe(tree.rootNs)
        expect(sum(rows.map((row) => row.selfNs))).toBe(tree.rootNs)
      }),
    )
  })

  it('siblings are dearest first, and a subtree ends where the next sibling begins', () => {
    fc.assert(
      fc.property(runs, cost, (steps, probes) => {
        const tree = callTree(traceOf(steps, probes))
        for (let node = 0; node < tree.length; node++) {
          const next = tree.subtreeEnd[node]
          if (next < tree.length && tree.parent[next] === tree.parent[node]) {
            expect(tree.totalNs[next]).toBeLessThanOrEqual(tree.totalNs[node])
          }
          for (let below = node + 1; below < next; below++) expect(tree.depth[below]).toBeGreaterThan(tree.depth[node])
        }
      }),
    )
  })
})

function notBelow0(ns: number): number {
  return Math.max(0, ns)
}

function pathOf(tree: CallTree, node: number): string {
  const sites: number[] = []
  for (let at = node; at !== -1; at = tree.parent[at]) sites.unshift(tree.site[at])
  return sites.join('/')
}
