import type { Clock } from '@tracer/core'
import { readSpool, SpoolWriter, type ModeMove } from '@tracer/spool'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EndingSignals } from '../src/ending-signals.js'
import { ProcessFacts } from '../src/process-facts.js'
import { RecorderLoop } from '../src/recorder-loop.js'
import { SIGNAL } from '../src/recorder-link.js'
import { CHECKED, CONTROL, TICK, ThreadState, TIMED } from '../src/thread-memory.js'
import { traceSites } from '../src/traced-sites.js'
import { a, b, thread } from './thread.js'

const PERIOD_NS = 1e6
/** A little more than the recorder's own work takes here. */
const NEARLY_A_PERIOD_NS = 1.2 * PERIOD_NS

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-ticks-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

type Recorded = ReturnType<typeof thread>

/**
 * What a recorder does in so much time, which passes only while it waits and a little whenever it
 * looks at its clock; `program` is what its thread does each time.
 */
function simulate(forNs: number, program: (recorded: Recorded, nowNs: number) => void) {
  const recorded = thread()
  const spool = join(folder, 'main')
  new SpoolWriter(spool).close()
  const facts = new ProcessFacts()
  facts.costs = { timedNs: 50, insideNs: 20, checkedNs: 1 }
  const signals = new Int32Array(new SharedArrayBuffer(64))
  let nowNs = 1e6
  const clock: Clock = { id: 'test', now: () => (nowNs += 100), nsPerTick: 1, originNs: 0, originEpochMs: 0 }
  vi.spyOn(Atomics, 'wait').mockImplementation((_array, _index, _value, ms = 0) => {
    nowNs += ms * 1e6
    program(recorded, nowNs)
    if (nowNs > forNs) signals[SIGNAL.stop] = 1
    return 'timed-out'
  })
  new RecorderLoop(
    {
      pid: process.pid,
      main: { memory: recorded.memory, spool, clock, leavesOut: false, osThread: undefined },
      budgetShare: 0.1,
      tickPeriodNs: PERIOD_NS,
      nativeAddon: undefined,
      signals,
      facts: facts.shared,
      endings: new EndingSignals().shared,
    },
    clock,
  ).run()
  const moves: ModeMove[] = []
  for (const block of readSpool(spool)) if (block.kind === 'moves') moves.push(...block.moves)
  const ticks = [...recorded.memory.tickTimes.subarray(0, recorded.memory.control[TICK] + 1)]
  return { ...recorded, moves, ticks, tickAfter: (time: number) => ticks.find((tick) => tick > time) ?? Infinity }
}

/** Does something once, as soon as it is so late. */
function once(atNs: number, act: (recorded: Recorded) => void) {
  let isDone = false
  return (recorded: Recorded, nowNs: number): void => {
    if (isDone || nowNs < atNs) return
    isDone = true
    act(recorded)
  }
}

describe('a recorder', () => {
  it('tick-checks what an earlier run learned to, and says so', () => {
    const learn = once(10e6, ({ memory }) => traceSites(memory, a, 3, [1]))
    const { memory, moves } = simulate(50e6, learn)
    expect([...memory.modes.subarray(a, b + 1)]).toEqual([TIMED, CHECKED])
    const [{ atTicks, ...move }] = moves
    expect(move).toEqual({
      site: b,
      to: 'checked',
      calls: 0,
      meanNs: 0,
      reason: 'learned in an earlier run',
      isLearned: true,
    })
    expect(moves).toHaveLength(1)
    expect(atTicks).toBeLessThan(10e6 + 25e6 + NEARLY_A_PERIOD_NS)
  })

  it('writes a move later when the thread itself is writing', () => {
    const learn = once(10e6, ({ memory }) => {
      memory.control[CONTROL.lock] = 1
      traceSites(memory, a, 3, [1])
    })
    const release = once(50e6, ({ memory }) => (memory.control[CONTROL.lock] = 0))
    const end = once(90e6, ({ memory }) => (memory.control[CONTROL.state] = ThreadState.finished))
    const { moves } = simulate(100e6, (...now) => {
      for (const act of [learn, release, end]) act(...now)
    })
    expect(moves.map(({ site, to }) => [site, to])).toEqual([[b, 'checked']])
  })

  it('tells the time within a period once a site is tick-checked', () => {
    const { moves, ticks, tickAfter } = simulate(200e6, ({ memory, call }) => {
      if (memory.modes[a] === TIMED) for (let i = 0; i < 100_000; i++) call(a)
    })
    expect(moves.map(({ site, to }) => [site, to])).toEqual([[a, 'checked']])
    const [{ atTicks }] = moves
    expect(tickAfter(atTicks) - atTicks).toBeLessThan(NEARLY_A_PERIOD_NS)
    const later = ticks.filter((tick) => tick > atTicks)
    const gaps = later.slice(1).map((tick, i) => tick - later[i])
    expect(Math.max(...gaps)).toBeLessThan(NEARLY_A_PERIOD_NS)
  })

  it('tells the time once more when no site is tick-checked any longer: a call may be open that still compares it', () => {
    const learn = once(10e6, ({ memory }) => traceSites(memory, a, 3, [0]))
    const { moves, tickAfter } = simulate(2e9, (recorded, nowNs) => {
      learn(recorded, nowNs)
      recorded.call(a)
    })
    expect(moves.map(({ site, to }) => [site, to])).toEqual([
      [a, 'checked'],
      [a, 'timed'],
    ])
    const { atTicks } = moves[1]
    expect(tickAfter(atTicks) - atTicks).toBeLessThan(NEARLY_A_PERIOD_NS)
  })
})
