import { describe, expect, it } from 'vitest'
import { emptiness } from '../src/summary/emptiness.js'
import { NO_LIMITS, type RunResult } from '../src/summary/run-result.js'
import { jsonSummary } from '../src/summary/summary-json.js'
import { summaryLines } from '../src/summary/summary-text.js'
import { textWidth } from '../src/text/cell.js'
import { styleFor } from '../src/text/style.js'
import { captured, lines } from './captured.js'
import { emptyTrace, QUIET_MODULES, SAMPLE_LAYOUT, sampleTrace } from './sample-session.js'

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
    warnings: [],
  },
  output: 'trace.json',
  bytes: 12_345,
  limits: NO_LIMITS,
}

function emptyResult(
  modules: Partial<RunResult['session']['modules']>,
  limits: Partial<RunResult['limits']> = {},
): RunResult {
  const none = { ...QUIET_MODULES, instrumented: 0, functionsInstrumented: 0 }
  return {
    ...result,
    session: { trace: emptyTrace(), modules: { ...none, ...modules }, warnings: [] },
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
          Unfinished    worker 2 of process 4711: ended without the last events
          Overhead      about 6.75 µs at 71 ns a call: 0.1% of the busiest thread

             Self  Calls  Function       Position
          2.50 ms      1  Server.handle  src/server.ts:12:3
          1.75 ms      1  Store.find     src/store.ts:40:9
          1.10 ms      2  render         …/engine/compiled/render-to-string.ts:7:1
           900 µs     90  (anonymous)    …/engine/compiled/render-to-string.ts:99:10

          Open it  tracer report trace.json
                   https://ui.perfetto.dev: drop the file there
      `),
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

          Open it  tracer report trace.json
                   https://ui.perfetto.dev: drop the file there
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
    threads: 2,
    threadsUnfinished: 1,
    processes: 1,
    durationMs: 8,
    modulesInstrumented: 3,
    functionsInstrumented: 48,
    functionsSkipped: { notrace: 2 },
    modulesSkipped: [
      { file: `${SAMPLE_LAYOUT.cwd}/src/legacy.js`, reason: 'syntax-error', message: 'Unexpected token (3:7)' },
    ],
    modulesFiltered: { node_modules: 46 },
    overheadNs: 71,
    warnings: [],
  })
})
