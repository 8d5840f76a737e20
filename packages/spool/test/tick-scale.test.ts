import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockPair } from '../src/index.js'
import { ThreadClock } from '../src/thread-clock.js'
import { TickScale } from '../src/tick-scale.js'

const NOMINAL = { nsPerTick: 2, originNs: 1000 }

/** `0=1000 10=1020`: ticks and nanoseconds of each pair. */
function pairs(text: string): ClockPair[] {
  return text
    .split(' ')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=').map(Number))
    .map(([ticks, monotonicNs]) => ({ ticks, monotonicNs }))
}

describe('a tick scale', () => {
  it.each<[why: string, pairs: string, ticks: number, ns: number]>([
    ['is the nominal line when there is no pair', '', 7, 1014],
    ['goes through the only pair with the nominal slope', '10=5000', 12, 5004],
    ['is exact at a pair', '10=5000 20=5050 30=5060', 20, 5050],
    ['is straight from pair to pair', '10=5000 20=5050 30=5060', 15, 5025],
    ['has another slope on the next line', '10=5000 20=5050 30=5060', 25, 5055],
    ['has the first slope before the first pair', '10=5000 20=5050 30=5060', 8, 4990],
    ['has the last slope after the last pair', '10=5000 20=5050 30=5060', 35, 5065],
    ['squeezes what the counter did while the machine slept', '0=0 10=20 1000010=40 1000020=60', 500_010, 30],
    ['goes on as before after the machine slept', '0=0 10=20 1000010=40 1000020=60', 1_000_015, 50],
    ['stands still where the pairs say that time went back', '0=0 10=20 20=15 30=40', 15, 20],
    ['takes the later of two pairs of the same ticks', '0=0 10=20 10=30 20=50', 10, 30],
    ['goes on with the slope before two pairs of the same ticks', '0=0 10=20 10=30', 12, 36],
  ])('%s', (_, text, ticks, ns) => {
    expect(new TickScale(NOMINAL, pairs(text)).toNs(ticks)).toBe(ns)
  })

  const someTicks = fc.double({ min: -1e6, max: 1e13, noNaN: true })
  /** Pairs as two clocks give them that drift apart, stop and jump. */
  const drifting = fc
    .array(
      fc.record({
        ticks: fc.double({ min: 1, max: 1e10, noNaN: true }),
        ns: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e11, noNaN: true })),
      }),
      { maxLength: 40 },
    )
    .map((steps) => {
      let [ticks, monotonicNs] = [0, 1e9]
      return steps.map((step) => ({ ticks: (ticks += step.ticks), monotonicNs: (monotonicNs += step.ns) }))
    })

  it('never goes back, whatever the order of the questions', () => {
    fc.assert(
      fc.property(drifting, fc.array(someTicks, { maxLength: 60 }), (all, asked) => {
        const scale = new TickScale(NOMINAL, all)
        const answers = new Map(asked.map((ticks) => [ticks, scale.toNs(ticks)]))
        const sorted = [...answers].sort(([a], [b]) => a - b).map(([, ns]) => ns)
        expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
      }),
    )
  })

  it('is exact at every pair', () => {
    fc.assert(
      fc.property(drifting, (all) => {
        const scale = new TickScale(NOMINAL, all)
        for (const { ticks, monotonicNs } of all) expect(scale.toNs(ticks)).toBe(Math.round(monotonicNs))
      }),
    )
  })

  it('answers for starts far back as for ends', () => {
    const scale = new TickScale(
      NOMINAL,
      Array.from({ length: 1000 }, (_, i) => ({ ticks: i * 10, monotonicNs: i * i })),
    )
    const alone = (ticks: number): number =>
      new TickScale(
        NOMINAL,
        Array.from({ length: 1000 }, (_, i) => ({ ticks: i * 10, monotonicNs: i * i })),
      ).toNs(ticks)
    for (const ticks of [9_985, 15, 9_987, 5_000, 9_990, -5, 10_050]) expect(scale.toNs(ticks)).toBe(alone(ticks))
  })
})

describe('the clock of a thread', () => {
  /** 20 ticks before the counter was reset and 20 after it, of 2 ns each. */
  const reset = pairs('100=5000 120=5040 5=5100 25=5140')

  it('goes by the pairs before a reset until it is passed', () => {
    const clock = new ThreadClock(NOMINAL, reset)
    clock.pass(reset.slice(0, 2))
    expect(clock.toNs(110)).toBe(5020)
  })

  it('goes by the pairs after a reset once it is passed', () => {
    const clock = new ThreadClock(NOMINAL, reset)
    clock.pass(reset.slice(0, 2))
    clock.pass(reset.slice(2))
    expect(clock.toNs(15)).toBe(5120)
  })

  it('begins a call before the reset that ended after it', () => {
    const clock = new ThreadClock(NOMINAL, reset)
    clock.pass(reset)
    expect(clock.startNs(110, 15)).toBe(5020)
    expect(clock.startNs(10, 15)).toBe(5110)
  })

  it.each([
    ['', 2],
    ['10=50', 2],
    ['0=0 10=40', 4],
    ['0=0 10=40 20=80 1000020=90 1000030=130', 4],
    ['0=0 10=40 20=80 21=1080', 4],
  ])('of the pairs "%s" has ticks of %d ns', (text, nsPerTick) => {
    expect(new ThreadClock(NOMINAL, pairs(text)).nsPerTick).toBe(nsPerTick)
  })
})
