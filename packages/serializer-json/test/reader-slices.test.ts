import { describe, expect, it } from 'vitest'
import { format, read, slicesOf, write } from './support/traces.js'

const X = (name: string, ts: number | string, dur: number | string, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`
const event = (ph: string, ts: number, more = '') => `{"ph":"${ph}","pid":1,"tid":1,"ts":${ts}${more}}`
const formatted = async (text: string) => format((await read(text)).trace)
const warningsOf = async (text: string) => (await read(text)).warnings

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
