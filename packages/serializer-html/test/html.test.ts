import { TraceBuilder, type Trace } from '@tracer/core'
import { serializerChecks } from '@tracer/core/testing'
import { describe, expect, it } from 'vitest'
import * as index from '../src/index.js'
import { read, traceOf, written } from './support/page.js'

const { html } = index

const MARK = '<meta name="tracer-page" content="1">'
const PLACE = '<!--tracer:data-->'
const BLOCK = '<script type="application/vnd.tracer.pftrace+gzip;base64">'
const PAGE = `<!doctype html>${MARK}<title>Any</title><script>show('<title>')</script>${PLACE}<footer></footer>`

describe('html()', () => {
  it.each(serializerChecks(html()))('$name', ({ run }) => run())

  it('is all that the package exports', () => {
    expect(Object.keys(index)).toEqual(['html'])
    expect(html()).toMatchObject({ id: 'html', extensions: ['.html', '.htm'] })
  })

  it.each([
    [{ titel: 'x' }, 'html() has no option "titel". It has: title, functions, branches, page.'],
    [{ title: 7 }, 'html() option "title" is 7. Give a text.'],
    [{ functions: -1 }, 'html() option "functions" is -1. Give a whole number from 0.'],
    [{ branches: 1.5 }, 'html() option "branches" is 1.5. Give a whole number from 0.'],
    [{ page: 7 }, 'html() option "page" is 7. Give the text of a page.'],
    [{ page: MARK }, 'html() option "page" needs <!--tracer:data--> once, where the trace goes.'],
    [{ page: `${MARK}${PLACE}${PLACE}` }, 'html() option "page" needs <!--tracer:data--> once'],
    [{ page: PLACE }, 'html() option "page" needs <meta name="tracer-page" content="1"> near its beginning.'],
    [{ page: `${' '.repeat(5000)}${MARK}${PLACE}` }, 'near its beginning.'],
    [{ page: `${MARK}${BLOCK}${PLACE}` }, 'html() option "page" holds a trace already'],
  ])('refuses %j', (options: object, message) => {
    expect(() => html(options)).toThrow(message)
  })

  it.each([
    ['<!doctype html><html><head><title>Trace</title>', false],
    ['<!-- saved from url=(0014)about:internet -->\n<html><head><meta name="tracer-page" content="1">', true],
  ])('detects %j: %s', (head, expected) => {
    expect(html().detect?.(new TextEncoder().encode(head))).toBe(expected)
  })
})

describe('a page of another program', () => {
  it.each(serializerChecks(html({ page: PAGE })))('$name', ({ run }) => run())

  it('has the trace at its place, and its title and size', async () => {
    const page = await written(traceOf({ main: [['run', 0, 5]] }), { page: PAGE })
    const head =
      '<title>node main.ts --fast – Tracer</title>\n<meta name="tracer-title" content="node main.ts --fast">\n<meta name="tracer-slices" content="1">'
    expect(page.startsWith(`<!doctype html>${MARK}${head}<script>show('<title>')</script>${BLOCK}`)).toBe(true)
    expect(page.endsWith('</script>\n<footer></footer>')).toBe(true)
  })

  it('shows a title as text, whatever stands in it', async () => {
    const title = '</title><script>alert("$&")</script>'
    const page = await written(traceOf({ main: [['run', 0, 5]] }), { page: PAGE, title })
    const shown = '&lt;/title&gt;&lt;script&gt;alert(&quot;$&amp;&quot;)&lt;/script&gt;'
    expect(page).toContain(`<title>${shown} – Tracer</title>\n<meta name="tracer-title" content="${shown}">`)
    expect(page.match(/<script>/g)).toHaveLength(1)
  })

  it('is read back', async () => {
    const trace = manyCalls(20_000)
    expect((await read(await written(trace, { page: PAGE }))).trace).toEqual(trace)
  })
})

describe('a page that is read', () => {
  it('gives back a trace of many blocks', async () => {
    const trace = manyCalls(20_000)
    const page = await written(trace)
    expect(page.split('base64">').length).toBeGreaterThan(4)
    expect((await read(page)).trace).toEqual(trace)
  })

  it('may have been wrapped and saved by other programs', async () => {
    const page = (await written(traceOf({ main: [['run', 0, 5]] }))).replace(
      /(base64">)([^<]*)/g,
      (_, start: string, letters: string) => start + letters.replace(/.{76}/g, '$&\r\n'),
    )
    const { trace, warnings } = await read(`<!-- saved -->\n${page}`)
    expect(warnings).toEqual([])
    expect(trace.sites.map(({ name }) => name)).toEqual(['main.ts', 'run'])
  })

  it('gives what came before it was cut, and says so', async () => {
    const page = await written(manyCalls(20_000))
    const { trace, warnings } = await read(page.slice(0, page.length - 100_000))
    expect(trace.tracks).toMatchObject([{ kind: 'thread' }])
    expect(warnings[0]).toMatch(
      /^The gzip file ends early, at byte [\d,]+: [\d,]+ bytes came out of it, the rest is lost\.$/,
    )
  })

  it.each([
    [
      'ends before its trace',
      (page: string) => page.slice(0, page.indexOf('base64">')),
      'there is no trace in the page',
    ],
    [
      'has letters that are none in it',
      (page: string) => page.replace('base64">', 'base64">H4!'),
      'what should be base64',
    ],
    ['has other bytes for its trace', (page: string) => page.replace(/base64">.{16}/, 'base64">H4sIAAAAAAAAA8xx'), ''],
  ])('is refused when it %s', async (_, change, message) => {
    const page = change(await written(manyCalls(10)))
    await expect(read(page)).rejects.toMatchObject({ code: 'NOT_A_TRACE', message: expect.stringContaining(message) })
  })

  it('names the place of what is no base64', async () => {
    const page = await written(traceOf({ main: [['run', 0, 5]] }))
    const start = page.indexOf('base64">') + 'base64">'.length
    const place = `between bytes ${Buffer.byteLength(page.slice(0, start)).toLocaleString('en-US')} and `
    await expect(read(`${page.slice(0, start)}*${page.slice(start + 1)}`)).rejects.toThrow(place)
  })
})

describe('a page that is written', () => {
  it('comes in small pieces however long names are', async () => {
    const trace = traceOf({ main: [['x'.repeat(5_000_000), 0, 5]] })
    const lengths: number[] = []
    for await (const piece of html().serialize(trace)) lengths.push(piece.length)
    expect(Math.max(...lengths)).toBeLessThan(70_000)
  })
})

function manyCalls(calls: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 7, name: 'node', commandLine: ['node'] })
  const thread = builder.addThread({ process, tid: 7, name: 'main' })
  const sites = Array.from({ length: 50 }, (_, i) =>
    builder.addSite({ kind: 'function', name: `f${i}`, file: '/srv/a.js', line: i + 1, column: 1 }),
  )
  let [time, seed] = [0, 1]
  for (let i = 0; i < calls; i++) {
    // Lengths that do not repeat: a regular trace packs into one block.
    seed = (seed * 48_271) % 2_147_483_647
    builder.addSlice(thread, sites[seed % 50], time, time + (seed % 10_007))
    time += 20_000 + (seed % 9_973)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}
