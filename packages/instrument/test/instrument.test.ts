import type { SiteId } from '@tracer/core'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, it } from 'vitest'
import { detectFormat, instrument, languageOf, type InstrumentOptions } from '../src/index.js'

const options: InstrumentOptions = {
  file: '/src/app.js',
  format: 'module',
  firstSiteId: 1 as SiteId,
  probeModule: 'file:///probes.mjs',
  probeGlobal: 'PROBES',
  trivialFunctions: 'trace',
}

function instrumented(code: string, more: Partial<InstrumentOptions> = {}) {
  const result = instrument(code, { ...options, ...more })
  if ('skipped' in result) throw new Error(result.message)
  return result
}

describe('what cannot be instrumented', () => {
  it.each([
    ['a syntax error', 'let = = 1', 'syntax-error'],
    ['an empty file', '  \n// only a comment\n', 'empty'],
    ['CommonJS that hides the global object', 'var globalThis, global; f()', 'shadowed-global'],
    ['an expression nested beyond measure', `f(${'['.repeat(20_000)}${']'.repeat(20_000)})`, 'too-deep'],
  ])('%s is skipped with the reason', (_, code, reason) => {
    const result = instrument(code, { ...options, format: 'commonjs' })
    expect(result).toMatchObject({ skipped: reason })
  })

  it('a syntax error says what and where', () => {
    const result = instrument('function f() {\n  return }}', options)
    expect(result).toMatchObject({ skipped: 'syntax-error', message: expect.stringContaining('offset 25') as string })
  })
})

describe('sites', () => {
  it('have name, kind, file, line and column, in the order of their ids', () => {
    const { sites } = instrumented('const a = 1\n\n  export function first() {}\nconst second = () => {}')
    expect(sites).toEqual([
      { kind: 'module', name: '(module) app.js', file: '/src/app.js', line: 1, column: 1 },
      { kind: 'function', name: 'first', file: '/src/app.js', line: 3, column: 10 },
      { kind: 'function', name: 'second', file: '/src/app.js', line: 4, column: 16 },
    ])
  })

  it('of a file URL have a path', () => {
    expect(instrumented('f()', { file: 'file:///src/a%20b.js' }).sites[0].file).toBe('/src/a b.js')
  })

  it.each([
    ['function f() {}', 'f'],
    ['const f = async function* () {}', 'f'],
    ['const f = function own() {}', 'own'],
    ['let f; f = () => 1', 'f'],
    ['const { f = () => 1 } = {}', 'f'],
    ['((f = () => 1) => f)()', '(anonymous) app.js:1:2'],
    ['a.b.c.d = () => 1', 'b.c.d'],
    ['a[0] = () => 1', 'a.0'],
    ['a[x] = () => 1', '(anonymous) app.js:1:8'],
    ['Foo.prototype.bar = function () {}', 'Foo.bar'],
    ['exports.f = () => 1', 'f'],
    ['module.exports = () => 1', 'module.exports'],
    ['module.exports.f = () => 1', 'f'],
    ['const o = { f() {} }', 'o.f'],
    ['const o = { "a b": () => 1 }', 'o.a b'],
    ['call({ f: () => 1 })', 'f'],
    ['const o = { get size() { return 1 } }', 'get size'],
    ['class A { set size(v) {} }', 'set size'],
    ['class A { constructor() {} }', 'new A'],
    ['class A { #b() {} }', 'A.#b'],
    ['class A { static b = () => 1 }', 'A.b'],
    ['class A { [Symbol.iterator]() {} }', 'A.[Symbol.iterator]'],
    ['class A { static {} }', 'A.<static>'],
    ['export default () => 1', 'default'],
    ['call(() => 1)', '(anonymous) app.js:1:6'],
    ['const f = (/* why */ (() => 1))', 'f'],
  ])('%s is called %s', (code, name) => {
    expect(instrumented(code, { format: 'unknown' }).sites[1].name).toBe(name)
  })

  it('are left out for functions behind @notrace, but not for those within', () => {
    const { sites, functionsSkipped } = instrumented(`
      /* @notrace */ function a() { function inner() {} }
      /** @notrace */
      export const b = () => 1
      class C { /* @notrace */ m() {} n() {} }
      const o = { /* @notrace */ p() {}, q() {} }
      // @notrace
      o.r = function () {}
      /* @notracer */ function kept() {}`)
    expect(sites.map(({ name }) => name).slice(1)).toEqual(['inner', 'C.n', 'o.q', 'kept'])
    expect(functionsSkipped).toEqual({ notrace: 5 })
  })

  it.each([
    ['assert(a.every((b) => b))', []],
    ['assert.ok(a.every(function f(b) { return a.some((c) => c) }))', []],
    ['t.assert.ok((() => true)())', []],
    ['ok(a.every((b) => b), "from assert")', []],
    ['assert.strict(new (class { static {} m() {} })())', []],
    ['assert(a.every((b) => {\n  return a.some((c) => c)\n}))', ['(anonymous) app.js:2:17']],
    ['assert(\n  a.every((b) => b))', ['(anonymous) app.js:2:11']],
    ['assert.equal(a.every((b) => b), true)', ['(anonymous) app.js:1:22']],
    ['a.map((b) => assert(b))', ['(anonymous) app.js:1:7']],
    ['make(() => 1).ok(true) // no assert', ['(anonymous) app.js:1:6']],
    ['test.ok(() => 1)', ['(anonymous) app.js:1:9']],
  ])('are left out where the message of a failed assertion shows them: %s', (code, names) => {
    expect(
      instrumented(code)
        .sites.map(({ name }) => name)
        .slice(1),
    ).toEqual(names)
  })
})

describe('trivial functions', () => {
  it('are left alone by default and counted', () => {
    const { trivialFunctions = 'trace', ...defaults } = options
    const code = 'const a = () => 1, b = () => a()\n/* @trace */ const c = () => 2\n/* @notrace */ const d = () => 3'
    const result = instrument(code, defaults)
    expect(result).toMatchObject({ functionsSkipped: { trivial: 1, notrace: 1 } })
    expect('sites' in result && result.sites.map(({ name }) => name)).toEqual(['(module) app.js', 'b', 'c'])
    expect(instrumented(code, { trivialFunctions })).toMatchObject({ functionsSkipped: { notrace: 1 } })
  })

  it('have no more nodes than a glance takes in', () => {
    const sum = (terms: number) => `export const f = (a) => ${Array(terms).fill('a').join('+')}`
    const traced = [9, 10, 11, 500].map((terms) => instrument(sum(terms), { ...options, trivialFunctions: 'skip' }))
    expect(traced.map((result) => 'sites' in result && result.sites.length - 1)).toEqual([0, 0, 1, 1])
  })
})

describe('statements without a semicolon', () => {
  it('that wait when their block is left pause behind all of their expression', () => {
    const { code } = instrumented('async () => { await using a = await b\n}')
    expect(code).toContain('await $t_pause($t_activation,(b)));using $t_pauser0=')
  })
})

describe('source maps', () => {
  const code = 'export const alpha = (beta) => beta + 1\nclass Gamma { delta() { return alpha(2) } }\n'

  it('lead every identifier back to where it stands in the source', () => {
    const { code: output, map } = instrumented(code)
    const trace = new TraceMap(JSON.stringify(map()))
    for (const word of ['alpha', 'beta', 'Gamma', 'delta', 'class']) {
      const line = output.split('\n').findIndex((text) => text.includes(word))
      const column = output.split('\n')[line].indexOf(word)
      const original = originalPositionFor(trace, { line: line + 1, column })
      expect(code.split('\n')[(original.line ?? 0) - 1].slice(original.column ?? 0)).toSatisfy((text: string) =>
        text.startsWith(word),
      )
    }
  })

  const inputMap = {
    version: 3,
    sources: ['../ts/app.ts'],
    names: ['written'],
    // Column 0 of line 1 is line 5, column 2 of the source; column 9 is the renamed identifier.
    mappings: 'AAIE,SAASA',
  }

  it('of the input give sites the names and positions of the source', () => {
    const { sites } = instrumented('function a() {}', { inputMap })
    expect(sites[1]).toEqual({ kind: 'function', name: 'written', file: '/ts/app.ts', line: 5, column: 3 })
  })

  it('of the input are carried through to the output', () => {
    const { code: output, map } = instrumented('function a() {}', { inputMap })
    const trace = new TraceMap(JSON.stringify(map()))
    const original = originalPositionFor(trace, { line: 1, column: output.indexOf('function a') })
    expect(original).toMatchObject({ source: '/ts/app.ts', line: 5 })
  })

  it('that are broken give generated positions', () => {
    for (const broken of ['{', '{"version":3}', { version: 3, sources: [], names: [], mappings: '!!!' }]) {
      expect(instrumented('function a() {}', { inputMap: broken }).sites[1]).toMatchObject({ name: 'a', line: 1 })
    }
  })
})

describe('formats and languages', () => {
  it.each([
    ['module.exports = 1', 'commonjs'],
    ['import x from "x"', 'module'],
    ['export {}', 'module'],
    ['await 1', 'module'],
    ['return 1', 'commonjs'],
    ['import("x")', 'commonjs'],
    ['const import_ = require("x"); with (a) {}', 'commonjs'],
  ])('%s is %s', (code, format) => {
    expect(detectFormat(code, '/src/app.js', 'js')).toBe(format)
  })

  it.each([
    ['a.js', 'js'],
    ['a.mts', 'ts'],
    ['a.cts', 'ts'],
    ['a.tsx', 'tsx'],
    ['file:///a.ts?x=1', 'ts'],
    ['a.unknown', 'js'],
  ])('%s is %s', (file, language) => {
    expect(languageOf(file)).toBe(language)
  })

  it.each([
    ['const a: number = 1', true],
    ['declare enum E { A }', true],
    ['namespace N { type T = 1 }', true],
    ['enum E { A }', false],
    ['namespace N { export const a = 1 }', false],
    ['class A { constructor(private a: number) {} }', false],
    ['@dec class A {}', false],
    ['import a = require("a")', false],
  ])('%s is erasable: %s', (code, isErasable) => {
    expect(instrumented(code, { language: 'ts', format: 'unknown' }).isErasable).toBe(isErasable)
  })

  it.each([
    ['import a from "a"', true],
    ['export const a = 1', true],
    ['const f = () => import("a")', true],
    ['(0, eval)("import(a)")', true],
    ['new Function("return import(a)")', true],
    ['new Script(text, { importModuleDynamically })', true],
    ['exports.__importDefault = (m) => m', false],
    ['// import("a")\nwarn("import(a)"); isFunction(a)', false],
    ['eval("1")', false],
  ])('%s may import: %s', (code, mayImport) => {
    expect(instrumented(code, { format: 'unknown' }).mayImport).toBe(mayImport)
  })

  it('JSX is instrumented and needs compiling', () => {
    const { sites, isErasable } = instrumented('const App = () => <p onClick={() => go()}>hi</p>', { language: 'jsx' })
    expect(sites.map(({ name }) => name)).toEqual(['(module) app.js', 'App', '(anonymous) app.js:1:31'])
    expect(isErasable).toBe(false)
  })
})
