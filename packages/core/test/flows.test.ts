import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TraceBuilder, filterTrace, siteOf, type FlowKey, type SliceAtTime, type Trace } from '../src/index.js'

/** Slices of thread 0 and 1 as `start-end name`, in any order. */
const THREADS = [
  ['0-100 main', '10-40 load', '20-30 read', '30-38 parse', '50-50 empty'],
  ['35-90 worker', '60-80 answer', '110-120 resumed', '20000131-20000140 late'],
]

describe('flows', () => {
  it.each<[string, string, string]>([
    ['the innermost slice that is open', '0@25 1@70', '1: 25 read > 70 answer'],
    ['what encloses a moment between two slices', '0@45 1@70', '1: 45 main > 70 answer'],
    ['the slice that begins at a moment rather than the one that ends', '0@30 1@70', '1: 30 parse > 70 answer'],
    ['an empty slice', '0@50 1@70', '1: 50 empty > 70 answer'],
    ['a slice up to its very end, when nothing else is open', '0@25 1@90', '1: 25 read > 90 worker'],
    ['the next slice that begins', '0@25 1>40', '1: 25 read > 40 answer'],
    ['the slice that begins at the very moment', '0@5 0>10', '1: 5 main > 10 load'],
    ['the next call that Node.js makes, when that begins', '0@25 1^30', '1: 25 read > 35 worker'],
    ['more than two ends', '1@70 0@25 0@60', '1: 25 read > 60 main > 70 answer'],
    ['each of the ends to which they branch', '0@25 1+70 0+60', '1: 25 read > 60 main\n2: 25 read > 70 answer'],
    ['nothing where they only branch', '1+70 0+60', ''],
  ])('bind to %s', (_, ends, expected) => {
    expect(format(build([ends]))).toBe(expected)
  })

  it('leave out an end that meets no slice, and a flow of one end', () => {
    expect(format(build(['0@25 1@95', '0>60 1@40', '0@12 1@70 1@95']))).toBe('1: 12 load > 70 answer')
  })

  it.each([
    ['a call within another one', '0@5 1^40', '60-80'],
    ['a run that was resumed', '0@5 1^100', '110-120 resumed'],
    ['a call that begins much later', '0@5 1^130', '20000131-20000140 late'],
  ])('do not bind to %s as the next call that Node.js makes', (_, ends) => {
    expect(format(build([ends]))).toBe('')
  })

  it('bind the next call that Node.js makes to the last moment before it', () => {
    expect(format(build(['0@5 1^10', '0@25 1^30']))).toBe('1: 25 read > 35 worker')
  })

  it('bind the calls that Node.js makes in turn to the moments before them', () => {
    expect(format(build(['0@5 1~10', '0@25 1~30', '0@50 1~31']))).toBe('1: 5 main > 35 worker')
  })

  it('are numbered by their first end', () => {
    expect(format(build(['0@45 1@70', '0@25 1@61']))).toBe('1: 25 read > 61 answer\n2: 45 main > 70 answer')
  })

  it('lead from and to slices that are given by their positions', () => {
    const { builder, thread, site } = empty()
    const outer = builder.addSlice(thread, site('outer'), 100, 200)
    const inner = builder.addSlice(thread, site('inner'), 120, 130)
    const overlapping = builder.addSlice(thread, site('overlapping'), 190, 230)
    const request = builder.addAsyncSlice(thread, site('request'), 150, 300)
    builder.addFlowToSlice('a', thread, inner)
    builder.addFlowToSlice('a', thread, overlapping)
    builder.addFlowToSlice('b', thread, outer)
    builder.addFlowToAsyncSlice('b', thread, 'request', request)
    const other = builder.addAsyncSlice(thread, site('request'), 195, 300, undefined, false, 'other track')
    builder.addFlowToAsyncSlice('c', thread, 'request', request)
    builder.addFlowToAsyncSlice('c', thread, 'other track', other)
    expect(format(builder.build(METADATA))).toBe(
      '1: 0 outer > 50 request\n2: 20 inner > 90 overlapping\n3: 50 request > 95 request',
    )
  })

  it('move with their slices when these are filtered, to the caller when it is all that stays', () => {
    const trace = build(['0@25 1@70', '0@60 1@40'])
    expect(format(filterTrace(trace, without('read', 'answer')))).toBe('1: 25 load > 70 worker\n2: 40 worker > 60 main')
  })

  it('go when nothing is left of one of their ends', () => {
    const trace = build(['0@25 1@70', '0@25 0@60'])
    expect(format(filterTrace(trace, without('worker', 'answer')))).toBe('1: 25 read > 60 main')
  })

  it('bind to the slice that a search through all slices finds', () => {
    const slices = fc.array(fc.tuple(fc.nat(40), fc.nat(12)), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(slices, fc.array(fc.nat(55), { minLength: 1, maxLength: 20 }), (spans, moments) => {
        const { builder, thread, site } = empty()
        for (const [start, length] of spans) builder.addSlice(thread, site('s'), start, start + length)
        moments.forEach((time, key) => {
          builder.addFlow(key, thread, time)
          builder.addFlow(key, thread, time)
        })
        const { flows, tracks } = builder.build({ ...METADATA, originNs: 0 })
        const { startNs, durationNs, length } = nested(tracks[0])
        for (let row = 0; row < flows.length; row++) {
          const time = flows.timeNs[row]
          const open = Array.from({ length }, (_, i) => i).filter(
            (i) => startNs[i] <= time && startNs[i] + durationNs[i] >= time,
          )
          const lasting = open.filter((i) => startNs[i] + durationNs[i] > time || startNs[i] === time)
          expect(flows.slice[row]).toBe(lasting.at(-1) ?? open.at(-1))
        }
      }),
    )
  })
})

describe('sources', () => {
  it('are in the trace by the name of their file', () => {
    const { builder } = empty()
    builder.addSource('/srv/app.js', 'main()\n')
    expect([...builder.build(METADATA).sources]).toEqual([['/srv/app.js', 'main()\n']])
  })
})

const METADATA = { producer: 'test', clock: 'manual', originEpochMs: 0 }

function empty() {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'test', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const site = (name: string) =>
    builder.addSite({ kind: name === 'request' ? 'async-span' : 'function', name, file: '', line: 0, column: 0 })
  return { builder, process, thread, site }
}

const WHICH: Readonly<Record<string, SliceAtTime>> = {
  '@': 'innermost',
  '>': 'next',
  '^': 'callback',
  '~': 'callback-in-turn',
}

/**
 * Each flow as its ends: `thread@time` in the innermost slice, `thread>time` in the next one, `thread^time` in the
 * next call, `thread+time` a branch.
 */
function build(flows: readonly string[]): Trace {
  const { builder, process, thread, site } = empty()
  const threads = [thread, builder.addThread({ process, tid: 2, name: 'worker' })]
  THREADS.forEach((rows, index) => {
    for (const row of rows) {
      const [, start, end, name] = /^(\d+)-(\d+) (.*)$/.exec(row) ?? []
      const position = builder.addSlice(threads[index], site(name), Number(start), Number(end))
      if (name === 'resumed') builder.setActivation(threads[index], position, 1, 1)
    }
  })
  flows.forEach((ends, key: FlowKey) => {
    for (const [, index, sign, time] of ends.matchAll(/(\d)([@>^~+])(\d+)/g)) {
      if (sign === '+') builder.addFlowBranch(key, threads[Number(index)], Number(time))
      else builder.addFlow(key, threads[Number(index)], Number(time), WHICH[sign])
    }
  })
  return builder.build(METADATA)
}

/** A line for each flow: its number, then time and slice of each end. */
function format(trace: Trace): string {
  const { flows } = trace
  const texts: string[] = []
  for (let row = 0; row < flows.length; row++) {
    const slices = nested(trace.tracks[flows.track[row]])
    const end = `${flows.timeNs[row]} ${siteOf(trace, slices, flows.slice[row]).name}`
    const text = texts.at(flows.flow[row] - 1)
    texts[flows.flow[row] - 1] = text === undefined ? `${flows.flow[row]}: ${end}` : `${text} > ${end}`
  }
  return texts.join('\n')
}

function nested(track: Trace['tracks'][number]) {
  if (track.kind === 'counter') throw new Error('a counter has no slices')
  return track.slices
}

function without(...names: string[]) {
  return { id: 'without', keeps: (site: { readonly name: string }) => !names.includes(site.name) }
}
