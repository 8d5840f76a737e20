import { describe, expect, it } from 'vitest'
import type { RecordOptions } from '@tracer/loader'
import { record, spansOf } from './record.js'

const CLOCKS: [NonNullable<RecordOptions['clock']>][] = [['native'], ['portable']]

describe('a function that is short as a rule', () => {
  it('has every call of 50 ms in the trace, from where it began to where it ended', async () => {
    const { trace, stdout, moves, costs } = await record(
      {
        'app.cjs': `
          const truth = []
          let sum = 0
          function sometimes(ms) {
            if (ms === 0) { sum += Math.sqrt(sum + 1); return }
            const from = process.hrtime.bigint()
            let to = from
            while (to - from < BigInt(ms) * 1000000n) to = process.hrtime.bigint()
            truth.push([Number(from), Number(to)])
          }
          function batch() { for (let i = 0; i < 200000; i++) sometimes(0) }
          for (let round = 0; round < 20; round++) { batch(); sometimes(50) }
          console.log(JSON.stringify(truth))`,
      },
      { options: { exact: false } },
    )
    const truth = JSON.parse(stdout) as [number, number][]
    const spans = spansOf(trace, 'sometimes')
    const { tickNs, latestTickNs } = costs[0]
    expect(moves.map(({ site }) => trace.sites[site].name)).toContain('sometimes')
    const early = truth.map(([from, to]) => {
      const span = spans.find(
        ({ startNs, endNs }) => startNs <= from + DISAGREEMENT_NS && endNs >= to - DISAGREEMENT_NS,
      )
      expect(span, `the call at ${from}`).toBeDefined()
      return from - (span?.startNs ?? 0)
    })
    // The program may have been interrupted between the probe and its own look at the clock, but not each time.
    const median = early.sort((a, b) => a - b)[early.length >> 1]
    expect(median).toBeLessThanOrEqual(tickNs + latestTickNs + DISAGREEMENT_NS)
  })
})

describe('times', () => {
  it.each(CLOCKS)('of all threads agree with process.hrtime: %s clock', async (clock) => {
    const stamping = `
      const stamps = []
      function stamp() { stamps.push(Number(process.hrtime.bigint())) }
      function stampFor(ms, done) {
        stamp()
        if (ms > 0) setTimeout(stampFor, 50, ms - 50, done)
        else done()
      }`
    const { trace, stdout } = await record(
      {
        'app.cjs': `${stamping}
          const worker = new (require('worker_threads').Worker)(require('path').join(__dirname, 'worker.cjs'))
          worker.on('message', (more) => { console.log(JSON.stringify([...stamps, ...more].sort((a, b) => a - b))) })
          stampFor(1200, () => {})`,
        'worker.cjs': `${stamping}\nstampFor(1200, () => require('worker_threads').parentPort.postMessage(stamps))`,
      },
      { options: { clock } },
    )
    const stamps = JSON.parse(stdout) as number[]
    const spans = spansOf(trace, 'stamp').sort((a, b) => a.startNs - b.startNs)
    expect(trace.metadata.clock).toBe(clock)
    expect(spans.length).toBeGreaterThanOrEqual(stamps.length)
    for (const stamp of stamps) {
      const around = spans.filter(
        ({ startNs, endNs }) => startNs - DISAGREEMENT_NS <= stamp && stamp <= endNs + DISAGREEMENT_NS,
      )
      expect(around, `the call at ${stamp}`).not.toEqual([])
    }
    expect(trace.tracks.filter(({ kind }) => kind === 'thread')).toHaveLength(2)
    // Slices that do not nest would have one of their own.
    expect(trace.tracks.flatMap((track) => (track.kind === 'async' ? [track.name] : []))).toEqual([
      'Event loop',
      'Event loop',
    ])
  })

  it.each([...CLOCKS, ['tick'] as const])(
    'do not care what the program makes of its own clocks: %s clock',
    async (clock) => {
      const { trace, stdout } = await record(
        {
          'app.cjs': `
            const real = process.hrtime.bigint
            const from = real()
            Date.now = () => -1e15
            global.Date = class { constructor() { throw new Error('no date') } }
            performance.now = () => { throw new Error('no time') }
            process.hrtime = () => { throw new Error('no time') }
            process.hrtime.bigint = () => 0n
            function spin() { const t = real(); while (real() - t < 5000000n); }
            for (let i = 0; i < 20; i++) spin()
            console.log(JSON.stringify([Number(from), Number(real())]))`,
        },
        { options: { clock } },
      )
      const [from, to] = JSON.parse(stdout) as [number, number]
      const spans = spansOf(trace, 'spin')
      expect(spans).toHaveLength(20)
      for (const { startNs, endNs } of spans) {
        expect(startNs).toBeGreaterThanOrEqual(from - LATE_TICK_NS)
        expect(endNs).toBeLessThanOrEqual(to + DISAGREEMENT_NS)
        expect(endNs).toBeGreaterThanOrEqual(startNs)
      }
    },
  )
})

const DISAGREEMENT_NS = 50_000
/** What a busy machine may make of a tick. */
const LATE_TICK_NS = 1e9
