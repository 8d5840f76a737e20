import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { eventLoopTexts } from '../src/summary/event-loops.js'

/** How the loop of a thread went: blocks as milliseconds and stacks, the utilization by second, and its turns. */
interface Loop {
  readonly name?: string
  readonly blocked?: readonly (readonly [ms: number, ...stack: readonly string[]])[]
  readonly busy: readonly number[]
  readonly turns: number
}

function traceOf(loops: readonly Loop[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'app.js', commandLine: [] })
  const site = (kind: 'instant' | 'turn', name: string): number =>
    builder.addSite({ kind, name, file: '', line: 0, column: 0 })
  loops.forEach(({ name = 'main', blocked = [], busy, turns }, index) => {
    const thread = builder.addThread({ process, tid: 7 + index, name })
    blocked.forEach(([ms, ...stack], i) => {
      builder.addInstant(thread, site('instant', 'event loop blocked'), i * 1e8, JSON.stringify({ ms, stack }))
    })
    for (let i = 0; i < turns; i++) builder.addAsyncSlice(thread, site('turn', 'Event loop'), i * 1e6, i * 1e6 + 10)
    busy.forEach((value, second) => builder.addSample(thread, 'event loop utilization', '%', second * 1e9, value))
  })
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

function texts(...loops: readonly Loop[]): string[] {
  return eventLoopTexts(traceOf(loops), '/srv', [...loops.keys()])
}

describe('what is said of event loops', () => {
  it('is how often and how long one was blocked, in which function, and how busy it was', () => {
    const blocked = [
      [60, 'handle /srv/src/app.js:3', 'render /srv/src/page.js:8'],
      [120, 'handle /srv/src/app.js:3', 'parse /srv/src/json.js:5'],
    ] as const
    expect(texts({ blocked, busy: [40, 20, 0], turns: 5 })).toEqual([
      'main: blocked 2 times, for 120 ms at most, in parse src/json.js:5; busy for 30.0% of 2.00 s',
    ])
  })

  it('is that one was busy all the time, of threads that turned often', () => {
    expect(texts({ busy: [90, 80, 0], turns: 20 })).toEqual(['main: busy for 85.0% of 2.00 s'])
    expect(texts({ busy: [90, 80, 0], turns: 19 })).toEqual([])
    expect(texts({ busy: [70, 70, 0], turns: 20 })).toEqual([])
  })

  it('is nothing of a program that loads, or waits for other threads', () => {
    const blocked = [[500, '(module) app.js /srv/app.js:1', 'work /srv/app.js:2']] as const
    expect(texts({ blocked, busy: [99, 0], turns: 1 })).toEqual([])
    expect(texts({ blocked: [[500, 'Atomics.wait']], busy: [99, 99, 0], turns: 50 })).toEqual([])
  })

  it('is of the five threads where it was worst', () => {
    const loops = [3, 1, 2, 6, 5, 4, 7].map((n) => ({
      name: `w${n}`,
      blocked: [[n * 100, 'work']] as const,
      busy: [10, 0],
      turns: 2,
    }))
    expect(texts(...loops).map((text) => text.slice(0, 12))).toEqual([
      'w7: blocked ',
      'w6: blocked ',
      'w5: blocked ',
      'w4: blocked ',
      'w3: blocked ',
      'and 2 thread',
    ])
  })
})
