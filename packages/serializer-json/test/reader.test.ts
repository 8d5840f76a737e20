import { TracerError } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { EventBatch } from '../src/event-batch.js'
import { EventScanner } from '../src/event-scanner.js'
import { format, read, sliceCount, slicesOf, write } from './support/traces.js'

const X = (name: string, ts: number | string, dur: number | string, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`
const warningsOf = async (text: string) => (await read(text)).warnings

describe('both forms of the file', () => {
  const events = `${X('a', 0, 10)},${X('b', 1, 2)}`
  const expected = 'thread 1/1\n  a @0+10000\n    b @1000+2000'

  it.each([
    ['an array', `[${events}]`],
    ['an array with white space and a byte order mark', `\ufeff \n[\r\n${events}\t]\n`],
    ['an array with commas too many', `[,${events},,]`],
    ['an array with commas too few', `[${events.replace('},{', '} {')}]`],
    ['an array with empty objects', `[{},${events},{}]`],
    ['an object', `{"traceEvents":[${events}]}`],
    ['an object with other keys before', `{"displayTimeUnit":"ns","m":{"a":["]}\\"",{}]},"traceEvents":[${events}]}`],
    ['an object with other keys after', `{"traceEvents":[${events}],"n":1,"file_info":{"f":"[{\\\\"},"z":null}`],
  ])('are read: %s', async (_, text) => {
    for (const size of [1, 7, 1000]) {
      const { trace, warnings } = await read(text, size)
      expect(warnings).toEqual([])
      expect(format(trace)).toBe(expected)
    }
  })

  it.each([
    ['[]', 0],
    ['{"traceEvents":[]}', 0],
  ])('may be empty: %s', async (text, count) => {
    const { trace, warnings } = await read(text)
    expect([sliceCount(trace), warnings]).toEqual([count, []])
  })
})

describe('a large file', () => {
  it('is read a megabyte at a time', () => {
    const sizes: number[] = []
    const scanner = new EventScanner((batch) => sizes.push(batch.length))
    const piece = new TextEncoder().encode(`${X('f', 0, 1)},`.repeat(1000))
    scanner.push(new TextEncoder().encode('['))
    for (let i = 0; i < 100; i++) scanner.push(piece)
    scanner.end()
    expect(sizes.length).toBeGreaterThan(4)
    expect(Math.max(...sizes)).toBeLessThan(1_100_000)
  })

  it.each([-3, -2, -1, 0, 1, 2])('may hold an event that fills the buffer, %i bytes more or less', async (more) => {
    const capacity = new EventBatch().bytes.length
    const name = 'x'.repeat(capacity - X('', 0, 1).length + more)
    const { trace } = await read(`[${X(name, 0, 1)}]`, 100_000)
    expect(trace.sites[0].name).toBe(name)
  })
})

describe('a file that was cut', () => {
  const array = `[${X('a', 0, 10)},${X('b', 1, 2)}]`

  it.each([
    ['behind the bracket', '[', 'The file was cut short at byte 1; events before that, which were read: 0.'],
    [
      'behind a comma',
      `[${X('a', 0, 1)},`,
      'The file was cut short at byte 54; events before that, which were read: 1.',
    ],
    [
      'inside an event',
      array.slice(0, 90),
      'The file was cut short at byte 90, 35 bytes into an event; events before that, which were read: 1.',
    ],
    [
      'inside the object',
      `{"traceEvents":[${X('a', 0, 1)}]`,
      'The file was cut short at byte 69; events before that, which were read: 1.',
    ],
    [
      'inside another key',
      `{"traceEvents":[],"file_in`,
      'The file was cut short at byte 26; events before that, which were read: 0.',
    ],
  ])('%s gives what could be read, and says how much', async (_, text, warning) => {
    expect(await warningsOf(text)).toEqual([warning])
  })

  it('gives a readable part wherever it is cut', async () => {
    const whole = write(slicesOf(['a', 0, 10], ['é"\\', 1, 2], ['c', 3, 4]))
    const bytes = new TextEncoder().encode(whole)
    let most = 0
    for (let length = 1; length < bytes.length - 2; length++) {
      const { trace, warnings } = await read(bytes.subarray(0, length))
      expect(warnings).toHaveLength(1)
      expect(sliceCount(trace)).toBeGreaterThanOrEqual(most)
      most = sliceCount(trace)
    }
    expect(most).toBe(3)
  })
})

describe('what is no trace', () => {
  it.each([
    ['', 'the file is empty (0 bytes, no JSON)'],
    [' \n', 'the file is empty (2 bytes, no JSON)'],
    ['hello', 'byte 0 is "h"'],
    ['\u0000[]', 'byte 0 is 0x00'],
    ['{}', 'the object has no traceEvents up to byte 2'],
    ['{"nodes":[{"id":1}],"samples":[1]}', 'no traceEvents up to byte 34'],
    ['{"traceEvents":{"a":1}}', 'no traceEvents up to byte 23'],
    ['{traceEvents:[]}', 'a key was expected at byte 1, not "t"'],
    ['{"a" 1}', '":" was expected at byte 5, not "1"'],
    ['{"a":]}', 'a value was expected at byte 5, not "]"'],
    ['[1,"a{",[{}],null,true]', 'none of the 5 elements up to byte 23 has a phase (ph)'],
    ['[{"a":1}]', 'none of the 1 elements up to byte 9 has a phase (ph)'],
    [`[${X('a', 0, 1)},{"ph":nope}]`, 'the event at byte 54 is broken JSON (Unexpected token'],
    [`[${X('a', 0, 1)}}]`, 'an event was expected at byte 53, not "}"'],
  ])('%j is refused, with the place and the cause', async (text, message) => {
    const error: unknown = await read(text).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TracerError)
    expect(error).toMatchObject({ code: 'NOT_A_TRACE' })
    expect(String(error)).toContain(message)
  })

  it('is found far into a file, at its offset', async () => {
    const good = Array.from({ length: 30_000 }, (_, i) => X('f', i, 1)).join(',')
    const text = `[${good},{"ph":"X",}]`
    await expect(read(text, 65_536)).rejects.toThrow(`the event at byte ${good.length + 2} is broken JSON`)
  })
})
