import { TracerError, type TraceSerializer } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { read, readers, write } from './support/formats.js'
import { generatedTraces } from './support/generated-traces.js'

/** Parts that readers may stumble over. */
const snippets = [
  'null',
  '-1',
  '1e999',
  '"x"',
  '[]',
  '{}',
  '"__proto__"',
  ';',
  '\n',
  ' 99999999999999999999',
  '\0',
  '"at":',
]

describe.each(readers)('any input of $id', (serializer) => {
  it('that was changed or cut is read, or refused with a reason', async () => {
    const edits = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(12),
        text: fc.oneof(fc.constantFrom(...snippets), fc.string({ maxLength: 4 })),
      }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(
        generatedTraces,
        edits,
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        async (trace, changes, share) => {
          let bytes = await write(serializer, trace)
          for (const { at, length, text } of changes) {
            const from = Math.floor(bytes.length * at)
            bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from(text), bytes.subarray(from + length)])
          }
          await readOrRefused(serializer, bytes.subarray(0, Math.ceil(bytes.length * share)))
        },
      ),
      { seed: 20_261_122, numRuns: 150, interruptAfterTimeLimit: 40_000 },
    )
  })

  it('that is anything at all is read, or refused with a reason', async () => {
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
    )
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => readOrRefused(serializer, bytes)),
      { seed: 20_261_122, numRuns: 300, interruptAfterTimeLimit: 40_000 },
    )
  })

  it.each([
    ['nothing', ''],
    ['10,000 arrays in one another', '['.repeat(10_000)],
    ['10,000 arrays that are closed', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,000 objects in one another', '{"a":'.repeat(10_000)],
    ['binary', '\0\u0001\u0002'.repeat(1000)],
  ])('that is %s is refused', async (_, text) => {
    await expect(read(serializer, Buffer.from(text))).rejects.toMatchObject({ code: 'NOT_A_TRACE' })
  })
})

async function readOrRefused(serializer: TraceSerializer, bytes: Uint8Array): Promise<void> {
  try {
    const { trace } = await read(serializer, bytes)
    await write(serializer, trace)
  } catch (error) {
    if (!(error instanceof TracerError)) throw error
    expect(error.code).toBe('NOT_A_TRACE')
    expect(error.message).toMatch(/^Cannot read the trace: .+/s)
  }
}
