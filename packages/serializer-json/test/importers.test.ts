import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { importIntoChrome } from './support/chrome.js'
import { importIntoSpeedscope } from './support/speedscope.js'
import { fn, slicesOf, traceOf, write } from './support/traces.js'

/** Calls of which many touch their caller's end and each other, at times that doubles add with an error. */
const touching = towers((start, step) => start + step)
/** The same with a nanosecond between. */
const apart = towers((start, step) => start + step - 1)

function towers(end: (start: number, step: number) => number): Trace {
  return traceOf((builder, thread) => {
    const sites = Array.from({ length: 7 }, (_, i) => builder.addSite(fn(`f${i}`)))
    for (let tower = 0; tower < 60; tower++) {
      const start = tower * 1_000_003
      builder.addSlice(thread, sites[0], start, start + 700_001)
      for (let call = 0; call < 6; call++) {
        const step = call === 5 ? 700_001 - 5 * 116_667 : 116_667
        const at = start + call * 116_667
        builder.addSlice(thread, sites[1 + call], at, end(at, step))
      }
    }
  })
}

/** Names with the sum of their durations, in whole microseconds. */
const totals = (rows: readonly (readonly [name: string, us: number])[]) => {
  const sums = new Map<string, number>()
  for (const [name, us] of rows) sums.set(name, (sums.get(name) ?? 0) + us)
  return [...sums].map(([name, us]) => `${name} ${Math.round(us)}`).sort()
}

const expected = (trace: Trace) =>
  totals(
    trace.tracks.flatMap((track) =>
      track.kind === 'counter'
        ? []
        : Array.from(
            track.slices.site,
            (site, i) => [trace.sites[site].name, track.slices.durationNs[i] / 1000] as const,
          ),
    ),
  )

describe("speedscope's importer", () => {
  it.each([
    ['without a flavor, of calls a nanosecond apart', apart, {}],
    ['for speedscope, of calls that touch', touching, { flavor: 'speedscope' }],
  ] as const)('has every call of a file %s', async (_, trace, options) => {
    const { calls, warnings } = await importIntoSpeedscope(write(trace, options))
    expect(warnings).toEqual([])
    expect(calls).toHaveLength(420)
    expect(totals(calls.map(([name, start, end]) => [name, end - start]))).toEqual(expected(trace))
  })

  it('mixes up calls that touch in a file that is not for it', async () => {
    expect((await importIntoSpeedscope(write(touching))).warnings.length).toBeGreaterThan(0)
  })
})

describe("the engine of Chrome's performance panel", () => {
  it.each([
    ['without a flavor, of calls a nanosecond apart', apart, {}],
    ['for Chrome, of calls that touch', touching, { flavor: 'chrome' }],
  ] as const)('has every call of a file %s', async (_, trace, options) => {
    const threads = await importIntoChrome(write(trace, options))
    expect([...threads.keys()]).toEqual(['7/7 main'])
    const slices = threads.get('7/7 main') ?? []
    expect(slices).toHaveLength(420)
    expect(totals(slices.map(([name, , duration]) => [name, duration]))).toEqual(expected(trace))
  })

  it('opens a file for it whatever its functions are called', async () => {
    const names = ['Paint', 'ParseHTML', 'navigationStart', 'CpuProfile', 'ProfileChunk', 'TracingStartedInPage']
    const trace = slicesOf(...names.map((name, i): [string, number, number] => [name, i * 10, i * 10 + 9]))
    const slices = (await importIntoChrome(write(trace, { flavor: 'chrome' }))).get('7/7 main') ?? []
    expect(slices.map(([name]) => name)).toEqual(names.map((name) => `${name}()`))
    await expect(importIntoChrome(write(trace))).rejects.toThrow('reading')
  })

  it('drops calls that touch from a file that is not for it', async () => {
    expect((await importIntoChrome(write(touching))).get('7/7 main')?.length).toBeLessThan(420)
  })
})
