import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TraceBuilder, activationOf, isResumed, siteOf, type Site, type SliceTable, type Trace } from '../src/index.js'
import { formatTrace, lines } from './support/format-trace.js'

const METADATA = { producer: 'test', clock: 'manual', originEpochMs: 0 }

/** Slices that nest when they are sorted: begin and end are taken from a walk over random numbers. */
const drafts = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.option(fc.json(), { nil: undefined })), {
    maxLength: 60,
  })
  .map(nestedDrafts)

describe('TraceBuilder', () => {
  it('gives the same table for slices in the order of their ends and in any order', () => {
    fc.assert(
      fc.property(drafts, fc.integer(), (byEnd, seed) => {
        const shuffled = byEnd.slice().sort((a, b) => ((a.start * 31 + seed) % 7) - ((b.start * 31 + seed) % 7))
        expect(slicesOf(build(shuffled, 'any'))).toEqual(slicesOf(build(byEnd, 'by-end')))
      }),
    )
  })

  it('builds a table again from its own rows', () => {
    fc.assert(
      fc.property(drafts, (byEnd) => {
        const trace = build(byEnd, 'by-end')
        const slices = slicesOf(trace)
        const rows = Array.from({ length: slices.length }, (_, i) => ({
          name: siteOf(trace, slices, i).name,
          start: slices.startNs[i],
          end: slices.startNs[i] + slices.durationNs[i],
          args: slices.args.get(i),
        }))
        expect(slicesOf(build(rows, 'any'))).toEqual(slices)
      }),
    )
  })

  it('puts each child inside its parent', () => {
    fc.assert(
      fc.property(drafts, (byEnd) => {
        const { length, depth, startNs, durationNs } = slicesOf(build(byEnd, 'by-end'))
        const ends: number[] = []
        for (let i = 0; i < length; i++) {
          const end = startNs[i] + durationNs[i]
          if (depth[i] > 0) expect(end).toBeLessThanOrEqual(ends[depth[i] - 1])
          ends[depth[i]] = end
        }
      }),
    )
  })

  it('moves the earliest moment to zero and says where it was', () => {
    const { builder, thread } = oneThread()
    builder.addInstant(thread, builder.addSite(site('late')), 1_700)
    builder.addSample(thread, 'queue', 'length', 1_500, 3)
    const trace = builder.build({ ...METADATA, originEpochMs: 10 })
    expect(trace.metadata).toMatchObject({ originNs: 1_500, originEpochMs: 10.0015 })
    expect(formatTrace(trace)).toBe('  @200 late\ncounter queue.length: @0 3')
  })

  it('leaves times alone that are already relative to an origin', () => {
    const { builder, thread } = oneThread()
    builder.addInstant(thread, builder.addSite(site('late')), 1_700)
    const trace = builder.build({ ...METADATA, originNs: 9 })
    expect(trace.metadata.originNs).toBe(9)
    expect(formatTrace(trace)).toBe('  @1700 late')
  })

  it('ends slices that were still open with the last moment of all', () => {
    const { builder, thread } = oneThread()
    builder.addSlice(thread, builder.addSite(site('open')), 0, NaN)
    builder.addSlice(thread, builder.addSite(site('inner')), 10, 20)
    builder.addInstant(thread, builder.addSite(site('i')), 50)
    expect(formatTrace(builder.build(METADATA))).toBe(
      lines(`
          0-~50 open
            10-20 inner
          @50 i
      `).replaceAll(/^/gm, '  '),
    )
  })

  it('keeps the end of a slice that was cut off earlier', () => {
    const { builder, thread } = oneThread()
    const cut = builder.addSlice(thread, builder.addSite(site('cut')), 0, 10)
    builder.setUnfinished(thread, cut)
    builder.addAsyncSlice(thread, builder.addSite(site('cut async')), 0, 5, undefined, true)
    builder.addSlice(thread, builder.addSite(site('later')), 20, 30)
    expect(formatTrace(builder.build(METADATA))).toBe('  0-~10 cut\n  20-30 later\nasync cut async\n  0-~5 cut async')
  })

  it('gives slices that overlap a track of their own', () => {
    const { builder, thread } = oneThread()
    builder.addSlice(thread, builder.addSite(site('a')), 0, 10)
    builder.addSlice(thread, builder.addSite(site('b')), 5, 15)
    expect(formatTrace(builder.build(METADATA))).toBe('  0-10 a\nasync main (overlapping)\n  5-15 b')
  })

  it('links the runs of an activation', () => {
    const { builder, thread } = oneThread()
    const f = builder.addSite(site('f'))
    builder.setActivation(thread, builder.addSlice(thread, f, 0, 10), 7, 0)
    builder.addSlice(thread, f, 11, 12)
    builder.setActivation(thread, builder.addSlice(thread, f, 20, 30), 7, 1)
    const slices = slicesOf(builder.build(METADATA))
    expect([0, 1, 2].map((i) => activationOf(slices, i))).toEqual([7, 0, 7])
    expect([0, 1, 2].map((i) => isResumed(slices, i))).toEqual([false, false, true])
  })

  it('gives one index to a site that several threads name', () => {
    const builder = new TraceBuilder()
    expect(builder.addSite(site('f'))).toBe(builder.addSite(site('f')))
  })

  it('keeps apart counters whose names run together', () => {
    const { builder, thread } = oneThread()
    builder.addSample(thread, 'a\nb', 'c', 0, 1)
    builder.addSample(thread, 'a', 'b\nc', 0, 2)
    builder.addSample(thread, 'ab', '', 0, 3)
    builder.addSample(thread, 'a', 'b', 0, 4)
    expect(builder.build(METADATA).tracks).toHaveLength(5)
  })

  it('keeps what was lost, and who ended badly', () => {
    const { builder, thread } = oneThread()
    builder.addInstant(thread, builder.addSite(site('i')), 100)
    builder.addDrop(thread, { count: 5, startNs: 120, endNs: 130 })
    builder.setIncomplete(thread)
    expect(builder.build(METADATA).threads).toEqual([
      { process: 0, tid: 1, name: 'main', complete: false, drops: [{ count: 5, startNs: 20, endNs: 30 }] },
    ])
  })

  it('adds up calls that are in no slice, by thread and site', () => {
    const { builder, thread } = oneThread()
    const worker = builder.addThread({ process: 0, tid: 2, name: 'worker' })
    const [f, g] = [builder.addSite(site('f')), builder.addSite(site('g'))]
    builder.addUnrecorded(worker, f, 5, 50)
    builder.addUnrecorded(thread, g, 3, 30, 2)
    builder.addUnrecorded(thread, f, 1, 10)
    builder.addUnrecorded(thread, g, 4, 41, 6)
    expect(builder.build(METADATA).unrecorded).toEqual({
      length: 3,
      thread: Int32Array.of(thread, thread, worker),
      site: Int32Array.of(f, g, f),
      calls: Float64Array.of(1, 7, 5),
      estimatedNs: Float64Array.of(10, 71, 50),
      laterRuns: Float64Array.of(0, 8, 0),
    })
  })

  it('does not know what probes cost unless it is told', () => {
    const costs = { overheadNs: 70, overheadInsideNs: 30, checkNs: 4, tickNs: 50_000 }
    expect(new TraceBuilder().build({ ...METADATA, ...costs }).metadata).toMatchObject(costs)
    expect(new TraceBuilder().build(METADATA).metadata).toMatchObject({
      overheadNs: 0,
      overheadInsideNs: 0,
      checkNs: 0,
      tickNs: 0,
    })
  })

  it('builds an empty trace from nothing', () => {
    expect(new TraceBuilder().build(METADATA)).toMatchObject({
      sites: [],
      threads: [],
      tracks: [],
      unrecorded: { length: 0 },
    })
  })
})

interface Draft {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly args: string | undefined
}

function nestedDrafts(moves: [boolean, number, string | undefined][]): Draft[] {
  const byEnd: Draft[] = []
  const open: Omit<Draft, 'end'>[] = []
  let time = 0
  const close = (): void => {
    const draft = open.pop()
    if (draft !== undefined) byEnd.push({ ...draft, end: time++ })
  }
  for (const [isBegin, name, args] of moves) {
    if (isBegin) open.push({ name: `f${name}`, start: time++, args })
    else close()
  }
  while (open.length > 0) close()
  return byEnd
}

function build(given: readonly Draft[], order: 'any' | 'by-end'): Trace {
  const builder = new TraceBuilder()
  // Sites are added first and in one order, so that equal tables have equal indexes.
  for (let i = 0; i < 4; i++) builder.addSite(site(`f${i}`))
  const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' }, order)
  for (const { name, start, end, args } of given) {
    const position = builder.addSlice(thread, builder.addSite(site(name)), start, end)
    if (args !== undefined) builder.setArgs(thread, position, args)
  }
  return builder.build(METADATA)
}

function oneThread(): { builder: TraceBuilder; thread: number } {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
  return { builder, thread: builder.addThread({ process, tid: 1, name: 'main' }) }
}

function slicesOf(trace: Trace): SliceTable {
  const [track] = trace.tracks
  if (track.kind !== 'thread') throw new Error('the first track is the thread')
  return track.slices
}

function site(name: string): Site {
  return { kind: 'function', name, file: '', line: 0, column: 0 }
}
