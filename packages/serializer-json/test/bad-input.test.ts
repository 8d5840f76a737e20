import { TracerError } from '@tracer/core'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LONGEST_EVENT } from '../src/event-scanner.js'
import { readWith } from '../src/read-trace.js'
import { format, inPieces, read, slicesOf, traceOf, fn, write } from './support/traces.js'

const X = (name: string, ts: number | string, dur: number | string, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`

const formatted = async (text: string) => format((await read(text)).trace)
const warningsOf = async (text: string) => (await read(text)).warnings

describe('an event that is too long', () => {
  function* endless() {
    yield new TextEncoder().encode(`[${X('a', 0, 1)},{"name":"`)
    const piece = new TextEncoder().encode('x'.repeat(1_000_000))
    for (let i = 0; i < 3000; i++) yield piece
  }

  it('ends the reading long before it fills the memory, and is named', async () => {
    const before = process.memoryUsage.rss()
    await expect(readWith(endless(), true)).rejects.toThrow(
      'the event at byte 54 is longer than 67,108,864 bytes, or a quote is missing in it',
    )
    expect(process.memoryUsage.rss() - before).toBeLessThan(LONGEST_EVENT * 8)
  })
})

describe('odd values', () => {
  it.each([
    ['[', ']', 10_000],
    ['{"a":', '}', 10_000],
  ])('nested ten thousand deep are passed over: %s', async (open, close, depth) => {
    const deep = `${open.repeat(depth)}${open === '[' ? '' : '1'}${close.repeat(depth)}`
    expect(await formatted(`{"x":${deep},"traceEvents":[[${deep}],${X('a', 0, 1, `,"x":${deep}`)}]}`)).toBe(
      'thread 1/1\n  a @0+1000',
    )
  })

  it('that come twice count as they do for JSON.parse: the last one', async () => {
    expect(await formatted(`[${X('a', 0, 1, ',"name":"b","ts":5')}]`)).toBe('thread 1/1\n  b @0+1000')
  })

  it('called __proto__ are names like any other', async () => {
    const counter = '{"ph":"C","pid":1,"tid":1,"ts":1,"name":"__proto__","args":{"__proto__":3}}'
    const text = `[${X('__proto__', 0, 1, ',"__proto__":{"ph":"B"},"args":{"__proto__":{"x":1}}')},${counter}]`
    const { trace } = await read(text)
    expect(format(trace)).toBe(
      'thread 1/1\n  __proto__ @0+1000 {"__proto__":{"x":1}}\ncounter __proto__\n  __proto__=3 @1000',
    )
    expect(await formatted(write(trace))).toBe(format(trace))
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('that are no numbers of JSON, as Python writes them, are null', async () => {
    const text = `[${X('NaN', 0, 1, ',"args":{"NaN":NaN,"a":[-Infinity,"NaN\\""]}')},${X('b', 2, 1)}]`
    expect(await formatted(text)).toBe('thread 1/1\n  NaN @0+1000 {"NaN":null,"a":[null,"NaN\\""]}\n  b @2000+1000')
    expect(await warningsOf(text)).toEqual([
      'Events with NaN or Infinity, which are no JSON, were read with null in their place: 1.',
    ])
  })

  it.each([
    ['negative', '-5', '2', 'thread 1/1\n  a @0+2000', []],
    ['infinite by their digits', '1e400', '2', '', ['Events without a time (ts) were skipped: 1.']],
    ['not there', 'null', '2', '', ['Events without a time (ts) were skipped: 1.']],
    [
      'of no end',
      '1',
      '1e400',
      'thread 1/1\n  a @0+0',
      ['Complete events (ph X) without a duration were taken as empty: 1.'],
    ],
  ])('may be times: %s', async (_, ts, dur, lines, warnings) => {
    const text = `[${X('a', ts, dur)}]`
    expect(await formatted(text)).toBe(lines)
    expect(await warningsOf(text)).toEqual(warnings)
  })

  it('may be times so far that no clock reaches them', async () => {
    const { trace } = await read(`[${X('a', 1e300, 5)},${X('b', -1e300, 5)}]`)
    for (const track of trace.tracks) {
      if (track.kind !== 'counter') expect(track.slices.startNs.every(Number.isFinite)).toBe(true)
    }
  })
})

/** What editors, disks and other programs do to a file. */
const change = fc.record({
  kind: fc.constantFrom('cut', 'delete', 'double', 'put', 'flip'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(60),
  put: fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '1e999',
    '-',
    'null',
    '"ph":"E"',
    '\u0000',
    '{"ph":"M"}',
  ),
})

function changed(
  bytes: Buffer,
  { kind, at, length, put }: { kind: string; at: number; length: number; put: string },
): Buffer {
  const from = Math.floor(at * bytes.length)
  const [before, after] = [bytes.subarray(0, from), bytes.subarray(from)]
  if (kind === 'cut') return before
  if (kind === 'delete') return Buffer.concat([before, after.subarray(length)])
  if (kind === 'double') return Buffer.concat([before, after.subarray(0, length), after])
  if (kind === 'put') return Buffer.concat([before, Buffer.from(put), after])
  return Buffer.concat([before, Buffer.from([(after.at(0) ?? 0) ^ (1 << (length % 8))]), after.subarray(1)])
}

describe('files that were damaged', () => {
  const viztracer = readFileSync(new URL('fixtures/viztracer/custom.json', import.meta.url))
  const own = traceOf((builder, thread) => {
    const site = builder.addSite(fn('f"é'))
    for (let i = 0; i < 30; i++) {
      builder.setArgs(thread, builder.addSlice(thread, site, i * 10, i * 10 + 8), `{"i":${i}}`)
    }
    builder.addFlow(1, thread, 2)
    builder.addFlow(1, thread, 22)
    builder.addSource('/srv/a.js', 'text')
  })
  const files = [
    Buffer.concat([viztracer.subarray(0, 8000), viztracer.subarray(-3000)]),
    Buffer.from(write(own)),
    Buffer.from(write(slicesOf(['a', 0, 10], ['b', 1, 2]))),
  ]

  it('are read in part or refused, the same in any pieces, and never crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 4000 }),
        async (file, changes, size) => {
          const damaged = changes.reduce(changed, file)
          const outcomes = await Promise.all(
            [size, Infinity].map((pieces, i) =>
              readWith(inPieces(damaged, pieces), i === 0).catch((error: unknown) => error),
            ),
          )
          for (const outcome of outcomes) {
            if (outcome instanceof Error) expect(outcome).toBeInstanceOf(TracerError)
          }
          expect(outcomes[0]).toEqual(outcomes[1])
        },
      ),
      { numRuns: 500, seed: 20_261_122 },
    )
  })
})
