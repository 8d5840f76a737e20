import { TraceBuilder, type SiteKind, type Trace } from '@tracer/core'
import fc from 'fast-check'

/** Names that separate, escape or end something in one format or another. */
const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    'fib',
    'a;b',
    'a\nb',
    '__proto__',
    'é 日本 😀',
    '\ud800',
    'x 12',
    '#private',
    '"\\',
    '',
    'y'.repeat(70_000),
  ),
)

const kinds: readonly SiteKind[] = ['function', 'module', 'span']

const steps = fc.record({
  act: fc.constantFrom('open', 'open', 'close', 'empty', 'instant', 'async', 'sample'),
  wait: fc.constantFrom(0, 0, 0, 1, 7, 999, 1000, 123_456_789),
  site: fc.nat(5),
})

type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

/** Traces with equal times, empty slices, deep nests, and threads without any. */
export const generatedTraces: fc.Arbitrary<Trace> = fc
  .record({
    sites: fc.array(
      fc.record({
        name: names,
        kind: fc.constantFrom(...kinds),
        line: fc.nat(3),
        file: fc.constantFrom('', '/srv/a,b.js'),
      }),
      {
        minLength: 6,
        maxLength: 6,
      },
    ),
    threads: fc.array(
      fc.record({ order: fc.constantFrom('by-end', 'any'), steps: fc.array(steps, { maxLength: 40 }) }),
      { maxLength: 3 },
    ),
    tower: fc.constantFrom(0, 0, 0, 600),
    originNs: fc.constantFrom(0, 163_140_599_286_123),
  })
  .map(({ sites, threads, tower, originNs }) => {
    const builder = new TraceBuilder()
    const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
    const indexes = sites.map((site) => builder.addSite({ ...site, column: site.line }))
    for (const [index, { order, steps }] of threads.entries()) {
      const thread = builder.addThread({ process, tid: 7 + index, name: index === 0 ? 'main' : '' }, order)
      const opens = Array.from({ length: tower }, (): Step => ({ act: 'open', wait: 0, site: 0 }))
      run(builder, thread, indexes, [...opens, ...steps])
    }
    return builder.build({ producer: 'test', clock: 'portable', originNs, originEpochMs: 1.5 })
  })

function run(builder: TraceBuilder, thread: number, sites: readonly number[], steps: readonly Step[]): void {
  const span = builder.addSite({ kind: 'async-span', name: 'job', file: '', line: 0, column: 0 })
  const tick = builder.addSite({ kind: 'instant', name: 'tick', file: '', line: 0, column: 0 })
  const open: { site: number; startNs: number }[] = []
  let nowNs = 0
  const close = (): void => {
    const top = open.pop()
    if (top !== undefined) builder.addSlice(thread, top.site, top.startNs, nowNs)
  }
  for (const { act, wait, site } of steps) {
    nowNs += wait
    if (act === 'open') open.push({ site: sites[site], startNs: nowNs })
    if (act === 'close') close()
    if (act === 'empty') builder.addSlice(thread, sites[site], nowNs, nowNs)
    if (act === 'instant') builder.addInstant(thread, tick, nowNs)
    if (act === 'async') builder.addAsyncSlice(thread, span, nowNs, nowNs + 5)
    if (act === 'sample') builder.addSample(thread, 'queue', 'length', nowNs, site)
  }
  while (open.length > 0) close()
}
