import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionalTraces, wholeTraces } from './support/arbitrary.js'
import { nestingDepths, plainEvents } from './support/independent.js'
import { read, write } from './support/traces.js'

const RUNS = { numRuns: 250 }

describe('a trace that was written', () => {
  it('is read back equal in every column, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(wholeTraces, fc.integer({ min: 1, max: 300 }), async (trace, size) => {
        const { trace: back, warnings } = await read(write(trace), size)
        expect(warnings).toEqual([])
        expect(back).toEqual(trace)
      }),
      RUNS,
    )
  })

  it('is written the same again after it was read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(wholeTraces, fractionalTraces), async (trace) => {
        const text = write(trace)
        const { trace: back } = await read(text)
        expect(write(back)).toBe(text)
      }),
      RUNS,
    )
  })

  it('nests without partial overlap for a reader that knows only JSON', () => {
    fc.assert(
      fc.property(fc.oneof(wholeTraces, fractionalTraces), (trace) => {
        const events = plainEvents(write(trace))
        nestingDepths(events)
        const slices = trace.tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.slices.length : 0), 0)
        expect(events.filter(({ fields }) => fields['ph'] === 'X')).toHaveLength(slices)
      }),
      RUNS,
    )
  })

  it('has all fields that importers ask for in every event', () => {
    fc.assert(
      fc.property(wholeTraces, (trace) => {
        for (const { fields } of plainEvents(write(trace))) {
          expect(Object.keys(fields)).toEqual(expect.arrayContaining(['name', 'cat', 'ph', 'ts', 'pid', 'tid']))
          expect('XMCibestf').toContain(fields['ph'])
          for (const id of [fields['pid'], fields['tid']]) {
            expect(Number.isInteger(id) && Number(id) > 0 && Number(id) < 2 ** 32).toBe(true)
          }
        }
      }),
      RUNS,
    )
  })

  it('keeps start and end of every slice to the nanosecond', () => {
    fc.assert(
      fc.property(wholeTraces, (trace) => {
        const events = plainEvents(write(trace)).filter(({ fields }) => fields['ph'] === 'X')
        const expected = trace.tracks.flatMap((track) =>
          track.kind === 'thread'
            ? Array.from(track.slices.startNs, (start, i) => [BigInt(start), BigInt(track.slices.durationNs[i])])
            : [],
        )
        expect(events.map(({ startNs, durationNs }) => [startNs, durationNs])).toEqual(expected)
      }),
      RUNS,
    )
  })
})
