import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

const EVENTS = `[
{"name":"main","ph":"X","ts":1,"dur":9,"pid":1,"tid":1},
{"name":"work","ph":"X","ts":2,"dur":3,"pid":1,"tid":1},
{"name":"heap","ph":"C","ts":4,"pid":1,"tid":1,"args":{"used":5}}
`

describe('tracer convert', () => {
  it('reads a file by its content, whatever its name', async () => {
    const cwd = tempFolder({ 'trace.png': EVENTS })
    const { exitCode, stderr } = await tracer(['convert', 'trace.png', '-o', 'out/new.json'], { cwd })
    expect(stderr).toMatch(
      /^ {2}Read {5}trace\.png \(Trace Event JSON, \d+ bytes\)\n {2}Written {2}out\/new\.json \(json, .*\)$/m,
    )
    expect(exitCode).toBe(0)
    expect(readFileSync(join(cwd, 'out/new.json'), 'utf8')).toContain('"name":"work"')
  })

  it('writes a page and reads the trace back out of it', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    await tracer(['convert', 'a.json', '-o', 'direct.pftrace'], { cwd })
    expect((await tracer(['convert', 'a.json', '-o', 'page.html'], { cwd })).stderr).toContain('page.html (html, ')
    const { stderr } = await tracer(['convert', 'page.html', '-o', 'back.pftrace'], { cwd })
    expect(stderr).toContain('page.html (HTML page, ')
    expect(readFileSync(join(cwd, 'back.pftrace')).equals(readFileSync(join(cwd, 'direct.pftrace')))).toBe(true)
    // The viewer's page, whose data is inside.
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('<meta name="tracer-data" content="embedded">')
  })

  it('says what was wrong with the input', async () => {
    const cwd = tempFolder({ 'cut.json': EVENTS.slice(0, 130) })
    const { exitCode, stderr } = await tracer(['convert', 'cut.json', '-o', 'new.json', '--quiet'], { cwd })
    expect(stderr).toMatch(/^tracer: .*(cut|end)/)
    expect(exitCode).toBe(0)
  })

  it('prints nothing when asked to, and leaves nothing else behind', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    expect(await tracer(['convert', 'a.json', '-o', 'b.json', '--quiet'], { cwd })).toMatchObject({
      stderr: '',
      stdout: '',
    })
    expect(readdirSync(cwd).sort()).toEqual(['a.json', 'b.json'])
  })

  it('replaces a file by itself', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    expect((await tracer(['convert', 'a.json', '-o', 'a.json'], { cwd })).exitCode).toBe(0)
    expect(readFileSync(join(cwd, 'a.json'), 'utf8')).toContain('"name":"work"')
  })

  it.each([
    ['.pftrace', 'Perfetto trace'],
    ['.PFTRACE', 'Perfetto trace'],
    ['.pftrace.gz', 'Perfetto trace, gzip'],
    ['.json', 'Trace Event JSON'],
    ['.json.gz', 'Trace Event JSON, gzip'],
    ['.speedscope.json', 'speedscope profile'],
    ['.cpuprofile', 'V8 CPU profile'],
    ['.html', 'HTML page'],
    ['.folded', 'collapsed stacks'],
    ['.folded.gz', 'collapsed stacks, gzip'],
  ])('writes %s, which is read back as what it is', async (ending, format) => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    expect(await tracer(['convert', 'a.json', '-o', `b${ending}`], { cwd })).toMatchObject({ exitCode: 0 })
    const { stdout } = await tracer(['info', `b${ending}`, '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ format, slices: 2, functions: 2 })
  })

  it.each(['.pb.gz', '.firefox.json'])('writes %s, for other programs', async (ending) => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    const { exitCode, stderr } = await tracer(['convert', 'a.json', '-o', `b${ending}`], { cwd })
    expect(stderr).toContain('Left out')
    expect(exitCode).toBe(0)
  })

  it('says what the format cannot hold', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    const { stderr } = await tracer(['convert', 'a.json', '-o', 'b.cpuprofile'], { cwd })
    expect(stderr).toContain('Left out  1 counter')
  })

  it('writes zstd where Node.js has it, and else says so before it reads anything', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS + ']' })
    const { exitCode, stderr } = await tracer(['convert', 'a.json', '-o', 'b.json.zst'], { cwd })
    const hasZstd = 'zstd' in process.versions
    expect(exitCode).toBe(hasZstd ? 0 : 2)
    expect(stderr).toContain(hasZstd ? 'b.json.zst (json+zstd' : `Node.js ${process.version} has no zstd.`)
  })

  it.each<[string, string[], string]>([
    ['without an output', ['a.json'], "'tracer convert' needs an output."],
    ['without an input', ['-o', 'b.json'], "'tracer convert' needs <file>."],
    ['of a file that is not there', ['b.json', '-o', 'c.json'], "There is no file 'b.json'. Did you mean a.json?"],
    [
      'to a format that nobody knows',
      ['a.json', '-o', 'b.jsno'],
      "No format is known for 'b.jsno'. Did you mean .json?",
    ],
    ['of what is no trace', ['a.txt', '-o', 'b.json'], "'a.txt' is not a trace."],
    [
      'with a flavour that is none',
      ['a.json', '-o', 'b.json', '--json-flavor', 'x'],
      '--json-flavor takes one of perfetto,',
    ],
  ])('%s is wrong usage and writes nothing', async (_, args, message) => {
    const cwd = tempFolder({ 'a.json': EVENTS, 'a.txt': 'Dear diary,' })
    const { exitCode, stderr } = await tracer(['convert', ...args], { cwd })
    expect(stderr).toContain(message)
    expect(exitCode).toBe(2)
    expect(readdirSync(cwd).sort()).toEqual(['a.json', 'a.txt'])
  })
})

describe('tracer info', () => {
  it('says what a file is and holds', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS })
    const { stdout, exitCode } = await tracer(['info', 'a.json'], { cwd })
    expect(stdout).toMatch(/^a\.json\n {2}Format {6}Trace Event JSON, \d+ bytes$/m)
    expect(stdout).toContain('  Span        9.00 µs\n')
    expect(stdout).toContain('  Slices      2 of 2 functions\n')
    expect(stdout).toContain('  Counters    1 on 1 track\n')
    expect(exitCode).toBe(0)
  })

  it('says it to programs as one line of JSON', async () => {
    const cwd = tempFolder({ 'a.json': EVENTS })
    const { stdout } = await tracer(['info', 'a.json', '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ file: 'a.json', slices: 2, samples: 1, spanNs: 9000, flows: 0 })
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  })
})
