import { describe, expect, it } from 'vitest'
import { format, read } from './support/traces.js'

const X = (name: string, ts: number | string, dur: number | string, more = '') =>
  `{"ph":"X","pid":1,"tid":1,"name":"${name}","ts":${ts},"dur":${dur}${more}}`
const event = (ph: string, ts: number, more = '') => `{"ph":"${ph}","pid":1,"tid":1,"ts":${ts}${more}}`
const formatted = async (text: string) => format((await read(text)).trace)
const warningsOf = async (text: string) => (await read(text)).warnings

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
      hostName: '',
      bootId: '',
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
