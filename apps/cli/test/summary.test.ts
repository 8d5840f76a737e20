import { describe, expect, it } from 'vitest'
import { emptiness } from '../src/summary/emptiness.js'
import { NO_LIMITS, type RunResult } from '../src/summary/run-result.js'
import { jsonSummary } from '../src/summary/summary-json.js'
import { summaryLines } from '../src/summary/summary-text.js'
import { textWidth } from '../src/text/cell.js'
import { styleFor } from '../src/text/style.js'
import { captured, lines } from './captured.js'
import {
  collectedTrace,
  emptyTrace,
  QUIET_MODULES,
  SAMPLE_LAYOUT,
  sampleTrace,
  steeredSession,
} from './sample-session.js'

const plain = styleFor(captured(), {})

const result: RunResult = {
  session: {
    trace: sampleTrace(),
    modules: {
      instrumented: 3,
      functionsInstrumented: 48,
      functionsSkipped: { notrace: 2 },
      skipped: [
        { file: `${SAMPLE_LAYOUT.cwd}/src/legacy.js`, reason: 'syntax-error', message: 'Unexpected token (3:7)' },
      ],
      filtered: { node_modules: 46 },
    },
    costs: [],
    leftOut: [],
    stops: [],
    moves: [],
    hasCollections: false,
    warnings: [],
  },
  output: 'trace.json',
  bytes: 12_345,
  limits: NO_LIMITS,
}

function emptyResult(
  modules: Partial<RunResult['session']['modules']>,
  limits: Partial<RunResult['limits']> = {},
  stops: RunResult['session']['stops'] = [],
): RunResult {
  const none = { ...QUIET_MODULES, instrumented: 0, functionsInstrumented: 0 }
  return {
    ...result,
    session: {
      trace: emptyTrace(),
      modules: { ...none, ...modules },
      costs: [],
      leftOut: [],
      stops,
      moves: [],
      hasCollections: false,
      warnings: [],
    },
    limits: { ...NO_LIMITS, ...limits },
  }
}

describe('the summary for people', () => {
  it('is aligned and calm', () => {
    expect(summaryLines(result, SAMPLE_LAYOUT, plain)).toEqual(
      lines(`

        Recorded 95 events in 8.00 ms, 2 threads, 1 process

          Saved         trace.json (12.3 kB)
          Instrumented  48 functions in 3 modules
          Left alone    2 functions (notrace), 46 modules (node_modules)
          Skipped       src/legacy.js: Unexpected token (3:7)
          Dropped       1,234 events, which the trace marks
          Unfinished    worker 2 of process 4711: the last events are missing
          Overhead      94.4 µs to 311 µs at 71 ns to 234 ns a call: 1.1% to 3.6% of the
                        busiest thread

             Self  Calls  Function       Position
          2.50 ms      1  Server.handle  src/server.ts:12:3
          1.75 ms      1  Store.find     src/store.ts:40:9
          1.10 ms      2  render         …/engine/compiled/render-to-string.ts:7:1
           897 µs     90  (anonymous)    …/engine/compiled/render-to-string.ts:99:10

          Open it  tracer view trace.json
                   tracer report trace.json
      `),
    )
  })

  it('says that a page is opened in a browser', () => {
    expect(summaryLines({ ...result, output: 'a b.html' }, SAMPLE_LAYOUT, plain).slice(-2)).toEqual([
      '  Open it  a b.html in a browser',
      "           tracer report 'a b.html'",
    ])
  })

  it('says that a large page opens better in another way', () => {
    expect(summaryLines({ ...result, output: 'a.html', bytes: 60e6 }, SAMPLE_LAYOUT, plain).slice(-3)).toEqual([
      '  Open it  tracer view a.html',
      '           a.html in a browser: it is large, and opens slower than a .pftrace in',
      '           tracer view',
    ])
  })

  it('says that tracer does not read what it wrote', () => {
    expect(summaryLines({ ...result, output: 'a.pb.gz' }, SAMPLE_LAYOUT, plain).at(-1)).toBe(
      '  Open it  in a program for its format: tracer does not read it',
    )
  })

  it.each([60, 80, 200])('fits %d columns', (width) => {
    for (const line of summaryLines(result, { ...SAMPLE_LAYOUT, width }, plain)) {
      if (!line.includes('https://')) expect(textWidth(line), line).toBeLessThanOrEqual(width)
    }
  })

  it('has no table and no losses when there is nothing to tell of them', () => {
    expect(summaryLines(emptyResult({ filtered: { node_modules: 2 } }), SAMPLE_LAYOUT, plain)).toEqual(
      lines(`

        Recorded 0 events in 0 ns, 1 thread, 1 process

          Saved         trace.json (12.3 kB)
          Instrumented  0 functions in 0 modules
          Left alone    2 modules (node_modules)
          No function   Nothing was instrumented.
                        2 modules in node_modules left alone: --packages all traces
                        them, or name some.

          Open it  tracer view trace.json
                   tracer report trace.json
      `),
    )
  })

  it('shows the first few skipped modules and counts the rest', () => {
    const skipped = Array.from({ length: 7 }, (_, i) => ({ file: `/m/${i}.js`, reason: 'too-deep', message: '' }))
    const text = summaryLines(emptyResult({ skipped }), SAMPLE_LAYOUT, plain).join('\n')
    expect(text).toContain('/m/4.js: too deep')
    expect(text).not.toContain('/m/5.js')
    expect(text).toContain('and 2 modules more')
  })
})

describe('the summary of a run that was recorded with garbage collections', () => {
  const collected = (trace: RunResult['session']['trace']): RunResult => ({
    ...result,
    session: { ...result.session, trace, hasCollections: true },
  })

  it('says how much of it they were', () => {
    expect(summaryLines(collected(collectedTrace()), SAMPLE_LAYOUT, plain).slice(7, 9)).toEqual([
      '  Garbage       3 collections took 3.50 ms; most on main: 3.00 ms, 30.0% of the',
      '                run; the longest: major collection, 3.00 ms',
    ])
    expect(jsonSummary(collected(collectedTrace())).garbage).toEqual({
      collections: 3,
      totalMs: 3.5,
      longestMs: 3,
      mostMs: 3,
    })
  })

  it('says that there were none', () => {
    expect(summaryLines(collected(sampleTrace()), SAMPLE_LAYOUT, plain)).toContain('  Garbage       no collection')
    expect(jsonSummary(collected(sampleTrace())).garbage).toMatchObject({ collections: 0, totalMs: 0 })
  })
})

describe('the summary of a run that was steered', () => {
  const { trace, costs, moves } = steeredSession()
  const told = (session: Partial<RunResult['session']>): string[] =>
    summaryLines({ ...result, session: { ...result.session, trace, costs, moves, ...session } }, SAMPLE_LAYOUT, plain)

  it('tells of calls without a slice, of the budget, and of late ticks', () => {
    expect(told({}).slice(7)).toEqual(
      lines(`
          Dropped       1,000 events, which the trace marks
          Overhead      566 µs to 1.87 ms at 70 ns to 231 ns a call, 5 ns a tick-checked
                        one: 5.7% to 18.7% of the busiest thread
          Budget        2 functions tick-checked, 99,120 calls counted without a slice;
                        dearest: next (60,000 calls), skip (40,120 calls)
                        1 function began tick-checked, as learned in an earlier run
          Note          two ticks were 53.0 ms apart in place of 1.00 ms: tick-checked
                        calls up to that long may have no slice

              Self   Calls  Function  Position
           8.00 ms       1  parse     src/parse.ts:1:1
          ~6.00 ms  60,001  next      src/parse.ts:2:1
          ~1.60 ms  40,120  skip      src/parse.ts:4:1
            500 µs       1  peek      src/parse.ts:3:1
          ~ with an estimate for calls that left no slice

          Open it  tracer view trace.json
                   tracer report trace.json
      `).map((line) => (line === '' ? '' : `  ${line}`)),
    )
  })

  it('says when the budget was not enough', () => {
    const [main, worker] = costs
    const overhead = told({ costs: [{ ...main, cpuNs: 1_400_000 }, worker] })
      .join(' ')
      .replaceAll(/\s+/g, ' ')
    expect(overhead).toContain(
      ': 40.4% to 98.0% of the processor time of the busiest thread, over the budget of 10%; the program does little but call functions',
    )
  })

  it('says nothing of the budget when there was none', () => {
    const unlimited = costs.map((cost) => ({ ...cost, cpuNs: 1_400_000, budgetPercent: undefined }))
    expect(told({ costs: unlimited }).join('\n')).not.toContain('budget of')
  })

  it('tells of calls that no budget kept from having a slice', () => {
    const text = told({ moves: [], costs: [] }).join('\n')
    expect(text).toContain('  Counted       99,120 calls counted without a slice; dearest: next (60,000')
    expect(text).not.toContain('Note')
  })

  it('tells apart calls that limits left out, and says how long recording was stopped', () => {
    const session = {
      ...{ trace, costs },
      leftOut: [
        { short: 60_000, deep: 1000 },
        { short: 0, deep: 20 },
      ],
      stops: [
        { count: 2, totalNs: 1.5e9 },
        { count: 2, totalNs: 1.4e9 },
      ],
    }
    expect(told(session).slice(8, 13)).toEqual(
      lines(`
          Left out      60,000 calls shorter than --min-duration, 1,020 calls deeper
                        than --max-depth; they are counted
          Stopped       recording was stopped for 1.50 s in total, 2 times
          Overhead      4.53 ms to 9.80 ms at 70 ns to 151 ns a call, 5 ns a
                        tick-checked one: 45.3% to 98.0% of the busiest thread, over the
      `).map((line) => `  ${line}`),
    )
    const { leftOut, stoppedMs } = jsonSummary({ ...result, session: { ...result.session, ...session } })
    expect({ leftOut, stoppedMs }).toEqual({ leftOut: { minDuration: 60_000, maxDepth: 1020 }, stoppedMs: 1500 })
  })

  it('says that a large page opens better in another way', () => {
    expect(summaryLines({ ...result, output: 'a.html', bytes: 60e6 }, SAMPLE_LAYOUT, plain).slice(-3)).toEqual([
      '  Open it  tracer view a.html',
      '           a.html in a browser: it is large, and opens slower than a .pftrace in',
      '           tracer view',
    ])
  })

  it('says that tracer does not read what it wrote', () => {
    expect(summaryLines({ ...result, output: 'a.pb.gz' }, SAMPLE_LAYOUT, plain).at(-1)).toBe(
      '  Open it  in a program for its format: tracer does not read it',
    )
  })

  it.each([60, 80, 200])('fits %d columns', (width) => {
    const wide = { ...result, session: { ...result.session, ...steeredSession() } }
    for (const line of summaryLines(wide, { ...SAMPLE_LAYOUT, width }, plain)) {
      if (!line.includes('https://')) expect(textWidth(line), line).toBeLessThanOrEqual(width)
    }
  })

  it('has it all for machines', () => {
    expect(jsonSummary({ ...result, session: { ...result.session, trace, costs, moves } })).toMatchObject({
      events: 3,
      dropped: 1000,
      unrecordedCalls: 100_120,
      overheadNs: 70,
      overheadInsideNs: 30,
      checkNs: 5,
      tickNs: 1_000_000,
      latestTickNs: 53_000_000,
      overheadPercent: expect.closeTo(((1003 * 70 + 99_000 * 5) * 100) / 10_000_000),
      overheadMostPercent: expect.closeTo(((1003 * 70 + 99_000 * 5) * 330) / 10_000_000),
      budgetPercent: 10,
      overBudget: false,
      functionsTickChecked: 2,
      functionsLearned: 1,
      moves: [
        {
          function: 'next',
          file: `${SAMPLE_LAYOUT.cwd}/src/parse.ts`,
          line: 2,
          toChecked: 2,
          toTimed: 1,
          calls: 9000,
          meanNs: 100,
          reason: 'calls are short',
        },
        { function: 'skip', toChecked: 1, toTimed: 0 },
      ],
      warnings: [expect.stringContaining('two ticks were 53.0 ms apart')],
    })
  })
})

describe('why a trace has no function', () => {
  it.each<[why: string, RunResult]>([
    [
      '4 functions instrumented, and the program called none of them.',
      emptyResult({ instrumented: 1, functionsInstrumented: 4 }),
    ],
    [
      '4 functions instrumented, and no call was recorded under --min-duration 10us. Run without to see more.',
      emptyResult({ instrumented: 1, functionsInstrumented: 4 }, { calls: ['--min-duration 10us'] }),
    ],
    [
      'Recording was stopped: start() of @tracer/loader/control starts it, in the program.',
      emptyResult({ instrumented: 1, functionsInstrumented: 4 }, {}, [{ count: 1, totalNs: 5e9 }]),
    ],
    ['The one instrumented module has no function.', emptyResult({ instrumented: 1 })],
    [
      'Every function of the 2 instrumented modules was left alone.',
      emptyResult({ instrumented: 2, functionsSkipped: { trivial: 3 } }),
    ],
    [
      "Nothing was instrumented. 3 modules left out by --include 'src/**'.",
      emptyResult({ filtered: { 'not included': 3 } }, { files: ["--include 'src/**'"] }),
    ],
    [
      'Nothing was instrumented. 1 module could not be instrumented.',
      emptyResult({ skipped: [{ file: 'a.js', reason: 'syntax-error', message: '' }] }),
    ],
    [
      'The one instrumented module has no function. 9 modules in node_modules left alone: --packages all traces them, or name some.',
      emptyResult({ instrumented: 1, filtered: { node_modules: 9 } }),
    ],
    [
      'Nothing was instrumented: no Node.js program ran, or it dropped NODE_OPTIONS, by which tracer reaches it, or it ended before it loaded a module.',
      emptyResult({}),
    ],
  ])('%s', (why, empty) => {
    expect(emptiness(empty).join(' ')).toBe(why)
  })

  it('is not asked of a trace that has one', () => {
    expect(emptiness(result)).toEqual([])
  })
})

it('the summary for machines has all its fields', () => {
  expect(jsonSummary(result)).toEqual({
    output: 'trace.json',
    bytes: 12_345,
    events: 95,
    dropped: 1234,
    unrecordedCalls: 0,
    leftOut: { minDuration: 0, maxDepth: 0 },
    threads: 2,
    threadsUnfinished: 1,
    processes: 1,
    ends: [{ pid: 4711, name: 'node', exitCode: null, signal: null }],
    durationMs: 8,
    stoppedMs: 0,
    garbage: null,
    modulesInstrumented: 3,
    functionsInstrumented: 48,
    functionsSkipped: { notrace: 2 },
    modulesSkipped: [
      { file: `${SAMPLE_LAYOUT.cwd}/src/legacy.js`, reason: 'syntax-error', message: 'Unexpected token (3:7)' },
    ],
    modulesFiltered: { node_modules: 46 },
    overheadNs: 71,
    overheadInsideNs: 31,
    checkNs: 0,
    tickNs: 0,
    latestTickNs: 0,
    overheadPercent: expect.closeTo((1235 * 71 * 100) / 8_000_000),
    overheadMostPercent: expect.closeTo((1235 * 71 * 330) / 8_000_000),
    budgetPercent: null,
    overBudget: false,
    functionsTickChecked: 0,
    functionsLearned: 0,
    moves: [],
    warnings: [],
  })
})
