import { TraceBuilder, type Trace } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { functionTable } from '../src/index.js'

/** From nothing to hours, as many short ones as long ones. */
const duration = fc
  .tuple(fc.nat(44), fc.double({ min: 1, max: 2, noNaN: true }))
  .map(([bits, factor]) => Math.floor(2 ** bits * factor) - 1)
const durations = fc.array(duration, { minLength: 1, maxLength: 300 })

describe('of any calls', () => {
  it('percentiles are within 1.6% of those of the sorted durations, and exact below 64 ns', () => {
    fc.assert(
      fc.property(durations, (calls) => {
        const [{ p50Ns, p90Ns, p99Ns }] = functionTable(traceOfCalls(calls))
        const sorted = [...calls].sort((a, b) => a - b)
        for (const [share, ns] of [
          [0.5, p50Ns],
          [0.9, p90Ns],
          [0.99, p99Ns],
        ]) {
          const exactNs = sorted[Math.ceil(share * sorted.length) - 1]
          if (exactNs < 64) expect(ns).toBe(exactNs)
          else expect(Math.abs(ns - exactNs) / exactNs).toBeLessThanOrEqual(1 / 64)
        }
      }),
    )
  })

  it('each is in the one bar of the histogram that has room for it', () => {
    fc.assert(
      fc.property(durations, (calls) => {
        const [{ histogram }] = functionTable(traceOfCalls(calls))
        let total = 0
        for (let bar = 0; bar < histogram.length; bar++) {
          const [fromNs, toNs] = [histogram.fromNs[bar], histogram.toNs[bar]]
          const within = calls.filter((ns) => ns >= fromNs && ns < toNs).length
          expect(within).toBeGreaterThan(0)
          expect(histogram.calls[bar]).toBe(within)
          expect(fromNs).toBeGreaterThanOrEqual(bar === 0 ? 0 : histogram.toNs[bar - 1])
          total += within
        }
        expect(total).toBe(calls.length)
      }),
    )
  })
})

function traceOfCalls(durationsNs: readonly number[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: '' })
  const site = builder.addSite({ kind: 'function', name: 'f', file: 'app.ts', line: 1, column: 1 })
  let nowNs = 0
  for (const ns of durationsNs) {
    builder.addSlice(thread, site, nowNs, nowNs + ns)
    nowNs += ns
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}
