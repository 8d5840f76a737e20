import { TraceBuilder } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { plainEvents } from './support/independent.js'
import { eventLines, firstPieces, fn, pieces, read, slicesOf, traceOf, write } from './support/traces.js'

describe('the file', () => {
  it('is an array with metadata first and one event a line', () => {
    expect(write(slicesOf(['fib', 1000, 3500]))).toMatchInlineSnapshot(`
      "[
      {"name":"process_name","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"name":"node"}},
      {"name":"process_sort_index","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"sort_index":0}},
      {"name":"thread_name","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"name":"main"}},
      {"name":"thread_sort_index","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"sort_index":0}},
      {"name":"tracer_trace","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"version":1,"producer":"tracer 0.1.0","clock":"portable","originNs":0,"originEpochMs":1700000000000.25,"overheadNs":0,"overheadInsideNs":0,"checkNs":0,"tickNs":0,"processes":[[7,7,"node",["node","fib.js"]]],"threads":[[0,7,7,"main",true,[]]]}},
      {"name":"tracer_sites","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"sites":[["function","fib","/srv/app/fib.js",1,10]]}},
      {"name":"fib","cat":"/srv/app/fib.js:1:10","ph":"X","pid":7,"tid":7,"site":0,"ts":1.000,"dur":2.500}
      ]
      "
    `)
  })

  it('of an empty trace still holds an object, for importers look for one', () => {
    const text = write(new TraceBuilder().build({ producer: '', clock: '', originEpochMs: 0 }))
    expect(plainEvents(text)).toHaveLength(1)
    expect(text).toMatch(/^\[\n\{"name":"tracer_trace"/)
  })

  it('splits the table of sites so that lines stay moderate', () => {
    const trace = traceOf((builder) => {
      for (let i = 0; i < 2500; i++) builder.addSite(fn(`f${i}`))
    })
    const tables = plainEvents(write(trace)).filter(({ fields }) => fields['name'] === 'tracer_sites')
    expect(tables).toHaveLength(3)
    expect(Math.max(...tables.map(({ line }) => line.length))).toBeLessThan(60_000)
  })

  it('lists calls that are in no slice where no importer draws them', () => {
    const trace = traceOf((builder, thread) => {
      builder.addSlice(thread, builder.addSite(fn('fib')), 0, 10)
      builder.addUnrecorded(thread, builder.addSite(fn('hot')), 12, 400)
    })
    expect(eventLines(write(trace))).toHaveLength(1)
    expect(write(trace)).toContain(
      '\n{"name":"tracer_unrecorded","cat":"","ph":"M","pid":7,"tid":7,"ts":0,"args":{"calls":[[0,1,12,400]]}},\n',
    )
  })

  it('splits the table of calls that are in no slice so that lines stay moderate', async () => {
    const trace = traceOf((builder, thread) => {
      for (let i = 0; i < 2500; i++) builder.addUnrecorded(thread, builder.addSite(fn(`f${i}`)), i + 1, i * 1e9)
    })
    const tables = plainEvents(write(trace)).filter(({ fields }) => fields['name'] === 'tracer_unrecorded')
    expect(tables).toHaveLength(3)
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('comes in pieces of at most 64 KiB that are never written to again', () => {
    const trace = traceOf((builder, thread) => {
      const site = builder.addSite(fn('f'))
      for (let i = 0; i < 5000; i++) builder.addSlice(thread, site, i * 10, i * 10 + 5)
    })
    const copies: Uint8Array[] = []
    const kept = pieces(trace)
    for (const piece of pieces(trace)) copies.push(piece.slice())
    expect(Math.max(...kept.map((piece) => piece.length))).toBeLessThanOrEqual(65_536)
    expect(kept.length).toBeGreaterThan(5)
    expect(Buffer.concat(kept).equals(Buffer.concat(copies))).toBe(true)
  })

  it('is made while it is taken', () => {
    const trace = traceOf((builder, thread) => {
      const site = builder.addSite(fn('f'))
      for (let i = 0; i < 50_000; i++) builder.addSlice(thread, site, i * 10, i * 10 + 5)
    })
    const args = new CountingMap([[0, '{}']])
    const tracks = trace.tracks.map((track) =>
      track.kind === 'thread' ? { ...track, slices: { ...track.slices, args } } : track,
    )
    const [first] = firstPieces({ ...trace, tracks }, 1)
    expect(first.length).toBeGreaterThan(60_000)
    expect(args.lookups).toBeLessThan(10_000)
  })

  it('goes without the first category when a name would make speedscope take it for Chrome', () => {
    const [first, second] = plainEvents(write(slicesOf(['Profile', 0, 1])))
    expect(first.fields).not.toHaveProperty('cat')
    expect(second.fields).toHaveProperty('cat')
  })
})

/** Counts the slices whose arguments were asked for. */
class CountingMap extends Map<number, string> {
  lookups = 0

  override get(key: number): string | undefined {
    this.lookups++
    return super.get(key)
  }
}
