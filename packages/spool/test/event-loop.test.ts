import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { readSession } from '../src/index.js'
import { writtenSession } from './written-session.js'

/** Turns, values of the counters and blocked moments of a session, a line each; times in ms from the first turn on. */
async function loopOf(session: string): Promise<string[]> {
  return loopText((await readSession(writtenSession(session))).trace)
}

function loopText(trace: Trace): string[] {
  const ms = (ns: number): string => String(Math.round(ns / 1e4) / 100)
  return trace.tracks.flatMap((track) => {
    switch (track.kind) {
      case 'thread': {
        const { timeNs, args } = track.instants
        return Array.from(timeNs, (ns, i) => `@${ms(ns)} blocked ${args.get(i) ?? ''}`)
      }
      case 'async': {
        const { startNs, durationNs, args, unfinished } = track.slices
        return Array.from(startNs, (start, i) =>
          `${ms(start)}-${unfinished.has(i) ? '' : ms(start + durationNs[i])} ${track.name} ${args.get(i) ?? ''}`.trim(),
        )
      }
      case 'counter': {
        const { timeNs, value } = track.samples
        return [`${track.name}, ${track.series}: ${Array.from(timeNs, (ns, i) => `${ms(ns)}=${value[i]}`).join(' ')}`]
      }
    }
  })
}

/** Ticks are of 2 ns: 500,000 of them are a millisecond. */
const at = (ms: number): string => `@${ms * 500_000}`
const left = (ms: number): string => `event left ${at(ms)} 0 #0`
const back = (ms: number, turns: number, waitedMs: number): string => `event back ${at(ms)} ${turns} #${waitedMs}`
const slice = (name: string, from: number, to: number): string => `${name} ${from * 500_000}-${to * 500_000}`
const lines = (...texts: readonly string[]): string => ['thread main', ...texts].join('\n')

describe('the event loop of a thread', () => {
  it('has turns, how busy it was, and how long it kept events waiting', async () => {
    const seen = await loopOf(lines(back(0, 0, 0), left(5), back(205, 1, 200), left(285), back(300, 2, 215), left(301)))
    expect(seen).toEqual([
      '@205 blocked {"ms":80,"stack":[]}',
      '0-5 Event loop',
      '205-285 Event loop',
      '300-301 Event loop',
      'event loop utilization, %: 0=50 10=0 200=50 210=100 280=50 290=0 300=100 301=0',
      'event loop delay, ms: 0=5 10=0 200=80 290=0 300=1 301=0',
    ])
  })

  it('that never turned is none', async () => {
    expect(await loopOf(lines(slice('f', 0, 40), back(0, 0, 0), left(40)))).toEqual([])
  })

  it('goes on with the same turn until it has turned', async () => {
    const turns = await loopOf(
      lines(back(0, 0, 0), left(30), back(31, 0, 0), left(60), back(61, 1, 0), left(100), back(101, 2, 0), left(102)),
    )
    expect(turns.filter((line) => line.endsWith('Event loop') || line.includes('blocked'))).toEqual([
      '@0 blocked {"ms":61,"stack":[]}',
      '0-61 Event loop',
      '61-101 Event loop',
      '101-102 Event loop',
    ])
  })

  it('has short turns together that follow each other', async () => {
    const seen = await loopOf(
      lines(back(0, 0, 0), left(1), back(1.25, 4, 0), left(2), back(2, 5, 0), left(9), back(90, 6, 81)),
    )
    expect(seen.slice(0, 1)).toEqual(['0-9 Event loop {"turns":6}'])
    expect(seen.at(-1)).toBe('event loop delay, ms: 0=7 10=0')
  })

  it('was as busy between slices as it did not wait, and nobody knows when', async () => {
    const seen = await loopOf(lines(back(0, 0, 0), left(10), back(110, 3, 60), left(120)))
    expect(seen).toEqual([
      '0-10 Event loop',
      '110-120 Event loop',
      'event loop utilization, %: 0=100 10=40 110=100 120=0',
      'event loop delay, ms: 0=10 120=0',
    ])
  })

  it('is not known where recording was stopped', async () => {
    const seen = await loopOf(
      lines(
        back(0, 0, 0),
        left(10),
        'stopped @6000000',
        'started @50000000',
        back(110, 9, 20),
        left(120),
        back(140, 10, 40),
        left(150),
      ),
    )
    expect(seen.filter((line) => !line.includes('blocked'))).toEqual([
      '0-10 Event loop',
      '110-120 Event loop',
      '140-150 Event loop',
      'event loop utilization, %: 0=100 10=0 110=100 120=0 140=100 150=0',
      'event loop delay, ms: 0=10 10=0 110=10 120=0 140=10 150=0',
    ])
  })

  it('of a thread that was killed ends with its last slice, or does not', async () => {
    const told = [back(0, 0, 0), left(1), back(11, 1, 10), slice('f', 11, 31)]
    expect((await loopOf(lines(...told)))[1]).toBe('11-31 Event loop')
    expect(await loopOf(lines(...told, 'f 20000000-NaN'))).toEqual([
      '0-1 Event loop',
      '11-31 Event loop',
      '40- Event loop',
      'event loop utilization, %: 0=10 10=90 20=100',
      'event loop delay, ms: 0=1 10=20',
    ])
  })
})

describe('a turn of 50 ms or longer', () => {
  it('is told once, with what took most of its longest slice', async () => {
    const seen = await loopOf(
      lines(
        slice('f', 0, 20),
        slice('h', 20, 45),
        slice('g', 20, 49),
        slice('f', 49, 60),
        back(0, 0, 0),
        left(60),
        back(100, 1, 40),
        left(101),
      ),
    )
    expect(seen.filter((line) => line.includes('blocked'))).toEqual([
      '@0 blocked {"ms":60,"stack":["g /app.js:2","h /app.js:3"]}',
    ])
  })
})
