import { TraceBuilder, type Site, type Trace } from '@tracer/core'
import fc from 'fast-check'

/** A step of a random run: enter a function, leave the innermost one, or let a suspended activation go on. */
type Step = { readonly enter: number; readonly isAsync: boolean } | 'leave' | 'resume'

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ enter: fc.nat(5), isAsync: fc.boolean() }),
  fc.constant('leave' as const),
  fc.constant('resume' as const),
)
const run = fc.array(step, { maxLength: 120 })
export const runs = fc.array(run, { minLength: 1, maxLength: 3 })

/** Dearer and cheaper than the steps of a run, so that sums end above and below 0. */
export const cost = fc.oneof(
  fc.constant({ overheadNs: 0, overheadInsideNs: 0 }),
  fc
    .record({ inside: fc.nat(30), outside: fc.nat(30) })
    .map(({ inside, outside }) => ({ overheadNs: inside + outside, overheadInsideNs: inside })),
)
type Cost = typeof cost extends fc.Arbitrary<infer C> ? C : never

export const NO_COST: Cost = { overheadNs: 0, overheadInsideNs: 0 }

/** Plays the steps of each thread; a step takes as many nanoseconds as its number, so that no two slices are alike. */
export function traceOf(
  threads: readonly (readonly Step[])[],
  probes: Cost,
  siteOf: (index: number) => Site = usualSite,
): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const sites = Array.from({ length: 6 }, (_, index) => builder.addSite(siteOf(index)))
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

function usualSite(index: number): Site {
  return { kind: 'function', name: `f${index}`, file: 'app.ts', line: index + 1, column: 1 }
}
