import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json, type JsonFlavor } from '../src/index.js'
import { wholeTraces } from './support/arbitrary.js'
import { plainEvents } from './support/independent.js'
import { eventLines, fn, read, slicesOf, traceOf, write } from './support/traces.js'

const mixed = traceOf((builder, thread) => {
  builder.setArgs(thread, builder.addSlice(thread, builder.addSite(fn('f')), 0, 10_001), '{"k":1}')
  builder.addSlice(thread, builder.addSite(fn('g')), 5000, 10_001)
  builder.addInstant(thread, builder.addSite({ ...fn('tick'), kind: 'instant' }), 7)
  builder.addSample(thread, 'queue', 'length', 7, 3)
  builder.addAsyncSlice(thread, builder.addSite({ ...fn('job'), kind: 'async-span' }), 1, 9)
  builder.addFlow('x', thread, 1)
  builder.addFlow('x', thread, 5001)
  builder.addSource('/srv/app/fib.js', 'text')
})

const phases = (text: string) => [...new Set(plainEvents(text).map(({ fields }) => fields['ph']))].join('')
const omitted = (flavor?: JsonFlavor, trace = mixed) => json(flavor === undefined ? {} : { flavor }).omits?.(trace)

const withDepth = (levels: number) =>
  slicesOf(...Array.from({ length: levels }, (_, i): [string, number, number] => [`f${i}`, i, 10_000 - i]))

describe('the flavor', () => {
  it('is none unless it is asked for, and then nothing is left out', () => {
    expect(phases(write(mixed))).toBe('MXibeCsf')
    expect(omitted()).toEqual([])
  })

  it('for speedscope has slices without arguments and nothing that speedscope only holds', () => {
    expect(eventLines(write(mixed, { flavor: 'speedscope' }))).toEqual([
      '{"name":"f","cat":"/srv/app/fib.js:1:10","ph":"X","pid":7,"tid":7,"site":0,"ts":0,"dur":10.0009765625}',
      '{"name":"g","cat":"/srv/app/fib.js:1:10","ph":"X","pid":7,"tid":7,"site":1,"ts":5,"dur":5.0009765625}',
    ])
    expect(omitted('speedscope')).toEqual([
      '1 arguments',
      '1 instants',
      '1 async slices',
      '1 counters',
      '1 flows',
      '1 source texts',
    ])
  })

  it('for speedscope has arguments if they are asked for', () => {
    expect(write(mixed, { flavor: 'speedscope', args: true })).toContain('"args":{"k":1}')
  })

  it('for Perfetto ends at the 512 levels that it draws', () => {
    expect(eventLines(write(withDepth(514), { flavor: 'perfetto' }))).toHaveLength(512)
    expect(omitted('perfetto', withDepth(514))).toEqual(['2 slices more than 512 levels deep'])
    expect(write(withDepth(512), { flavor: 'perfetto' })).toBe(write(withDepth(512)))
  })

  it('for Chrome marks the names that it would take for those of a browser', async () => {
    const trace = slicesOf(['Paint', 0, 9], ['Paints', 1, 2])
    const text = write(trace, { flavor: 'chrome' })
    expect(eventLines(text).map((line) => line.slice(0, 18))).toEqual(['{"name":"Paint()",', '{"name":"Paints","'])
    expect((await read(text)).trace).toEqual(trace)
  })

  it('for Chrome leaves nothing out', async () => {
    expect(omitted('chrome')).toEqual([])
    const { trace, warnings } = await read(write(mixed, { flavor: 'chrome' }))
    expect(trace).toEqual(mixed)
    expect(warnings).toEqual([])
  })
})

describe('times for Chrome and speedscope', () => {
  it('add up in doubles too, so that no slice ends after its caller or the start of the next', () => {
    fc.assert(
      fc.property(wholeTraces, (trace) => {
        // Times further away are as in other files.
        for (const { fields } of plainEvents(write(trace, { flavor: 'chrome' }))) {
          const [ts, dur] = [Number(fields['ts']), Number(fields['dur'])]
          if (fields['ph'] !== 'X' || ts + dur >= 2 ** 44 / 1000) continue
          expect((ts + dur) * 1024).toBe(Math.round((ts + dur) * 1024))
          expect(ts + dur - ts).toBe(dur)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('are the same nanoseconds when they are read back', async () => {
    await fc.assert(
      fc.asyncProperty(wholeTraces, async (trace) => {
        const { trace: back } = await read(write(trace, { flavor: 'chrome' }))
        expect(back).toEqual(trace)
      }),
      { numRuns: 150 },
    )
  })
})
