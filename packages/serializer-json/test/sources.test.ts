import { describe, expect, it } from 'vitest'
import { read, traceOf, write } from './support/traces.js'

const withSources = (...sources: [string, string][]) =>
  traceOf((builder) => {
    for (const [file, text] of sources) builder.addSource(file, text)
  })

describe('texts of source files', () => {
  it.each([
    ['empty', ''],
    ['short', 'const a = "\u2028"\n'],
    ['just one part', 'x'.repeat(16_384)],
    ['cut inside a pair of surrogates', `${'x'.repeat(16_383)}😀${'y'.repeat(40_000)}`],
  ])('come back letter by letter: %s', async (_, text) => {
    const trace = withSources(['/srv/a.js', text], ['__proto__', 'b'])
    const written = write(trace)
    const { trace: back, warnings } = await read(written, 1000)
    expect(back.sources).toEqual(trace.sources)
    expect(warnings).toEqual([])
    expect(write(back)).toBe(written)
  })

  it('stand at the end of the file, in lines of moderate length', () => {
    const lines = write(withSources(['/srv/a.js', 'x'.repeat(100_000)])).split('\n')
    expect(lines.at(-3)).toMatch(/^\{"name":"tracer_sources","cat":"","ph":"M".*"part":6,"text":"x+"\}\}$/)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(17_000)
  })

  it('of a second file behind the first are not put together with them', async () => {
    const one = write(withSources(['/srv/a.js', 'one']))
    const two = write(withSources(['/srv/a.js', 'two']))
    const { trace } = await read(one.replace('\n]\n', ',\n') + two.slice(2))
    expect([...trace.sources]).toEqual([['/srv/a.js', 'two']])
  })

  it('are passed over when other hands have broken them', async () => {
    const text = write(withSources(['/srv/a.js', 'one'])).replace('"part":0', '"part":"x"')
    expect((await read(text)).trace.sources.size).toBe(0)
  })
})

describe('texts in a file of VizTracer', () => {
  const info = (files: string) => `{"traceEvents":[],"file_info":{"files":{${files}},"functions":{}}}`

  it('are read, wherever pieces are cut', async () => {
    const text = info('"/srv/t.py":["def é():\\n\\tpass",2],"__proto__":["x",1],"n":[1],"z":null')
    for (const size of [1, 1000]) {
      expect([...(await read(text, size)).trace.sources]).toEqual([
        ['/srv/t.py', 'def é():\n\tpass'],
        ['__proto__', 'x'],
      ])
    }
  })

  it('of more than 64 MiB are left out with a warning', async () => {
    const { trace, warnings } = await read(info(`"/srv/t.py":["${'x'.repeat(2 ** 26)}",1]`), 1_000_000)
    expect(trace.sources.size).toBe(0)
    expect(warnings).toEqual(['Source texts of more than 67,108,864 bytes (file_info) were left out.'])
  })
})
