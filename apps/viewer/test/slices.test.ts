import { TraceBuilder, type Trace } from '@tracer/core'
import { expect, test } from 'vitest'
import { traceWithin } from '../src/export/smaller-trace.js'
import { columnBuffers } from '../src/load/column-buffers.js'
import { matchedSites, testOf } from '../src/state/search.js'
import { callersOf, nextMatch, selfNsOf, slicesOf, slowestCalls } from '../src/state/slices.js'
import { threadsWithin } from '../src/state/thread-shares.js'

/** `a 0-10, b 2-5`: the slices of each thread, a thread a line. */
function traceOf(text: string): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
  text.split('\n').forEach((line, index) => {
    const thread = builder.addThread({ process, tid: index + 1, name: '' })
    for (const [, name, from, to] of line.matchAll(/(\w+) (\d+)-(\d+)/gu)) {
      const site = builder.addSite({ kind: 'function', name, file: `/${name}.js`, line: 1, column: 1 })
      builder.addSlice(thread, site, Number(from), Number(to))
    }
  })
  return builder.build({ producer: '', clock: '', originEpochMs: 0, originNs: 0 })
}

const TRACE = traceOf('a 0-10, b 2-5, b 6-7, c 20-30\nb 1-9, a 3-4')

test('the calls of a function on all threads are listed, the slowest first', () => {
  const calls = slowestCalls(
    TRACE,
    TRACE.sites.findIndex(({ name }) => name === 'b'),
  )
  expect([...calls.durationNs]).toEqual([8, 3, 1])
  expect([...calls.track]).toEqual([1, 0, 0])
  expect(calls.all).toBe(3)
})

test('matches follow each other by time across threads, and begin anew after the last', () => {
  const bySite = matchedSites(TRACE, { text: 'b', isRegex: false })?.bySite ?? new Uint8Array()
  const starts: number[] = []
  let at = nextMatch(TRACE, bySite, undefined, 1)
  for (let step = 0; step < 4 && at !== undefined; step++) {
    starts.push(slicesOf(TRACE, at.track)?.startNs[at.slice] ?? NaN)
    at = nextMatch(TRACE, bySite, at, 1)
  }
  expect(starts).toEqual([1, 2, 6, 1])
  const last = nextMatch(TRACE, bySite, undefined, -1)
  expect(last).toEqual(nextMatch(TRACE, bySite, { track: 1, slice: 0 }, -1))
})

test('callers and self time of a slice come from the slices around and in it', () => {
  const slices = slicesOf(TRACE, 0)
  expect(slices && callersOf(slices, 2)).toEqual([0])
  expect(slices && selfNsOf(slices, 0)).toBe(6)
})

test('a range holds the time that threads were in calls within it', () => {
  expect(threadsWithin(TRACE, { fromNs: 4, toNs: 22 })).toEqual([
    { thread: 0, busyNs: 8, slices: 4 },
    { thread: 1, busyNs: 5, slices: 1 },
  ])
})

test('a part of a trace has the calls that touch it and those around them', () => {
  const part = traceWithin(TRACE, { fromNs: 6, toNs: 20 })
  const names = part.tracks.map((track) =>
    track.kind === 'counter' ? [] : Array.from(track.slices.site, (site) => part.sites[site].name),
  )
  expect(names).toEqual([['a', 'b'], ['b']])
})

test('a search asks name, file or package, as a part in any case or as an expression', () => {
  const place = { name: 'Parser.next', file: '/app/node_modules/@x/lib/index.js' }
  const finds = (text: string, isRegex = false): boolean => testOf({ text, isRegex }).test(place)
  expect(['PARSER', 'index.js', 'package:@x/lib', 'file:app'].map((text) => finds(text))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['package:parser', 'file:Parser', 'name:index'].map((text) => finds(text))).toEqual([false, false, false])
  expect(finds('^parser\\.\\w+$', true)).toBe(true)
  expect(testOf({ text: '(', isRegex: true }).fault).toContain('Invalid regular expression')
})

test('long columns are handed over, each memory once, and short ones are left to be copied', () => {
  const many = traceOf(Array.from({ length: 20_000 }, (_, at) => `a ${2 * at}-${2 * at + 1}`).join(', '))
  const buffers = columnBuffers(many)
  expect(buffers.length).toBe(4)
  expect(new Set(buffers).size).toBe(4)
  expect(columnBuffers(TRACE)).toEqual([])
})
