import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fractionalTraces, wholeTraces } from './support/arbitrary.js'
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
        const bytes = write(trace)
        const { trace: back } = await read(bytes)
        expect(Buffer.compare(write(back), bytes)).toBe(0)
      }),
      RUNS,
    )
  })
})
