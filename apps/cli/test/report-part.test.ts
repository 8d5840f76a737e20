import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { reportLines } from '../src/commands/report.js'
import { readRange } from '../src/options/option-values.js'
import type { ReportOptions } from '../src/options/report-options.js'
import { styleFor } from '../src/text/style.js'
import { captured, lines } from './captured.js'
import { REPORT_DEFAULTS } from './report-options.js'

const plain = styleFor(captured(), {})

function report(options: Partial<ReportOptions>): string[] {
  return reportLines(sample(), { ...REPORT_DEFAULTS, ...options }, { width: 80, cwd: '/app' }, plain)
}

/** Two threads; a template engine of node_modules between functions of the project. */
function sample(): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  const site = (name: string, file: string): number =>
    builder.addSite({ kind: 'function', name, file: `/app/${file}`, line: 1, column: 1 })
  const [handle, render] = [site('handle', 'app.ts'), site('render', 'node_modules/eta/eta.js')]
  const [escape, work] = [site('escape', 'escape.ts'), site('work', 'worker.ts')]
  const main = builder.addThread({ process, tid: 7, name: 'main' })
  const worker = builder.addThread({ process, tid: 8, name: 'worker 1' })
  const ms = (thread: number, name: number, from: number, to: number): number =>
    builder.addSlice(thread, name, from * 1e6, to * 1e6)
  ms(main, handle, 0, 10)
  ms(main, render, 2, 8)
  ms(main, escape, 3, 5)
  ms(main, escape, 9, 10)
  ms(worker, work, 4, 20)
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

describe('a report of a part', () => {
  it('is of a range of time', () => {
    expect(report({ range: { fromNs: 4e6, toNs: 9e6 } })).toEqual(
      lines(`
        4 calls of 4 functions in 5.00 ms, 2 threads, 1 process

           Self    Total  Calls     Mean      Max  Function  Position
        5.00 ms  5.00 ms      1  5.00 ms  5.00 ms  work      worker.ts:1:1
        3.00 ms  4.00 ms      1  4.00 ms  4.00 ms  render    node_modules/eta/eta.js:1:1
        1.00 ms  5.00 ms      1  5.00 ms  5.00 ms  handle    app.ts:1:1
        1.00 ms  1.00 ms      1  1.00 ms  1.00 ms  escape    escape.ts:1:1

                 Total     Self  Calls  Function
        50.0%  5.00 ms  1.00 ms      1  handle
        40.0%  4.00 ms  3.00 ms      1    render
        10.0%  1.00 ms  1.00 ms      1      escape
        50.0%  5.00 ms  5.00 ms      1  work
      `),
    )
  })

  it('is of packages; the time of others is that of their callers', () => {
    expect(report({ package: ['(app)'], thread: ['main'] }).slice(-3)).toEqual([
      '         Total     Self  Calls  Function',
      ' 100%  10.0 ms  7.00 ms      1  handle',
      '30.0%  3.00 ms  3.00 ms      2    escape',
    ])
  })

  it.each([['worker 1'], ['8']])('is of threads, by name or number: %s', (thread) => {
    expect(report({ thread: [thread] })[0]).toBe('1 call of 1 function in 20.0 ms, 1 thread, 1 process')
  })

  it('is upside down', () => {
    expect(report({ inverted: true, thread: ['main'] }).slice(-8)).toEqual(
      lines(`
                 Total     Self  Calls  Function
        40.0%  4.00 ms     0 ns      1  render
        40.0%  4.00 ms  4.00 ms      1    handle
        30.0%  3.00 ms  3.00 ms      1  handle
        30.0%  3.00 ms     0 ns      2  escape
        20.0%  2.00 ms     0 ns      1    render
        20.0%  2.00 ms  2.00 ms      1      handle
        10.0%  1.00 ms  1.00 ms      1    handle
      `),
    )
  })

  it('says so when there is nothing', () => {
    expect(report({ range: { fromNs: 50e6, toNs: 60e6 } }).at(-1)).toBe(
      'There is no function call in this part of the trace.',
    )
  })

  it.each([
    [{ package: ['ets'] }, "There is no package 'ets' in this trace. Did you mean eta?", 'It has: (app), eta'],
    [{ thread: ['9'] }, "There is no thread '9' in this trace.", 'It has: main, worker 1'],
  ])('names what there is in place of what there is not', (options, message, nextStep) => {
    expect(() => report(options)).toThrow(expect.objectContaining({ message, nextStep }))
  })
})

describe('--range', () => {
  it.each([
    ['10ms..20ms', 10e6, 20e6],
    ['1.5s..', 1.5e9, Infinity],
    [' ..500us', 0, 500e3],
  ])('reads %s', (text, fromNs, toNs) => {
    expect(readRange(text, '--range')).toEqual({ fromNs, toNs })
  })

  it.each(['', '..', '10ms', '20ms..10ms', '5ms..5ms', '1ms..2ms..3ms'])("does not take '%s'", (text) => {
    expect(() => readRange(text, '--range')).toThrow('--range takes two moments')
  })

  it('wants a unit', () => {
    expect(() => readRange('1..2', '--range')).toThrow('with its unit')
  })
})
