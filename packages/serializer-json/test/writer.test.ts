import { TraceBuilder, type SliceTable, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { nestingDepths, plainEvents } from './support/independent.js'
import { eventLines, firstPieces, fn, format, pieces, read, slicesOf, traceOf, write } from './support/traces.js'

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

describe('a slice', () => {
  it.each([
    ['/srv/app/a.ts', 3, 7, '/srv/app/a.ts:3:7'],
    ['file:///srv/app/a.ts', 3, 7, '/srv/app/a.ts:3:7'],
    ['/srv/a,b.ts', 3, 7, '/srv/a;b.ts:3:7'],
    ['node:fs', 0, 0, 'node:fs'],
    ['', 0, 0, 'tracer'],
  ])('of %s line %i column %i has the category %4$s', (file, line, column, category) => {
    const trace = traceOf((builder, thread) => {
      builder.addSlice(thread, builder.addSite(fn('f', { file, line, column })), 0, 1)
    })
    expect(JSON.parse(eventLines(write(trace))[0])).toMatchObject({ cat: category })
  })

  it('has the exact name of its function, whatever is in it', () => {
    const names = ['fib', '', 'a"b\\c', '\u0000\n\u2028', '\ud800', 'é日本😀', 'x'.repeat(200_000), '"args":{']
    const trace = traceOf((builder, thread) => {
      names.forEach((name, i) => builder.addSlice(thread, builder.addSite(fn(name)), i * 10, i * 10 + 5))
    })
    const written = plainEvents(write(trace)).filter(({ fields }) => fields['ph'] === 'X')
    expect(written.map(({ fields }) => fields['name'])).toEqual(names)
  })

  it.each([
    [0, '0.000'],
    [1, '0.001'],
    [999, '0.999'],
    [1000, '1.000'],
    [99_999_999, '99999.999'],
    [999_999_999_999, '999999999.999'],
    [1_000_000_000_000, '1000000000.000'],
    [1_000_000_001_234, '1000000001.234'],
    [8_796_093_022_207_999, '8796093022207.999'],
  ])('that starts at %i ns says so in microseconds with three decimals', (ns, text) => {
    expect(eventLines(write(slicesOf(['f', ns, ns])))[0]).toContain(`"ts":${text},"dur":0.000`)
  })

  it('that begins where another ends does not overlap it after rounding', () => {
    const lines = eventLines(write(slicesOf(['a', 0.4, 10.6], ['b', 10.6, 20.4])))
    expect(lines.map((line) => /"ts":.*/.exec(line)?.[0])).toEqual([
      '"ts":0.000,"dur":0.011}',
      '"ts":0.011,"dur":0.009}',
    ])
  })

  it('does not overlap the next one when a sum of doubles is off by its last bit', () => {
    // 2.38… + (70.49… - 2.38…) is 70.5, which rounds up, while 70.49… rounds down.
    const end = 70.49999999999999
    const beside = slicesOf(['a', 2.3812551620502447, end], ['b', end, 80])
    expect([...nestingDepths(plainEvents(write(beside))).values()]).toEqual([[0, 0]])
    const inside = slicesOf(['a', 0, end], ['b', 2.3812551620502447, end])
    expect([...nestingDepths(plainEvents(write(inside))).values()]).toEqual([[0, 1]])
  })

  it('that is empty keeps its level far into a track', async () => {
    const trace = traceOfRing(
      ...Array.from({ length: 6000 }, (_, i): [string, number, number] =>
        i % 2 === 0 ? ['a', i * 10, i * 10 + 10] : ['b', i * 10, i * 10],
      ),
    )
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('three hundred calls deep is read back where it was', async () => {
    const trace = slicesOf(...Array.from({ length: 300 }, (_, i): [string, number, number] => ['rec', i, 1000 - i]))
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('that rounds to nothing beside another one stays its sibling', async () => {
    const text = write(slicesOf(['x', 4.6, 4.9], ['y', 5.1, 10], ['z', 10.1, 10.2]))
    const { trace } = await read(text)
    expect(format(trace)).toBe('thread 7/7 main\n  x @5+0\n  y @5+5\n  z @10+0')
  })

  it('that is empty at the end of the one before says on which level it lies', async () => {
    const trace = traceOfRing(['a', 0, 10], ['b', 10, 10])
    expect(eventLines(write(trace))[1]).toContain('"dur":0.000,"depth":0}')
    const { trace: back } = await read(write(trace))
    expect(back).toEqual(trace)
  })

  it('of an activation carries its number, negative when it resumes', async () => {
    const trace = traceOf((builder, thread) => {
      const site = builder.addSite(fn('job'))
      builder.setActivation(thread, builder.addSlice(thread, site, 0, 5), 3, 0)
      builder.setActivation(thread, builder.addSlice(thread, site, 10, 15), 3, 1)
    })
    expect(eventLines(write(trace)).map((line) => JSON.parse(line).run)).toEqual([3, -3])
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('that was open when the recording ended is marked and ends with it', async () => {
    const trace = slicesOf(['main', 0, NaN], ['f', 10, 20])
    expect(eventLines(write(trace))[0]).toContain('"ts":0.000,"dur":0.020,"open":1}')
    expect((await read(write(trace))).trace).toEqual(trace)
  })

  it('keeps its end when it is open and what ended last was filtered out', async () => {
    const trace = slicesOf(['main', 0, NaN], ['f', 10, 20])
    const [track] = trace.tracks
    if (track.kind !== 'thread') throw new Error('a thread track comes first')
    const filtered: Trace = { ...trace, tracks: [{ ...track, slices: firstSlices(track.slices, 1) }] }
    expect((await read(write(filtered))).trace).toEqual(filtered)
  })
})

/** A trace whose slices are given as a ring gives them: in the order in which they ended. */
function traceOfRing(...slices: [name: string, startNs: number, endNs: number][]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: [] })
  const thread = builder.addThread({ process, tid: 7, name: 'main' }, 'by-end')
  for (const [name, startNs, endNs] of slices) builder.addSlice(thread, builder.addSite(fn(name)), startNs, endNs)
  return builder.build({ producer: '', clock: '', originEpochMs: 0 })
}

function firstSlices(slices: SliceTable, length: number): SliceTable {
  const { site, startNs, durationNs, depth } = slices
  return {
    ...slices,
    length,
    site: site.slice(0, length),
    startNs: startNs.slice(0, length),
    durationNs: durationNs.slice(0, length),
    depth: depth.slice(0, length),
  }
}

describe('times out of the ordinary', () => {
  it('are whole microseconds beyond 101 days, and stay so', async () => {
    const epochNs = 1_700_000_000_000_000_000
    const text = write(slicesOf(['f', epochNs, epochNs + 5_000_000]))
    expect(eventLines(text)[0]).toContain('"ts":1700000000000000.000,"dur":5000.000')
    expect(write((await read(text)).trace)).toBe(text)
  })

  it('reach over the 101 days exactly when only the end lies beyond', async () => {
    const text = write(slicesOf(['f', 1, 9e15]))
    expect(eventLines(text)[0]).toContain('"ts":0.001,"dur":8999999999999.999')
    expect(write((await read(text)).trace)).toBe(text)
  })

  it('nest across the 101 days', async () => {
    const { trace, warnings } = await read(write(slicesOf(['f', 0, 9e15], ['g', 400, 9e15])))
    expect(warnings).toEqual([])
    expect(trace.tracks).toMatchObject([{ slices: { depth: Int32Array.of(0, 1) } }])
  })

  it('are written with their sign when they are negative', async () => {
    const text = write(slicesOf(['f', -1500, -1]))
    expect(eventLines(text)[0]).toContain('"ts":-1.500,"dur":1.499')
    expect(write((await read(text)).trace)).toBe(text)
  })

  it.each([NaN, Infinity, -Infinity])('stay valid JSON when they are %d', (ns) => {
    const trace = traceOf((builder, thread) => {
      builder.addInstant(thread, builder.addSite(fn('i', { kind: 'instant' })), ns)
    })
    expect(() => plainEvents(write(trace))).not.toThrow()
  })
})

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

describe('pids and tids', () => {
  const idsOf = (trace: Trace) =>
    plainEvents(write(trace))
      .filter(({ fields }) => fields['name'] === 'thread_sort_index')
      .map(({ fields }) => [fields['pid'], fields['tid']])

  const traceWith = (processes: [pid: number, ...tids: number[]][]): Trace => {
    const builder = new TraceBuilder()
    for (const [pid, ...tids] of processes) {
      const process = builder.addProcess({ pid, name: '', commandLine: [] })
      for (const tid of tids) builder.addThread({ process, tid, name: '' })
    }
    return builder.build({ producer: '', clock: '', originEpochMs: 0 })
  }

  it.each<[string, [number, ...number[]][], [number, number][]]>([
    [
      'that fit are kept',
      [
        [10, 10, 11],
        [20, 20],
      ],
      [
        [10, 10],
        [10, 11],
        [20, 20],
      ],
    ],
    [
      'of 0 become ones that importers accept, main threads first',
      [[0, 0, 5]],
      [
        [1, 1],
        [1, 5],
      ],
    ],
    [
      'of a second process with the same pid are told apart',
      [
        [10, 10],
        [10, 10],
      ],
      [
        [10, 10],
        [1, 1],
      ],
    ],
    [
      'of a thread 0 are those of the process',
      [[10, 0, 3]],
      [
        [10, 10],
        [10, 3],
      ],
    ],
    [
      'beyond 32 bits are replaced',
      [[2 ** 32, 2 ** 32, -1]],
      [
        [1, 1],
        [1, 2],
      ],
    ],
  ])('%s', (_, processes, expected) => {
    expect(idsOf(traceWith(processes))).toEqual(expected)
  })

  it('come back as they were', async () => {
    const trace = traceWith([
      [0, 0, 5],
      [0, 0],
      [2 ** 40, -7],
    ])
    expect((await read(write(trace))).trace).toEqual(trace)
  })
})
