import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { record, type Recording } from './record.js'

const fixtures = fileURLToPath(new URL('./fixtures/source-maps/', import.meta.url))

/** The files of a fixture, the program first. */
function filesOf(name: string): Record<string, string> {
  const names = readdirSync(join(fixtures, name)).sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)))
  return Object.fromEntries(names.map((file) => [file, readFileSync(join(fixtures, name, file), 'utf8')]))
}

function isEntry(file: string): boolean {
  return /^main\.m?js$/.test(file)
}

/** Functions with the last two parts of their file: `greet src/greeting.ts:8:3`. */
function functionsOf({ trace }: Recording): string[] {
  return trace.sites
    .filter(({ kind }) => kind === 'function')
    .map(({ name, file, line, column }) => `${name} ${file.split('/').slice(-2).join('/')}:${line}:${column}`)
}

const METHODS = ['new Greeter src/greeting.ts:6:3', 'Greeter.greet src/greeting.ts:8:3']
const VISIT = 'visitAll src/main.ts:5:1'
/** Where an arrow function stands, as tools tell it: at its parameters, or behind their parenthesis. */
const ARROWS = ['decorate src/greeting.ts:13:18', '(anonymous) main.ts:7:18 src/main.ts:7:18']
const ARROWS_BEHIND = ['decorate src/greeting.ts:13:19', '(anonymous) main.ts:7:19 src/main.ts:7:19']

describe('names and positions are those of the source, by the map of', () => {
  it.each([
    ['tsc', [...METHODS, VISIT, ...ARROWS]],
    ['tsc-inline', [...METHODS, VISIT, ...ARROWS]],
    ['esbuild', [...METHODS, VISIT, ...ARROWS_BEHIND]],
    ['esbuild-inline', [...METHODS, VISIT, ...ARROWS_BEHIND]],
    ['rollup', [...METHODS, VISIT, ...ARROWS]],
    // It puts `visitAll` where it is called, as a function without a name.
    ['webpack', [...METHODS, ...ARROWS_BEHIND]],
    ['webpack-inline', [...METHODS, VISIT, ...ARROWS]],
  ])('%s', async (name, functions) => {
    const recording = await record(filesOf(name))
    expect(recording).toMatchObject({ stdout: 'hello, Ada!\nhello, Bob!\n', end: 0, warnings: [] })
    expect(functionsOf(recording)).toEqual(expect.arrayContaining(functions))
  })

  it('two files that were joined, in sections', async () => {
    const [greeting, main] = ['greeting.js', 'main.js'].map((file) => ({
      code: filesOf('tsc')[file].replace(/\/\/# sourceMapping.*/, ''),
      map: JSON.parse(filesOf('tsc')[`${file}.map`]) as object,
    }))
    const joined = `{${greeting.code}}\n`
    const indexed = {
      version: 3,
      sections: [
        { offset: { line: 0, column: 1 }, map: greeting.map },
        { offset: { line: joined.split('\n').length - 1, column: 0 }, map: main.map },
      ],
    }
    const recording = await record({
      'main.js': `${joined}${main.code.replace('require("./greeting.js")', 'exports')}//# sourceMappingURL=all.map`,
      'all.map': JSON.stringify(indexed),
    })
    expect(recording).toMatchObject({ stdout: 'hello, Ada!\nhello, Bob!\n', stderr: '', warnings: [] })
    expect(functionsOf(recording)).toEqual(expect.arrayContaining([...METHODS, VISIT, ...ARROWS]))
  })

  it('nothing, for what webpack wraps in eval', async () => {
    const recording = await record(filesOf('webpack-eval'))
    expect(recording).toMatchObject({ stdout: 'hello, Ada!\nhello, Bob!\n', end: 0, warnings: [] })
    expect(functionsOf(recording).join()).not.toContain('Greeter')
  })
})

describe('a map that cannot be relied on gives generated positions and one line', () => {
  const map = { version: 3, sources: ['a.ts'], sourcesContent: ['let a\n'], names: [], mappings: 'AAAA' }

  it.each([
    ['missing', {}, 'ENOENT'],
    ['no JSON', { 'a.map': '{' }, 'cannot be read'],
    ['the program itself', { 'a.map': 'f()\n//# sourceMappingURL=a.map' }, 'cannot be read'],
    ['empty', { 'a.map': '' }, 'empty'],
    ['of a longer source', { 'a.map': JSON.stringify({ ...map, mappings: 'AAAA,CA+HA' }) }, 'line 128 of a.ts'],
    ['before its source', { 'a.map': JSON.stringify({ ...map, mappings: 'AADA' }) }, 'line 0 of a.ts'],
    ['of sources it does not name', { 'a.map': JSON.stringify({ ...map, mappings: 'ACAA' }) }, 'no source'],
    ['with sections that have no place', { 'a.map': '{"version":3,"sections":[{"map":{}}]}' }, 'cannot be read'],
    ['too large', { 'a.map': ' '.repeat(65 * 1024 * 1024) }, 'bytes, more than'],
  ])('%s', async (_, files, reason) => {
    const recording = await record({
      'app.cjs': 'f(); function f() { console.log(1) }\n//# sourceMappingURL=a.map',
      'b.cjs': '',
      ...files,
    })
    expect(recording).toMatchObject({ stdout: '1\n', stderr: '', end: 0 })
    expect(functionsOf(recording)).toEqual([expect.stringMatching(/^f .*\/app\.cjs:1:6$/)])
    expect(recording.warnings).toEqual([expect.stringContaining(reason)])
  })

  it('also where coverage asks for maps', async () => {
    const recording = await record(
      { 'app.cjs': 'f(); function f() { console.log(1) }\n//# sourceMappingURL=data:application/json,{' },
      {
        environment: (session) => ({
          ...process.env,
          NODE_OPTIONS: `--require ${fileURLToPath(new URL('../dist/register.cjs', import.meta.url))}`,
          NODE_V8_COVERAGE: join(session, '..', 'coverage'),
          TRACER_SESSION: session,
        }),
      },
    )
    expect(recording).toMatchObject({ stdout: '1\n', stderr: '', end: 0 })
  })
})

it('many of them are one line', async () => {
  const { warnings } = await record({
    'app.cjs': "require('./b.cjs')\n//# sourceMappingURL=a.map",
    'b.cjs': 'exports.b = 1\n//# sourceMappingURL=b.map',
  })
  expect(warnings).toEqual([expect.stringMatching(/^2 source maps were not used.*app\.cjs/)])
})
