import { describe, expect, it } from 'vitest'
import { plainEvents } from './support/independent.js'
import { eventLines, fn, read, slicesOf, traceOf, write } from './support/traces.js'

describe('arguments', () => {
  const withArgs = (args: string) =>
    traceOf((builder, thread) =>
      builder.setArgs(thread, builder.addSlice(thread, builder.addSite(fn('f')), 0, 1), args),
    )

  it.each([
    ['{"id":1.0,"big":12345678901234567890}', '{"id":1.0,"big":12345678901234567890}'],
    ['{\r\n  "a": [1,\n2]}', '{   "a": [1, 2]}'],
    ['[1]', '{"value":[1]}'],
    ['{"a":', '{"text":"{\\"a\\":"}'],
  ])('%s are written as %s', (args, written) => {
    expect(eventLines(write(withArgs(args)))[0]).toContain(`,"args":${written}}`)
  })

  it('come back letter by letter', async () => {
    const trace = withArgs('{"id":1.0, "big":12345678901234567890,"u":"\\u00e9","args":{"args":{}}}')
    expect((await read(write(trace), 3)).trace).toEqual(trace)
  })

  it('are left out when the option says so', () => {
    expect(write(withArgs('{"a":1}'), { args: false })).not.toContain('"a":1')
  })

  it('larger than a page are written whole', async () => {
    const trace = withArgs(JSON.stringify({ text: 'x'.repeat(300_000) }))
    expect((await read(write(trace))).trace).toEqual(trace)
  })
})

describe('counters, instants and async slices', () => {
  it('are events C, i, and pairs of b and e with an id of their own', () => {
    const trace = traceOf((builder, thread) => {
      const job = builder.addSite({ kind: 'async-span', name: 'job', file: '', line: 0, column: 0 })
      builder.addSample(thread, 'queue', 'length', 1000, 2.5)
      builder.addInstant(thread, builder.addSite(fn('miss', { kind: 'instant' })), 2000, '{"k":1}')
      builder.addAsyncSlice(thread, job, 0, 5000)
      builder.addAsyncSlice(thread, job, 1000, 3000)
    })
    expect(eventLines(write(trace))).toEqual([
      '{"name":"miss","cat":"/srv/app/fib.js:1:10","ph":"i","s":"t","pid":7,"tid":7,"site":1,"ts":2.000,"args":{"k":1}}',
      '{"name":"job","cat":"tracer","ph":"b","pid":7,"tid":7,"site":0,"ts":0.000,"id2":{"local":"0x1"}}',
      '{"name":"job","cat":"tracer","ph":"e","pid":7,"tid":7,"site":0,"ts":5.000,"id2":{"local":"0x1"}}',
      '{"name":"job","cat":"tracer","ph":"b","pid":7,"tid":7,"site":0,"ts":1.000,"id2":{"local":"0x2"}}',
      '{"name":"job","cat":"tracer","ph":"e","pid":7,"tid":7,"site":0,"ts":3.000,"id2":{"local":"0x2"}}',
      '{"name":"queue","cat":"tracer","ph":"C","pid":7,"tid":7,"ts":1.000,"args":{"length":2.5}}',
    ])
  })

  it('keep values that JSON has no number for in a field that importers skip', async () => {
    const trace = traceOf((builder, thread) => {
      for (const value of [NaN, Infinity, -Infinity, -0]) builder.addSample(thread, 'load', 'cpu', 0, value)
    })
    expect(eventLines(write(trace))[0]).toMatch(/"series":"cpu","value":"NaN","args":\{\}\}$/)
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('never share an id, on whatever track they lie', () => {
    const trace = traceOf((builder, thread) => {
      for (const name of ['job', 'task']) {
        const site = builder.addSite({ kind: 'async-span', name, file: '', line: 0, column: 0 })
        for (const startNs of [0, 10, 20]) builder.addAsyncSlice(thread, site, startNs, startNs + 100)
      }
    })
    const begins = plainEvents(write(trace)).filter(({ fields }) => fields['ph'] === 'b')
    expect(new Set(begins.map(({ fields }) => JSON.stringify(fields['id2']))).size).toBe(6)
  })

  it('keep the track on which slices lie that overlap on a thread', async () => {
    const trace = slicesOf(['a', 0, 10], ['b', 5, 15])
    expect(eventLines(write(trace))[1]).toContain('"track":"main (overlapping)"')
    expect((await read(write(trace))).trace).toEqual(trace)
  })
})
