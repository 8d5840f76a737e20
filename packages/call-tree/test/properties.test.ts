import { TraceBuilder, type Trace } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callTree, functionTable, type CallTree } from '../src/index.js'
import { obviousFunctions, obviousPaths } from './obvious.js'

/** A step of a random run: enter a function, leave the innermost one, or let a suspended activation go on. */
type Step = { readonly enter: number; readonly isAsync: boolean } | 'leave' | 'resume'

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ enter: fc.nat(5), isAsync: fc.boolean() }),
  fc.constant('leave' as const),
  fc.constant('resume' as const),
)
const run = fc.array(step, { maxLength: 120 })
const runs = fc.array(run, { minLength: 1, maxLength: 3 })

/** Dearer and cheaper than the steps of a run, so that sums end above and below 0. */
const cost = fc.oneof(
  fc.constant({ overheadNs: 0, overheadInsideNs: 0 }),
  fc
    .record({ inside: fc.nat(30), outside: fc.nat(30) })
    .map(({ inside, outside }) => ({ overheadNs: inside + outside, overheadInsideNs: inside })),
)
type Cost = typeof cost extends fc.Arbitrary<infer C> ? C : never

const NO_COST: Cost = { overheadNs: 0, overheadInsideNs: 0 }

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

/** Plays the steps of each thread; a step takes as many nanoseconds as its number, so that no two slices are alike. */
function traceOf(threads: readonly (readonly Step[])[], probes: Cost): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const sites = Array.from({ length: 6 }, (_, index) =>
    builder.addSite({ kind: 'function', name: `f${index}`, file: 'app.ts', line: index + 1, column: 1 }),
  )
  threads.forEach((steps, index) => {
    const thread = builder.addThread({ process, tid: index + 1, name: '' })
    const open: { site: number; startNs: number; activation: number; run: number }[] = []
    const suspended: { site: number; activation: number; run: number }[] = []
    let nowNs = 0
    let activations = 0
    const leave = (): void => {
      const slice = open.pop()
      if (slice === undefined) return
      const { site, startNs, activation, run } = slice
      const position = builder.addSlice(thread, site, startNs, nowNs)
      if (activation === 0) return
      builder.setActivation(thread, position, activation, run)
      suspended.push({ site, activation, run: run + 1 })
    }
    steps.forEach((step, number) => {
      nowNs += number + 1
      if (step === 'leave') {
        leave()
      } else if (step === 'resume') {
        const next = suspended.shift()
        if (next !== undefined) open.push({ ...next, startNs: nowNs })
      } else {
        open.push({ site: sites[step.enter], startNs: nowNs, activation: step.isAsync ? ++activations : 0, run: 0 })
      }
    })
    while (open.length > 0) {
      nowNs++
      leave()
    }
  })
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, ...probes })
}
