import { TracerError } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { EventBatch } from '../src/event-batch.js'
import { EventScanner } from '../src/event-scanner.js'
import { fn, format, read, sliceCount, slicesOf, traceOf, write } from './support/traces.js'

const X = (name: string, ts: number | string, dur: number | string, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`
const event = (ph: string, ts: number, more = '') => `{"ph":"${ph}","pid":1,"tid":1,"ts":${ts}${more}}`

const formatted = async (text: string) => format((await read(text)).trace)
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

describe('complete events', () => {
  it('may have times that are text, whole, or finer than a nanosecond', async () => {
    expect(await formatted(`[${X('a', '"1.5"', '"2"')},${X('b', 10, 0.0006)}]`)).toBe(
      'thread 1/1\n  a @0+2000\n  b @8500+1',
    )
  })

  it('keep touching one another when they are finer than a nanosecond', async () => {
    const { warnings } = await read(`[${X('p', 0.0004, 10.0004)},${X('c', 5.0004, 5.0004)}]`)
    expect(warnings).toEqual([])
  })

  it.each([
    [
      'without a duration are empty',
      event('X', 7, ',"name":"a"'),
      'Complete events (ph X) without a duration were taken as empty: 1.',
    ],
    [
      'that end before they start are empty',
      X('a', 7, -2),
      'Slices that end before they start were taken as empty: 1.',
    ],
  ])('%s', async (_, text, warning) => {
    expect(await warningsOf(`[${text}]`)).toEqual([warning])
    expect(await formatted(`[${text}]`)).toBe('thread 1/1\n  a @0+0')
  })

  it('may know the time of the processor only', async () => {
    expect(await formatted(`[${event('X', 7, ',"name":"a","tdur":4')}]`)).toBe('thread 1/1\n  a @0+4000')
  })

  it('that partly overlap lie on a track of their own, named after the thread', async () => {
    const name = '{"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"main"}}'
    const text = `[${X('a', 0, 10)},${X('b', 5, 10)},${name}]`
    expect(await formatted(text)).toBe('thread 1/1 main\n  a @0+10000\nasync main (overlapping)\n  b @5000+10000')
    expect(await warningsOf(text)).toEqual([
      'Slices that partly overlap another one on their thread were moved to a track of their own: 1.',
    ])
  })

  it('take their place in the source from a category of ours, even without our header', async () => {
    const { trace } = await read(`[${X('f', 0, 1, ',"cat":"C:/srv/a.ts:12:8"')}]`)
    expect(trace.sites).toEqual([{ kind: 'function', name: 'f', file: 'C:/srv/a.ts', line: 12, column: 8 }])
  })

  it('renamed by other hands keep their new name', async () => {
    const text = write(slicesOf(['secret', 0, 1])).replace('{"name":"secret"', '{"name":"hidden"')
    expect(await formatted(text)).toContain('hidden @0+1')
  })

  it('with arguments laid out in lines have them on one', async () => {
    expect(await formatted(`[${X('a', 0, 1, ',"args":{\n"k":\r\n1}')}]`)).toContain('{ "k": 1}')
  })

  it('with arguments nested ten thousand deep are read', async () => {
    const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    const { trace } = await read(`[${X('a', 0, 1, `,"args":${deep}`)}]`)
    expect(trace.tracks[0]).toHaveProperty('slices.args', new Map([[0, deep]]))
  })
})

describe('begin and end events', () => {
  const B = (name: string, ts: number, more = '') => event('B', ts, `,"name":"${name}"${more}`)
  const E = (name: string | undefined, ts: number, more = '') =>
    event('E', ts, (name === undefined ? '' : `,"name":"${name}"`) + more)

  it.each([
    ['nest', [B('a', 0), B('b', 1), E('b', 3), E('a', 4)], '  a @0+4000\n    b @1000+2000', []],
    ['are sorted by time', [E('a', 4), B('b', 1), B('a', 0), E('b', 3)], '  a @0+4000\n    b @1000+2000', []],
    [
      'pair without a name',
      [B('a', 0), B('b', 1), E(undefined, 3), E(undefined, 4)],
      '  a @0+4000\n    b @1000+2000',
      [],
    ],
    ['without an end are open', [B('a', 0), B('b', 1), E('b', 3)], '  a @0+3000 open\n    b @1000+2000', []],
    [
      'without a begin are counted',
      [B('a', 0), E('a', 1), E('a', 2)],
      '  a @0+1000',
      ['End events (ph E, e) that close nothing were skipped: 1.'],
    ],
    [
      'of another name close nothing',
      [B('a', 0), E('b', 2)],
      '  a @0+0 open',
      ['End events (ph E, e) that close nothing were skipped: 1.'],
    ],
    [
      'end what was opened inside',
      [B('a', 0), B('b', 1), E('a', 4)],
      '  a @0+4000\n    b @1000+3000',
      ['Slices without an end of their own were ended with the slice around them: 1.'],
    ],
    [
      'merge their arguments',
      [B('a', 0, ',"args":{"x":1,"y":1}'), E('a', 1, ',"args":{"x":2}')],
      '  a @0+1000 {"x":2,"y":1}',
      [],
    ],
    [
      'of different categories are not paired',
      [B('a', 0, ',"cat":"p"'), E('a', 1, ',"cat":"q"')],
      '  a @0+0 open',
      ['End events (ph E, e) that close nothing were skipped: 1.'],
    ],
  ])('%s', async (_, events, lines, warnings) => {
    const { trace, warnings: found } = await read(`[${events.join(',')}]`)
    expect(format(trace)).toBe(`thread 1/1\n${lines}`)
    expect(found).toEqual(warnings)
  })
})

describe('other phases', () => {
  it('i, I and R are instants', async () => {
    const text = `[${event('i', 1, ',"name":"p"')},${event('I', 2, ',"name":"q","args":{"k":1}')},${event('R', 3, ',"name":"r"')}]`
    expect(await formatted(text)).toBe('thread 1/1\n  ! p @0\n  ! q @1000{"k":1}\n  ! r @2000')
  })

  it('C gives one counter a series', async () => {
    const text = `[${event('C', 1, ',"name":"gc","args":{"a":1,"b":"2.5","c":"x"}')},${event('C', 2, ',"name":"gc","args":{"a":3}')}]`
    const { trace, warnings } = await read(text)
    expect(format(trace)).toBe('thread 1/1\ncounter gc\n  a=1 @0\n  a=3 @1000\ncounter gc\n  b=2.5 @0')
    expect(warnings).toEqual(['Counter values that are no numbers were skipped: 1.'])
  })

  it('b, e and n are slices of async tracks, paired by their id', async () => {
    const id = (which: string, name: string) => `,"cat":"c","name":"${name}",${which}`
    const text = `[${[
      event('b', 0, id('"id":"0x1"', 'job')),
      event('b', 1, id('"id":"0x2"', 'job')),
      event('e', 5, id('"id":"0x1"', 'job')),
      event('n', 6, id('"id":"0x1"', 'note')),
      event('b', 7, id('"id2":{"local":1}', 'open')),
      event('e', 8, id('"id2":{"global":1}', 'open')),
      event('b', 9, ',"name":"none"'),
    ].join(',')}]`
    const { trace, warnings } = await read(text)
    expect(format(trace)).toBe(
      'thread 1/1\nasync note\n  note @6000+0\nasync job\n  job @0+5000\n  job @1000+6000 open\nasync open\n  open @7000+0 open',
    )
    expect(warnings).toEqual([
      'Async events without an id were skipped: 1.',
      'End events (ph E, e) that close nothing were skipped: 1.',
    ])
  })

  it('that have no place in a trace are counted, one warning a kind', async () => {
    const text = `[${X('a', 0, 1)},${['s', 't', 'f', 'N', 'Z'].map((ph) => event(ph, 1)).join(',')},{"x":1},2]`
    expect(await warningsOf(text)).toEqual([
      'Flow events (ph s, t, f) without an id were skipped: 3.',
      'Elements that are no trace events were skipped: 2.',
      'Object events (ph N, O, D) were skipped: 1.',
      'Events with the unknown phase "Z" were skipped: 1.',
    ])
  })

  it('without a time are counted', async () => {
    expect(await warningsOf('[{"ph":"X","pid":1,"tid":1,"name":"a","dur":1}]')).toEqual([
      'Events without a time (ts) were skipped: 1.',
    ])
  })
})

describe('what is known of a trace by others', () => {
  it('is nothing but where its first event lies', async () => {
    const { trace } = await read(`[${X('a', 5, 1)}]`)
    expect(trace.metadata).toEqual({
      producer: 'unknown',
      clock: 'unknown',
      originNs: 5000,
      originEpochMs: 0,
      overheadNs: 0,
      overheadInsideNs: 0,
      checkNs: 0,
      tickNs: 0,
    })
  })
})

describe('processes and threads', () => {
  it('take their names from wherever they stand', async () => {
    const name = (what: string, text: string) => `{"ph":"M","pid":1,"tid":2,"name":"${what}","args":{"name":"${text}"}}`
    const { trace } = await read(
      `[${name('process_name', 'node')},{"ph":"X","pid":1,"tid":2,"name":"a","ts":0,"dur":1},${name('thread_name', 'w')}]`,
    )
    expect(trace.processes).toEqual([{ pid: 1, name: 'node', commandLine: [] }])
    expect(trace.threads).toMatchObject([{ process: 0, tid: 2, name: 'w' }])
  })

  it('may have numbers as text, words, or none at all', async () => {
    const at = (ids: string) => `{"ph":"X",${ids}"name":"a","ts":0,"dur":1}`
    const { trace } = await read(`[${at('"pid":"5","tid":"6",')},${at('"pid":"gpu","tid":"main",')},${at('')}]`)
    expect(trace.threads.map(({ process, tid }) => [trace.processes[process].pid, tid])).toEqual([
      [5, 6],
      [2 ** 31, 2 ** 31 + 1],
      [0, 0],
    ])
  })
})

describe('our own header', () => {
  it('of a later version is read with a warning', async () => {
    const text = write(slicesOf(['f', 0, 1])).replace('"version":1', '"version":2')
    expect(await warningsOf(text)).toEqual([
      'The file is of version 2, this reader knows 1: some of it may be missing.',
    ])
  })

  it('of a second file behind the first counts for what follows it', async () => {
    const one = slicesOf(['f', 0, 1])
    const two = traceOf((builder, thread) => {
      builder.addSlice(thread, builder.addSite(fn('f', { kind: 'module' })), 5, 6)
    })
    const { trace, warnings } = await read(write(one).replace('\n]\n', ',\n') + write(two).slice(2))
    expect(format(trace)).toBe('thread 7/7 main\n  f @0+1\nthread 7/7 main\n  f @5+1')
    expect(trace.sites.map(({ kind }) => kind)).toEqual(['function', 'module'])
    expect(trace.tracks).toMatchObject([{ slices: { site: Int32Array.of(0) } }, { slices: { site: Int32Array.of(1) } }])
    expect(warnings).toHaveLength(1)
  })

  it('of a second file behind the first says whose calls are in no slice', async () => {
    const [one, two] = [3, 5].map((calls) =>
      traceOf((builder, thread) => builder.addUnrecorded(thread, builder.addSite(fn(`f${calls}`)), calls, 10)),
    )
    const { trace } = await read(write(one).replace('\n]\n', ',\n') + write(two).slice(2))
    expect(trace.unrecorded).toMatchObject({
      thread: Int32Array.of(0, 1),
      site: Int32Array.of(0, 1),
      calls: Float64Array.of(3, 5),
    })
  })

  it('passes over counts of threads and sites that it does not have', async () => {
    const trace = traceOf((builder, thread) => builder.addUnrecorded(thread, builder.addSite(fn('f')), 3, 10))
    const rows = '[9,0,1,1],[0,9,1,1],[-1,0,1,1],[0,0,4,20],"?"'
    const { trace: back } = await read(write(trace).replace('[0,0,3,10]', rows))
    expect(back.unrecorded).toMatchObject({ length: 1, calls: Float64Array.of(4), estimatedNs: Float64Array.of(20) })
  })

  it('does not keep slices from nesting that other hands have put between', async () => {
    const text = write(slicesOf(['f', 0, 10_000], ['g', 2000, 3000]))
    const more = text.replace('\n]\n', ',\n{"ph":"X","pid":7,"tid":7,"name":"h","ts":1,"dur":4}\n]\n')
    expect(await formatted(more)).toBe('thread 7/7 main\n  f @0+10000\n    h @1000+4000\n      g @2000+1000')
  })

  it('does not keep slices from nesting whose lines other hands have sorted anew', async () => {
    const lines = write(slicesOf(['f', 0, 10], ['g', 2, 3], ['h', 20, 30])).split('\n')
    const swapped = [...lines.slice(0, 7), lines[7], `${lines[9]},`, lines[8].replace(/,$/, ''), ...lines.slice(10)]
    expect(await formatted(swapped.join('\n'))).toBe('thread 7/7 main\n  f @0+10\n    g @2+1\n  h @20+10')
  })

  it('does not keep slices apart that other hands have made to overlap', async () => {
    const text = write(slicesOf(['f', 0, NaN], ['g', 2, 3])).replace('"dur":0.001', '"dur":0.020')
    expect(await formatted(text)).toBe('thread 7/7 main\n  f @0+3 open\nasync main (overlapping)\n  g @2+20')
  })

  it('does not hide what follows the end of the JSON', async () => {
    const text = write(slicesOf(['f', 0, 1]))
    expect(await warningsOf(text + '[]')).toEqual([
      `The JSON ends before byte ${text.length}; what follows was not read.`,
    ])
  })
})
