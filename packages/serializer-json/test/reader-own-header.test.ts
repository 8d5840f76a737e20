import { describe, expect, it } from 'vitest'
import { fn, format, read, slicesOf, traceOf, write } from './support/traces.js'

const formatted = async (text: string) => format((await read(text)).trace)
const warningsOf = async (text: string) => (await read(text)).warnings

describe('our own header', () => {
  it('of a later version is read with a warning', async () => {
    const text = write(slicesOf(['f', 0, 1])).replace('"version":1', '"version":2')
    expect(await warningsOf(text)).toEqual([
      'The file is of version 2, this reader knows 1: some of it may be missing.',
    ])
  })

  it('says which tracks hold turns and collections, which are no calls', async () => {
    const written = traceOf((builder, thread) => {
      builder.addAsyncSlice(thread, builder.addSite(fn('Event loop', { kind: 'turn' })), 5, 60)
      const site = builder.addSite(fn('minor collection', { kind: 'collection' }))
      builder.addAsyncSlice(thread, site, 10, 20, '{"forced":true}', false, 'Garbage collection')
    })
    const { trace } = await read(write(written))
    const kinds = trace.tracks.flatMap((track) =>
      track.kind === 'async' ? [`${track.name}: ${trace.sites[track.slices.site[0]].kind}`] : [],
    )
    expect(kinds).toEqual(['Event loop: turn', 'Garbage collection: collection'])
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
