import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callTree, functionTable, invertedTree, threadTrees, timeTree, type TrackSelection } from '../src/index.js'
import { groupedNodes, invertedNodes, linesOf, linesOfTree, nodesByTime, obviousCalls } from './obvious-tree.js'
import { cost, runs, traceOf } from './random-run.js'

/** Part of the threads, of the time, of the functions, of the slices, in any combination. */
const selection: fc.Arbitrary<TrackSelection> = fc.record(
  {
    threads: fc.subarray([0, 1, 2]),
    range: fc.tuple(fc.nat(4000), fc.nat(4000)).map(([fromNs, lengthNs]) => ({ fromNs, toNs: fromNs + lengthNs })),
    sites: fc
      .subarray([0, 1, 2, 3, 4, 5], { minLength: 1 })
      .map((chosen) => (_: unknown, index: number) => chosen.includes(index)),
    slices: fc.integer({ min: 2, max: 5 }).map((each) => (_: number, slice: number) => slice % each > 0),
    raw: fc.boolean(),
  },
  { requiredKeys: [] },
)

describe('of any part of any run', () => {
  it('the call tree equals the one made of objects', () => {
    fc.assert(
      fc.property(runs, cost, selection, (steps, probes, part) => {
        const trace = traceOf(steps, probes)
        expect(linesOfTree(callTree(trace, part))).toEqual(linesOf(groupedNodes(obviousCalls(trace, part))))
      }),
    )
  })

  it('the trees of the threads are those of each alone', () => {
    fc.assert(
      fc.property(runs, cost, selection, (steps, probes, { threads: _, ...part }) => {
        const trace = traceOf(steps, probes)
        const alone = trace.threads.map((_each, thread) => callTree(trace, { ...part, threads: [thread] }))
        expect(threadTrees(trace, part)).toEqual(alone)
      }),
    )
  })

  it('the tree by time equals the one made of objects', () => {
    fc.assert(
      fc.property(runs, cost, selection, (steps, probes, part) => {
        const trace = traceOf(steps, probes)
        expect(linesOfTree(timeTree(trace, part))).toEqual(linesOf(nodesByTime(obviousCalls(trace, part))))
      }),
    )
  })

  it('the inverted tree equals the one made of objects', () => {
    fc.assert(
      fc.property(runs, cost, selection, (steps, probes, part) => {
        const trace = traceOf(steps, probes)
        const nodes = invertedNodes(groupedNodes(obviousCalls(trace, part)))
        expect(linesOfTree(invertedTree(trace, part))).toEqual(linesOf(nodes))
      }),
    )
  })

  it('the function table has the calls, runs and self times of the tree', () => {
    fc.assert(
      fc.property(runs, selection, (steps, part) => {
        const trace = traceOf(steps, { overheadNs: 0, overheadInsideNs: 0 })
        const tree = callTree(trace, part)
        const sums = new Map<number, { calls: number; runs: number; selfNs: number }>()
        for (let node = 0; node < tree.length; node++) {
          const { calls, runs, selfNs } = sums.get(tree.site[node]) ?? { calls: 0, runs: 0, selfNs: 0 }
          sums.set(tree.site[node], {
            calls: calls + tree.calls[node],
            runs: runs + tree.runs[node],
            selfNs: selfNs + tree.selfNs[node],
          })
        }
        const rows = functionTable(trace, part)
        expect(new Map(rows.map(({ site, calls, runs, selfNs }) => [site, { calls, runs, selfNs }]))).toEqual(sums)
      }),
    )
  })
})
