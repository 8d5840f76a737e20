import type { AsyncTrack, CounterTrack, Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { record } from './record.js'

const SPIN = 'function spin(ms) { const end = performance.now() + ms; while (performance.now() < end); }'
const BLOCKS = `${SPIN}
  const { eventLoopUtilization } = performance
  let left = 3
  const before = eventLoopUtilization()
  function block() {
    spin(80)
    if (--left > 0) setTimeout(block, 200)
    else console.log(eventLoopUtilization(before).utilization)
  }
  setTimeout(block, 200)`

describe('the event loop of a program that blocks three times and waits in between', () => {
  it('has turns around the blocks, and none while it waited', async () => {
    const { trace } = await record({ 'app.cjs': BLOCKS })
    const turns = turnsOf(trace, 'main')
    const blocks = slicesOf(trace, 'block')
    expect(blocks).toHaveLength(3)
    for (const [from, to] of blocks) {
      const around = turns.filter((turn) => turn[0] <= from && turn[1] >= to)
      expect(around).toHaveLength(1)
      // A timer of 200 ms goes off no earlier.
      const before = turns.filter(([start]) => start < from - 1).map(([, end]) => end)
      expect(from - Math.max(...before)).toBeGreaterThan(190)
    }
  })

  it('kept events waiting as long as a block took, and was as busy as Node.js says itself', async () => {
    const { trace, stdout } = await record({ 'app.cjs': BLOCKS })
    const delay = counterOf(trace, 'main', 'event loop delay')
    for (const [from, to] of slicesOf(trace, 'block')) {
      expect(valueAt(delay, (from + to) / 2)).toBeGreaterThanOrEqual(to - from - 0.01)
    }
    const utilization = counterOf(trace, 'main', 'event loop utilization')
    const [first] = slicesOf(trace, '(module) app.cjs')
    const blocks = slicesOf(trace, 'block')
    const [, end] = blocks[blocks.length - 1]
    expect(Math.abs(meanOf(utilization, first[0], end) - 100 * Number(stdout))).toBeLessThan(5)
  })

  it('names what it was blocked by', async () => {
    const { trace } = await record({ 'app.cjs': BLOCKS })
    const blocked = trace.tracks.flatMap((track) => (track.kind === 'thread' ? [...track.instants.args.values()] : []))
    expect(blocked.filter((args) => /"stack":\["block .*","spin /.test(args))).toHaveLength(3)
  })
})

it('each thread has its own', async () => {
  const { trace } = await record({
    'app.cjs':
      "new (require('worker_threads').Worker)(__dirname + '/w.cjs', { name: 'w' }); setTimeout(function end() {}, 400)",
    'w.cjs': `${SPIN}; setTimeout(function busy() { spin(120) }, 50)`,
  })
  const [[from, to]] = slicesOf(trace, 'busy')
  expect(turnsOf(trace, 'w').some((turn) => turn[0] <= from && turn[1] >= to)).toBe(true)
  expect(valueAt(counterOf(trace, 'w', 'event loop delay'), (from + to) / 2)).toBeGreaterThanOrEqual(119)
  expect(counterOf(trace, 'main', 'event loop utilization').samples.length).toBeGreaterThan(1)
})

it('a program that is killed in an endless loop has a turn without an end', async () => {
  const { trace } = await record(
    { 'app.cjs': `${SPIN}; setTimeout(function hang() { console.log('here'); for (;;) spin(1000) }, 50)` },
    { onOutput: (child) => setTimeout(() => child.kill('SIGKILL'), 1000) },
  )
  const { slices } = trackOf(trace, 'main')
  expect([...slices.unfinished]).toEqual([slices.length - 1])
})

it('a program that never comes to its loop has none', async () => {
  const { trace } = await record({ 'app.cjs': `${SPIN}; spin(20)` })
  expect(trace.tracks.map(({ kind }) => kind)).toEqual(['thread'])
})

function threadOf(trace: Trace, name: string): number {
  return trace.threads.findIndex((thread) => thread.name === name)
}

function trackOf(trace: Trace, thread: string): AsyncTrack {
  const track = trace.tracks.find(
    (candidate): candidate is AsyncTrack =>
      candidate.kind === 'async' && candidate.name === 'Event loop' && candidate.thread === threadOf(trace, thread),
  )
  if (track === undefined) throw new Error(`${thread} has no event loop`)
  return track
}

/** From when to when, in ms. */
type Stretch = readonly [from: number, to: number]

function turnsOf(trace: Trace, thread: string): Stretch[] {
  const { startNs, durationNs } = trackOf(trace, thread).slices
  return Array.from(startNs, (start, i) => [start / 1e6, (start + durationNs[i]) / 1e6])
}

function slicesOf(trace: Trace, name: string): Stretch[] {
  return trace.tracks.flatMap((track): Stretch[] => {
    if (track.kind !== 'thread') return []
    const { site, startNs, durationNs } = track.slices
    return Array.from(startNs, (start, i): Stretch => [start / 1e6, (start + durationNs[i]) / 1e6]).filter(
      (_, i) => trace.sites[site[i]].name === name,
    )
  })
}

function counterOf(trace: Trace, thread: string, name: string): CounterTrack {
  const track = trace.tracks.find(
    (candidate): candidate is CounterTrack =>
      candidate.kind === 'counter' && candidate.name === name && candidate.thread === threadOf(trace, thread),
  )
  if (track === undefined) throw new Error(`${thread} has no counter ${name}`)
  return track
}

function valueAt({ samples: { timeNs, value } }: CounterTrack, ms: number): number {
  return value[timeNs.filter((time) => time / 1e6 <= ms).length - 1]
}

/** The mean of a counter from a moment to another, in ms. */
function meanOf({ samples: { timeNs, value } }: CounterTrack, from: number, to: number): number {
  let sum = 0
  timeNs.forEach((time, i) => {
    const next = i + 1 < timeNs.length ? timeNs[i + 1] / 1e6 : Infinity
    sum += value[i] * Math.max(0, Math.min(to, next) - Math.max(from, time / 1e6))
  })
  return sum / (to - from)
}
