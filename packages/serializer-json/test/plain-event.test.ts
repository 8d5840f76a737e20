import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlainEvent } from '../src/plain-event.js'
import { readWith } from '../src/read-trace.js'
import { wholeTraces } from './support/arbitrary.js'
import { inPieces, write } from './support/traces.js'

const RUNS = { numRuns: 300 }

const both = async (text: string, size: number) => {
  const outcomes = [true, false].map((isFast) =>
    readWith(inPieces(text, size), isFast).catch((error: unknown) => String(error)),
  )
  return Promise.all(outcomes)
}

const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max })

/** Numbers as any writer might put them, some of them no JSON. */
const numberText = fc.oneof(
  fc.nat().map(String),
  fc.double({ min: 0, max: 1e13, noNaN: true }).map(String),
  fc.tuple(fc.nat({ max: 2_000_000_000 }), digits(20)).map(([whole, decimals]) => `${whole}.${decimals}`),
  // Halves of a nanosecond, where each bit of a double counts.
  fc.tuple(fc.nat({ max: 2_000_000 }), fc.nat({ max: 9999 })).map(([whole, part]) => `${whole}.${part}5`),
  fc.constantFrom(
    '0',
    '-0',
    '-1.5',
    '00',
    '01',
    '1.',
    '.5',
    '1e3',
    '1E-3',
    '1e400',
    '"12.5"',
    'null',
    '8796093022207.999',
  ),
)

const rawText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"a"', '"a\\u0062"', '"b (/srv/t.py:3)"', '"\u0001"', '"\\x"', '"\\', '7', 'null', '"é日😀"', '""'),
)

const field = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('ts', 'dur'), numberText) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('name', 'cat'), rawText) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('pid', 'tid', 'site', 'run', 'depth', 'open'), numberText) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom('args'),
      fc.oneof(
        fc.json(),
        fc.constantFrom('{}', '{"a":"}"}', '{"a":[1,{"b":"\\""}]}', '{"a":}', '{ "a" :\n1 }', 'null'),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[string, string]>(['ph', '"X"'], ['ph', '"Xa"'], ['s', '"t"'], ['__proto__', '1']),
  },
)

const space = fc.constantFrom('', '', '', ' ', '\n', '\t ', '\u0001')

/** A complete event of fields in any order, with odd spaces; most of them whole. */
const eventText = fc
  .record({ start: numberText, more: fc.array(field, { maxLength: 4 }), order: fc.nat(), space, isWhole: fc.nat(9) })
  .map(({ start, more, order, space: gap, isWhole }) => {
    const usual: [string, string][] = [
      ['pid', '1'],
      ['tid', '2'],
      ['ts', start],
      ['ph', '"X"'],
      ['dur', '2.25'],
      ['name', '"f (/srv/t.py:1)"'],
      ['cat', '"FEE"'],
    ]
    const given = new Set(more.map(([key]) => key))
    const fields = [...usual.filter(([key]) => isWhole === 0 || !given.has(key)), ...more]
    const turned = [...fields.slice(order % fields.length), ...fields.slice(0, order % fields.length)]
    return `{${gap}${turned.map(([key, value]) => `"${key}"${gap}:${gap}${value}${gap}`).join(`,${gap}`)}}`
  })

describe('events that are read from their bytes', () => {
  it('make the same trace, or the same error, as those that go through JSON.parse', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(eventText, { maxLength: 8 }),
        fc.integer({ min: 40, max: 2000 }),
        async (events, size) => {
          const [fast, general] = await both(`[${events.join(',')}${' '.repeat(100)}]`, size)
          expect(fast).toEqual(general)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('make the same trace of files that we wrote', async () => {
    await fc.assert(
      fc.asyncProperty(wholeTraces, fc.integer({ min: 100, max: 5000 }), async (trace, size) => {
        const [fast, general] = await both(write(trace), size)
        expect(fast).toEqual(general)
      }),
      RUNS,
    )
  })

  it('are nearly all of those that we and VizTracer write', () => {
    const padded = (text: string) => new TextEncoder().encode(text + ' '.repeat(100))
    for (const text of [
      '{"pid":24147,"tid":24147,"ts":2089523276.6,"ph":"X","dur":5.548279170777215,"name":"f (/t.py:2)","cat":"FEE"}',
      '{"ph": "X", "name": "a", "ts": 1, "dur": 2, "cat": "FEE", "pid": 1, "tid": 1, "args": {"k": 1}}',
      '{"name":"fib","cat":"/srv/fib.js:1:10","ph":"X","pid":7,"tid":7,"site":0,"ts":1.000,"dur":2.500,"run":-1,"open":1}',
    ]) {
      expect(new PlainEvent().parse(padded(text), 0)).toBe(text.length)
    }
  })
})
