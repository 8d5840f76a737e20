import { describe, expect, it } from 'vitest'
import { brokenRules } from '../src/diff/broken-rules.js'
import { changeJson } from '../src/diff/change-json.js'
import { changeLines } from '../src/diff/change-lines.js'
import { readFailRules } from '../src/diff/fail-rule.js'
import { compareRuns, type RunComparison, type TimeScale } from '../src/diff/function-changes.js'
import { textWidth } from '../src/text/cell.js'
import { styleFor } from '../src/text/style.js'
import { captured, lines } from './captured.js'
import { drawnRun, drawnSide } from './drawn-runs.js'

const LAYOUT = { top: 20, all: false, width: 100, cwd: '/app' }
const plain = styleFor(captured(), {})

const BEFORE = `
  main src/app.ts:1         1 call   5000
  Store.add src/store.ts:4  10 calls 1000
  legacy src/old.ts:1       2 calls  800
  parse src/parse.ts:1      7 calls  70
`
const AFTER = `
  main src/app.ts:3         1 call   5000
  Store.add src/store.ts:4  40 calls 4000
  check src/check.ts:1      5 calls  100
  parse src/parse.ts:9      6 calls  140
`

/** Five runs a side, in which `slow` took a third more, `noisy` is up and down, and `tiny` is too little to be looked at. */
const FIVE_BEFORE = `
  slow src/app.ts:1   10 calls 3000 3010 2990 3005 2995
  noisy src/app.ts:9  10 calls 4000 5000 3000 4500 3500
  tiny src/app.ts:20  1 call   10
`
const FIVE_AFTER = `
  slow src/app.ts:1   10 calls 4000 4010 3990 4005 3995
  noisy src/app.ts:9  10 calls 4400 5100 3100 4600 3600
  tiny src/app.ts:20  1 call   20
`

function compared(before: string, after: string, scale: TimeScale = 'absolute'): RunComparison {
  return compareRuns(drawnSide(before, 'before'), drawnSide(after, 'after'), scale)
}

function shown(comparison: RunComparison, layout: Partial<typeof LAYOUT> = {}): string[] {
  return changeLines(comparison, { ...LAYOUT, ...layout }, plain)
}

describe('of one run a side', () => {
  it('shows what changed, by how much, and judges nothing', () => {
    expect(shown(compared(BEFORE, AFTER))).toEqual(
      lines(`
        before  before-1.pftrace
        after   after-1.pftrace

        6.87 ms in all functions before, 9.24 ms after: 1.34x, changed
        5 functions: 1 new, 1 gone, 1 called more often, 1 called less often

         Before    After    Change  Ratio    Calls  Function   Position
        1.00 ms  4.00 ms  +3.00 ms  4.00x  10 → 40  Store.add  src/store.ts:4:1
         800 µs            -800 µs  gone         2  legacy     src/old.ts:1:1
                  100 µs   +100 µs  new          5  check      src/check.ts:1:1
        70.0 µs   140 µs  +70.0 µs  2.00x    7 → 6  parse      src/parse.ts:9:1
        ... 1 as before: --all shows them

          Times  Self time of one run
          Ratio  after / before; with 1 run a side nobody can tell a change from chance: 4 a side can, 10 do
                 so well
      `),
    )
  })

  it('compares the times of one call when asked to', () => {
    const { functions } = compared(BEFORE, AFTER, 'per-call')
    const perCall = functions.map(({ name, time }) => [name, time.medianNs.before, time.medianNs.after])
    expect(perCall.find(([name]) => name === 'Store.add')).toEqual(['Store.add', 100_000, 100_000])
    expect(perCall.find(([name]) => name === 'check')).toEqual(['check', 0, 20_000])
  })

  it('compares shares of the whole when asked to', () => {
    const before = 'a a.ts:1 1 call 100\nb a.ts:2 1 call 300'
    const after = 'a a.ts:1 1 call 200\nb a.ts:2 1 call 600'
    expect(shown(compared(before, after, 'normalised')).join('\n')).toContain('... 2 as before')
  })

  it('says so when nothing changed', () => {
    expect(shown(compared(BEFORE, BEFORE)).slice(3, 6)).toEqual([
      '6.87 ms in all functions before, 6.87 ms after: 1.00x',
      '4 functions: none new or gone, all called as often as before',
      '... 4 as before: --all shows them',
    ])
  })

  it('says how to see the rest', () => {
    expect(shown(compared(BEFORE, AFTER), { top: 1 })).toContain('... 3 more: --top 4 shows them')
  })

  it('shows all when asked to', () => {
    expect(shown(compared(BEFORE, BEFORE), { all: true }).filter((line) => line.includes('src/'))).toHaveLength(4)
  })
})

describe('of several runs a side', () => {
  it('tells what is slower from what is chance', () => {
    expect(shown(compared(FIVE_BEFORE, FIVE_AFTER), { all: true })).toEqual(
      lines(`
        before  before-1.pftrace and 4 other runs
        after   after-1.pftrace and 4 other runs

        7.01 ms in all functions before, 8.42 ms after: ~1.17x, which may be chance
        3 functions: 1 slower

         Before    After    Change  Ratio              Calls  Function  Position
        3.00 ms  4.00 ms  +1.00 ms  1.33x (1.33–1.34)     10  slow      src/app.ts:1:1
        4.00 ms  4.40 ms   +400 µs  ~1.03x                10  noisy     src/app.ts:9:1
        10.0 µs  20.0 µs  +10.0 µs  2.00x                  1  tiny      src/app.ts:20:1

          Times  Self time of one run, the median of all runs
          Ratio  after / before; in brackets what the ratio is, 95 times of 100; ~ is no more than chance,
                 of 2 functions that took 1% of the time or more
      `),
    )
  })

  it('says how many runs it takes, when it can find nothing', () => {
    const drawing = Array.from({ length: 20 }, (_, index) => `f${index} a.ts:${index + 1} 1 call 100 110 90 105`)
    const text = shown(compared(drawing.join('\n'), drawing.join('\n')), { width: 200 }).join('\n')
    expect(text).toContain('a change of one function alone shows with 6 runs a side')
  })

  it('takes counts that vary for the same while they overlap', () => {
    const [before, after] = [drawnSide('a a.ts:1 5 calls 10', 'before'), drawnSide('a a.ts:1 9 calls 10', 'after')]
    before.add('more', drawnRun('a a.ts:1 7 calls 10'), false)
    after.add('fewer', drawnRun('a a.ts:1 6 calls 10'), false)
    const comparison = compareRuns(before, after, 'absolute')
    expect(comparison.functions.map(({ callsChange }) => callsChange)).toEqual(['same'])
    expect(shown(comparison, { all: true }).join('\n')).toContain('5–7 → 6–9')
  })

  it('brings runs together that did not call the same functions', () => {
    const before = drawnSide('a a.ts:1 5 calls 10', 'before')
    before.add('other', drawnRun('b a.ts:7 1 call 10\na a.ts:1 5 calls 10'), false)
    const comparison = compareRuns(before, drawnSide('b a.ts:9 1 call 10', 'after'), 'absolute')
    expect(comparison.functions.map(({ name, calls }) => [name, calls.before, calls.after])).toEqual([
      ['a', [5, 5], [0]],
      ['b', [0, 1], [1]],
    ])
  })
})

const broken: Record<string, { rules: string; before?: string; after?: string; failures: string[] }> = {
  'more calls': { rules: 'calls', failures: ['1 function is called more often: Store.add 10 → 40'] },
  'more calls than are tolerated': { rules: 'calls:300%', failures: [] },
  'new functions': { rules: 'new', failures: ['1 function is new: check'] },
  'functions that are gone': { rules: 'gone', failures: ['1 function is gone: legacy'] },
  'time in all': { rules: 'time:10%', failures: ['all functions together took 1.34x the time'] },
  'time in all within what is tolerated': { rules: 'time:50', failures: [] },
  'time of a function': {
    rules: 'self:50%',
    failures: ['2 functions take longer: Store.add 4.00x, …'],
  },
  'several rules': {
    rules: 'new, gone',
    failures: ['1 function is new: check', '1 function is gone: legacy'],
  },
  'time beyond chance': {
    rules: 'self:1%,time:1%',
    before: FIVE_BEFORE,
    after: FIVE_AFTER,
    failures: ['1 function takes longer: slow 1.33x'],
  },
}

describe('--fail-on', () => {
  it.each(Object.entries(broken))('%s', (_, { rules, before = BEFORE, after = AFTER, failures }) => {
    expect(brokenRules(compared(before, after), readFailRules(rules, '--fail-on'))).toEqual(failures)
  })

  it.each(['call', 'new:5%', 'time:x', '', 'calls,'])("does not take '%s'", (text) => {
    expect(() => readFailRules(text, '--fail-on')).toThrow(`--fail-on takes calls, new, gone, time or self`)
  })
})

it('fits its lines to the width', () => {
  for (const width of [80, 100, 140]) {
    const long = AFTER.replaceAll('Store.add', 'AVeryLongClassNameIndeed.aMethodWithALongName')
    for (const line of shown(compared(BEFORE, long), { width })) {
      expect(textWidth(line), line).toBeLessThanOrEqual(width)
    }
  }
})

it('colours what got dearer and cheaper on a terminal only', () => {
  const style = styleFor(captured({ isTTY: true }), {})
  const text = changeLines(compared(BEFORE, AFTER), LAYOUT, style).join('\n')
  expect(text).toContain('\u001b[31m+3.00 ms\u001b[39m')
  expect(text).toContain('\u001b[32m-800 µs\u001b[39m')
})

it('gives programs all numbers', () => {
  const { functions, ...rest } = JSON.parse(JSON.stringify(changeJson(compared(BEFORE, AFTER), ['why'])))
  expect(rest).toMatchObject({
    before: { files: ['before-1.pftrace'], runs: 1 },
    scale: 'absolute',
    tested: false,
    all: { medianBeforeNs: 6_870_000, change: 'changed', p: null },
    failures: ['why'],
  })
  expect(functions[0]).toMatchObject({
    name: 'Store.add',
    before: { file: '/app/src/store.ts', line: 4, column: 1 },
    calls: { before: [10], after: [40], change: 'more' },
    self: { beforeNs: [1e6], afterNs: [4e6], ratio: 4, change: 'changed' },
  })
  expect(functions.find((row: { name: string }) => row.name === 'check')).toMatchObject({
    before: null,
    calls: { change: 'new' },
    self: { ratio: null },
  })
})
