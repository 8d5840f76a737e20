import { TraceBuilder, type SliceTable, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { nestingDepths, plainEvents } from './support/independent.js'
import { eventLines, fn, format, read, slicesOf, traceOf, write } from './support/traces.js'

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
