import { TraceBuilder, type Site, type Trace } from '@tracer/core'
import fc from 'fast-check'

/** Steps of time that meet: none, one, some, and far apart; whole nanoseconds. */
const wholeStep = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 1, 2, 999, 1000, 1001) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 31 - 1 }) },
  { weight: 1, arbitrary: fc.constant(2 ** 48 + 1) },
)

/** Steps that round to the same nanosecond or to its neighbour. */
const fractionalStep = fc.oneof(
  fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 1, 1.5),
  fc.double({ min: 0, max: 5000, noNaN: true }),
)

/** Any text: control characters, half surrogate pairs, separators of lines, and words of JSON. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'fib',
    'args',
    '\ud800',
    'a\udc00"',
    '\u2028',
    '\\',
    '"',
    '\n',
    '{',
    ']',
    '"args":{',
    'é 日本 😀',
    '__proto__',
    'x'.repeat(70_000),
  ),
)

const site: fc.Arbitrary<Site> = fc.record({
  kind: fc.constantFrom('function', 'module', 'span'),
  name: text,
  file: fc.oneof(text, fc.constantFrom('', '/srv/a.js', 'file:///srv/a,b.js')),
  line: fc.nat(5),
  column: fc.nat(5),
})

const args = fc.option(
  fc.object({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  { nil: undefined, freq: 4 },
)

const instruction = (step: fc.Arbitrary<number>) =>
  fc.record({
    kind: fc.constantFrom('open', 'open', 'close', 'close', 'empty', 'instant', 'sample', 'async'),
    step,
    site: fc.nat(7),
    args,
    run: fc.constantFrom(0, 0, 0, 1, 2, 3),
    value: fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 0)),
    flag: fc.boolean(),
    flow: fc.constantFrom('', '', '', 'a', 'b', 'c'),
  })

type Instruction = ReturnType<typeof instruction> extends fc.Arbitrary<infer I> ? I : never

const recipe = (step: fc.Arbitrary<number>) =>
  fc.record({
    sites: fc.uniqueArray(site, { minLength: 8, maxLength: 8, selector: (one) => JSON.stringify(one) }),
    threads: fc.array(
      fc.record({
        pid: fc.constantFrom(1, 2, 0, -3, 2 ** 32, 2 ** 33),
        tid: fc.constantFrom(0, 1, 2, 9, -1, 2 ** 32),
        name: text,
        order: fc.constantFrom('by-end', 'any'),
        complete: fc.boolean(),
        drops: fc.array(fc.record({ count: fc.nat(), startNs: fc.nat(), endNs: fc.nat() }), { maxLength: 2 }),
        unrecorded: fc.array(
          fc.record({
            site: fc.nat(7),
            calls: fc.nat(),
            estimatedNs: fc.double({ min: 0, max: 1e15, noNaN: true }),
            laterRuns: fc.oneof(fc.constant(0), fc.nat()),
          }),
          { maxLength: 3 },
        ),
        instructions: fc.array(instruction(step), { maxLength: 40 }),
      }),
      { minLength: 0, maxLength: 3 },
    ),
    sources: fc.array(fc.tuple(text, text), { maxLength: 2 }),
    deep: fc.constantFrom(0, 0, 0, 0, 2000),
    producer: text,
    originNs: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true }), { nil: undefined }),
  })

/** Traces on whole nanoseconds, as recordings give them. */
export const wholeTraces: fc.Arbitrary<Trace> = recipe(wholeStep).map(cook)

/** Traces whose times are rounded when they are written. */
export const fractionalTraces: fc.Arbitrary<Trace> = recipe(fractionalStep).map(cook)

/** Behind all else: slices that nest more deeply than Perfetto draws. */
const DEEP_NS = 2 ** 50

type Recipe = ReturnType<typeof recipe> extends fc.Arbitrary<infer R> ? R : never

function cook({ sites, threads, sources, deep, producer, originNs }: Recipe): Trace {
  const builder = new TraceBuilder()
  const processes = new Map<number, number>()
  const indexes = sites.map((one) => builder.addSite(one))
  const asyncSite = builder.addSite({ kind: 'async-span', name: 'job', file: '', line: 0, column: 0 })
  const instantSite = builder.addSite({ kind: 'instant', name: 'tick', file: '/srv/a.js', line: 3, column: 1 })
  const seen = new Set<string>()
  for (const { pid, tid, name, order, complete, drops, unrecorded, instructions } of threads) {
    if (seen.has(`${pid}/${tid}`)) continue
    seen.add(`${pid}/${tid}`)
    const process = processes.get(pid) ?? builder.addProcess({ pid, name: `p${pid}`, commandLine: ['node', name] })
    processes.set(pid, process)
    const thread = builder.addThread({ process, tid, name }, order)
    for (const drop of drops) builder.addDrop(thread, drop)
    for (const { site: which, calls, estimatedNs, laterRuns } of unrecorded) {
      builder.addUnrecorded(thread, indexes[which], calls, estimatedNs, laterRuns)
    }
    if (!complete) builder.setIncomplete(thread)
    run(builder, thread, indexes, asyncSite, instantSite, instructions)
    for (let level = deep; level > 0 && order === 'any'; level--) {
      builder.addSlice(thread, indexes[level % 8], DEEP_NS - level, DEEP_NS + level)
    }
  }
  for (const [file, content] of sources) builder.addSource(file, content)
  const costs = { overheadNs: 33.25, overheadInsideNs: 11.5, checkNs: 2.25, tickNs: 50_000 }
  const metadata = { producer, clock: 'portable', originEpochMs: 1.5, ...costs }
  return builder.build(originNs === undefined ? metadata : { ...metadata, originNs })
}

function run(
  builder: TraceBuilder,
  thread: number,
  sites: readonly number[],
  asyncSite: number,
  instantSite: number,
  instructions: Recipe['threads'][number]['instructions'],
): void {
  const open: { start: number; step: Instruction }[] = []
  let now = 0
  const close = (start: number, end: number, { site: which, args: text, run: number, flag, flow }: Instruction) => {
    const position = builder.addSlice(thread, sites[which], start, end)
    if (text !== undefined) builder.setArgs(thread, position, text)
    if (flow !== '') builder.addFlow(flow, thread, Number.isNaN(end) ? start : end, flag ? 'next' : 'innermost')
    if (number > 0) builder.setActivation(thread, position, number, flag ? 0 : 1)
  }
  for (const step of instructions) {
    now += step.step
    const top = step.kind === 'close' ? open.pop() : undefined
    if (top !== undefined) close(top.start, now, top.step)
    if (step.kind === 'open') open.push({ start: now, step })
    if (step.kind === 'empty') close(now, now, step)
    if (step.kind === 'instant') builder.addInstant(thread, instantSite, now, step.args)
    if (step.kind === 'sample') {
      builder.addSample(thread, step.args ?? 'queue', step.flag ? 'length' : '__proto__', now, step.value)
    }
    if (step.kind === 'async') {
      const [end, track] = [step.flag ? now + 1500 : NaN, step.args === undefined ? 'job' : 'jobs']
      const position = builder.addAsyncSlice(thread, asyncSite, now, end, step.args, false, track)
      if (step.flow !== '') builder.addFlowToAsyncSlice(step.flow, thread, track, position)
    }
  }
  for (const { start, step } of open.reverse()) close(start, NaN, step)
}
