import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

const event = (name: string, ts: number, dur: number, tid = 1): object => ({ name, ph: 'X', ts, dur, pid: 1, tid })
const BEFORE = JSON.stringify([event('main', 1, 9), event('parse', 2, 3), event('scan', 2, 1), event('other', 1, 5, 2)])
const AFTER = JSON.stringify([event('main', 1, 12), event('parse', 2, 6)])
const FILES = { 'before.json': BEFORE, 'after.json': AFTER }

/** Names of the frames of an SVG file. */
const namesIn = (svg: string): string[] => [...svg.matchAll(/<g class="f"><title>([^\n]*)/g)].map(([, name]) => name)

describe('tracer flamegraph', () => {
  it('draws a trace as SVG', async () => {
    const cwd = tempFolder(FILES)
    const { exitCode, stderr } = await tracer(['flamegraph', 'before.json', '-o', 'out/flame.svg'], { cwd })
    expect(stderr).toMatch(/^ {2}Written {2}out\/flame\.svg \(.* kB, 4 paths of calls\)\n$/)
    expect(exitCode).toBe(0)
    const svg = readFileSync(join(cwd, 'out/flame.svg'), 'utf8')
    expect(namesIn(svg)).toEqual(['main', 'other', 'parse', 'scan'])
    expect(svg).toContain('<title id="label">before.json</title>')
  })

  it('writes a page by the ending', async () => {
    const cwd = tempFolder(FILES)
    await tracer(['flamegraph', 'before.json', '-o', 'flame.html', '--title', 'My <program>'], { cwd })
    const page = readFileSync(join(cwd, 'flame.html'), 'utf8')
    expect(page).toContain('<h1>My &lt;program&gt;</h1>')
    // As it is built into the command, not only as it lies in the sources.
    expect(page).toMatch(/<script>"use strict";\(\(\)=>\{/)
  })

  it('compares two files', async () => {
    const cwd = tempFolder(FILES)
    const args = ['--diff', 'before.json', 'after.json', '--side', 'before', '-o', 'diff.svg', '--static']
    expect(await tracer(['flamegraph', ...args], { cwd })).toMatchObject({ exitCode: 0 })
    const svg = readFileSync(join(cwd, 'diff.svg'), 'utf8')
    expect(namesIn(svg)).toEqual(['main', 'other (gone)', 'parse +4.00 µs', 'scan (gone)'])
    expect(svg).toContain('before.json → after.json')
    expect(svg).not.toContain('<script')
  })

  it.each<[string, string[], string[]]>([
    ['one thread', ['--thread', '2'], ['other']],
    ['callers below functions', ['--order', 'inverted'], ['main', 'other', 'parse', 'scan', 'main', 'parse', 'main']],
    ['calls as they came', ['--order', 'by-time'], ['main', 'other', 'parse', 'scan']],
    ['only what is wide enough', ['--min-width', '600'], ['main']],
  ])('draws %s', async (_, args, names) => {
    const cwd = tempFolder(FILES)
    expect(await tracer(['flamegraph', 'before.json', ...args], { cwd })).toMatchObject({ exitCode: 0 })
    expect(namesIn(readFileSync(join(cwd, 'flamegraph.svg'), 'utf8'))).toEqual(names)
  })

  it('counts in the legend what functions took, whichever way round', async () => {
    const placed = (name: string, ts: number, dur: number): object => ({
      ...event(`${name} (/app/${name}.js:1)`, ts, dur),
      cat: 'FEE',
    })
    const cwd = tempFolder({ 'a.json': JSON.stringify([placed('main', 0, 10), placed('parse', 2, 6)]) })
    for (const order of ['grouped', 'inverted']) {
      await tracer(['flamegraph', 'a.json', '--color', 'file', '--order', order], { cwd })
      const svg = readFileSync(join(cwd, 'flamegraph.svg'), 'utf8')
      expect(svg, order).toMatch(/parse\.js 60\.0%/)
      expect(svg, order).toMatch(/main\.js 40\.0%/)
    }
  })

  it('draws a trace without calls, and says so', async () => {
    const cwd = tempFolder({ 'a.json': '[{"name":"heap","ph":"C","ts":4,"pid":1,"tid":1,"args":{"used":5}}]' })
    expect(await tracer(['flamegraph', 'a.json'], { cwd })).toMatchObject({ exitCode: 0 })
    expect(readFileSync(join(cwd, 'flamegraph.svg'), 'utf8')).toContain('No calls were recorded.')
  })

  it.each<[string, string[], string]>([
    ['without a file', [], "'tracer flamegraph' needs <files...>."],
    ['of two files', ['before.json', 'after.json'], "'tracer flamegraph' draws one file; two with --diff."],
    ['of a diff of one file', ['--diff', 'before.json'], 'needs two files, the one before and the one after.'],
    [
      'as a picture of another kind',
      ['before.json', '-o', 'a.png'],
      "A flamegraph is a .svg or a .html file, not 'a.png'.",
    ],
    ['of a thread that is none', ['before.json', '--thread', '7'], "There is no thread '7'."],
    ['with a width of nothing', ['before.json', '--width', '0'], "--width takes a number of pixels, not '0'."],
    [
      'of a diff in the order of time',
      ['--diff', 'before.json', 'after.json', '--order', 'by-time'],
      'no common order',
    ],
  ])('%s is wrong usage and writes nothing', async (_, args, message) => {
    const cwd = tempFolder(FILES)
    const { exitCode, stderr } = await tracer(['flamegraph', ...args], { cwd })
    expect(stderr).toContain(message)
    expect(exitCode).toBe(2)
    expect(readdirSync(cwd).sort()).toEqual(['after.json', 'before.json'])
  })
})
