import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bareAndRecorded } from './compare.js'
import { outline, record } from './record.js'

type Files = Readonly<Record<string, string | Buffer>>

function expectSame(files: Files, nodeArgs: readonly string[] = []): void {
  const { bare, recorded } = bareAndRecorded(files, nodeArgs)
  expect(recorded).toEqual(bare)
}

const SHOW = 'function f(...a) { console.log(JSON.stringify(a)) }'

describe('bytes and line breaks: the program is the same with', () => {
  const stack = 'console.log(new Error("e").stack.split("\\n")[1].replace(/.*app/, ""))'

  it.each<readonly [string, Files]>([
    [
      'UTF-8 that is cut off',
      { 'app.cjs': Buffer.concat([Buffer.from(`${SHOW} f("ä`), Buffer.from([0xe2, 0x82]), Buffer.from('")')]) },
    ],
    [
      'UTF-8 that is cut off in a module',
      { 'app.mjs': Buffer.concat([Buffer.from(`${SHOW} f("ä`), Buffer.from([0xe2, 0x82]), Buffer.from('")')]) },
    ],
    [
      'UTF-8 that ends in the middle',
      { 'app.cjs': Buffer.concat([Buffer.from(`${SHOW} f(1) // `), Buffer.from([0xf0, 0x9f])]) },
    ],
    ['a byte-order mark', { 'app.cjs': `\uFEFF${SHOW} f(1); ${stack}` }],
    ['a byte-order mark in a module', { 'app.mjs': `\uFEFF${SHOW} f(1); ${stack}` }],
    ['CRLF', { 'app.cjs': `${SHOW}\r\nf(\`a\r\nb\`)\r\n${stack}` }],
    ['lone CR', { 'app.cjs': `// c\r${SHOW}\rf(\`a\rb\`)\r${stack}` }],
    ['line separators between lines', { 'app.mjs': `// c\u2028${SHOW}\u2029f(1)\u2028${stack}` }],
    ['line separators in strings', { 'app.cjs': `${SHOW}; f("a\u2028b\u2029c"); ${stack}` }],
    ['a hashbang that ends in CRLF', { 'app.cjs': `#!/usr/bin/env node\r\n${SHOW}; f(1); ${stack}` }],
    ['a hashbang that ends in a line separator', { 'app.mjs': `#!/usr/bin/env node\u2028${SHOW}; f(1); ${stack}` }],
    ['nothing but a hashbang', { 'app.cjs': '#!/usr/bin/env node' }],
    ['a NUL character', { 'app.cjs': `${SHOW} f("\0")` }],
    ['a NUL character outside of strings', { 'app.cjs': `f() \0` }],
  ])('%s', (_, files) => expectSame(files))
})

describe('size: the program is the same with', () => {
  const repeated = (count: number, piece: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => piece(i)).join('')

  it.each<readonly [string, string]>([
    [
      '10 MB on one line',
      `let n=0;${repeated(200_000, (i) => `function f${i}(a){return a?n+=${i % 9}:n--}`)}f1(1);console.log(f199999(1),n)`,
    ],
    ['50,000 functions', `${repeated(50_000, (i) => `const f${i} = (a) => a + 1\n`)}console.log(f0(f49999(1)))`],
    ['10,000 operands', `const one = () => 1\nconsole.log(one()${' + one()'.repeat(9_999)})`],
    ['20,000 conditionals, which V8 rejects', `console.log(${'0 ? 1 : '.repeat(20_000)}2)`],
    [
      '1,500 of if ... else if',
      `const a = 7\n${repeated(1500, (i) => `if (a === -${i + 1}) console.log(a)\nelse `)}console.log("none")`,
    ],
    ['900 brackets', `console.log(${'['.repeat(900)}${']'.repeat(900)}.length)`],
  ])('%s', (_, code) => expectSame({ 'app.cjs': code }))
})

describe('recursion', () => {
  it('10,000 deep fits, and each call is recorded', async () => {
    const { stdout, trace } = await record(
      { 'app.cjs': 'console.log(f(9999)); function f(n) { return n === 0 ? 0 : 1 + f(n - 1) }' },
      { nodeArgs: ['--stack-size=1968'] },
    )
    expect(stdout).toBe('9999\n')
    expect(outline(trace).match(/\bf$/gm)).toHaveLength(10_000)
  })

  it('without end is a RangeError that can be caught, any number of times', () => {
    expectSame({
      'app.cjs': `
        function f() { return f() + 1 }
        for (let i = 0; i < 3; i++) try { f() } catch (error) { console.log(error instanceof RangeError, error.message) }`,
    })
  })

  it.each([
    [
      'with parameters and locals',
      'function f(a, b, c) { const d = a + 1, e = b + d, g = c + e; depth++; return f(d, e, g) + d + e + g }',
      0.75,
    ],
    ['that is empty', 'function f() { depth++; f() }', 0.6],
  ])('of a function %s reaches most of its bare depth', (_, f, share) => {
    const { bare, recorded } = bareAndRecorded({
      'app.cjs': `let depth = 0; ${f} try { f(1, 2, 3) } catch { console.log(depth) }`,
    })
    expect(Number(recorded.stdout) / Number(bare.stdout)).toBeGreaterThan(share)
  })
})

describe('a file', () => {
  it('that is edited while it runs keeps the positions of what ran, and is loaded anew after it left the cache', async () => {
    const files = {
      'app.cjs': `
        const fs = require('fs'), lib = require.resolve('./lib.cjs')
        const old = require(lib)
        fs.writeFileSync(lib, '\\n\\n\\nexports.where = () => "new"; exports.text = 1')
        console.log(old.where(), String(old.where), require(lib) === old)
        delete require.cache[lib]
        console.log(require(lib).where(), String(require(lib).where))`,
      'lib.cjs': 'exports.where = () => new Error().stack.split("\\n")[1].replace(/.*lib/, "lib")',
    }
    expectSame(files)
    const { trace } = await record(files)
    const lines = trace.sites.filter(({ file, kind }) => file.endsWith('lib.cjs') && kind === 'function')
    expect(lines.map(({ line, column }) => `${line}:${column}`)).toEqual(['1:17', '4:17'])
  })

  it('that is deleted after it was loaded goes on', () => {
    expectSame({
      'app.mjs': `
        import { f } from './lib.mjs'; import fs from 'node:fs'
        fs.rmSync(new URL('./lib.mjs', import.meta.url)); fs.rmSync(new URL(import.meta.url))
        f()`,
      'lib.mjs':
        "export function f() { console.log(new Error('e').stack.split('\\n')[1].replace(/.*lib/, '')); throw new Error('end') }",
    })
  })
})

describe('the cache', () => {
  const files = { 'app.cjs': `${SHOW}; f(1)` }

  function withEnvironment(changes: NodeJS.ProcessEnv, run: () => void): void {
    const before = { ...process.env }
    Object.assign(process.env, changes)
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
    }
    try {
      run()
    } finally {
      for (const name of Object.keys(changes)) Reflect.deleteProperty(process.env, name)
      Object.assign(process.env, before)
    }
  }

  it('may lie in a folder that cannot be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracer-read-only-'))
    chmodSync(folder, 0o500)
    try {
      withEnvironment({ TRACER_CACHE: folder }, () => expectSame(files))
      // Root may write anywhere.
      if (process.getuid?.() !== 0) expect(readdirSync(folder)).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['a folder under a file', '/etc/passwd/cache'],
    ['a folder of no disk', '/proc/tracer-cache'],
    ['a full disk', '/dev/full'],
  ])('may be %s', (_, folder) => {
    withEnvironment({ TRACER_CACHE: folder }, () => expectSame(files))
  })

  it('needs no HOME', () => {
    withEnvironment({ HOME: undefined, XDG_CACHE_HOME: undefined }, () => expectSame(files))
  })

  it('needs no HOME that is there', () => {
    withEnvironment({ HOME: '/proc/nobody', XDG_CACHE_HOME: undefined }, () => expectSame(files))
  })
})

describe('a text with probes that V8 rejects', () => {
  it('gives way to the text as it was, and is reported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracer-poisoned-'))
    process.env['TRACER_CACHE'] = folder
    try {
      const files = {
        'app.cjs': "require('./lib.cjs').f()",
        'lib.cjs': 'exports.f = () => console.log(new Error().stack.split("\\n")[1].slice(-9))',
      }
      // The same folder name makes the same keys: they contain the file's.
      const project = mkdtempSync(join(tmpdir(), 'tracer-project-'))
      const settings = { folder: project }
      await record(files, settings)
      for (const name of readdirSync(folder)) poison(join(folder, name))
      const { stdout, stderr, modules, trace } = await record(files, settings)
      expect({ stdout, stderr }).toEqual({ stdout: 'cjs:1:31)\n', stderr: '' })
      expect(modules.skipped).toEqual([
        expect.objectContaining({
          reason: 'rejected',
          message: expect.stringMatching(/^V8 rejects the text with probes: /) as string,
        }),
        expect.objectContaining({ reason: 'rejected' }),
      ])
      expect(outline(trace)).toBe('')
    } finally {
      delete process.env['TRACER_CACHE']
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['a script', { 'app.cjs': '@decorated class A {}' }],
    ['a module', { 'app.mjs': 'export const a = 1\n@decorated class A {}' }],
    ['a module that exports what it does not have', { 'app.mjs': 'export { a }\n' }],
    ['a module in a cycle', { 'app.mjs': "import './b.mjs'", 'b.mjs': "import './app.mjs'\nlet a\nlet a" }],
    [
      'a required file',
      { 'app.cjs': "try { require('./b.cjs') } catch (error) { console.log(error.message) }", 'b.cjs': 'let a\nlet a' },
    ],
  ])('is as little seen as the text as it was when V8 rejects both: %s', (_, files) => expectSame(files))
})

/** Makes a cached text one that V8 rejects, with a checksum as if it had been written so. */
function poison(path: string): void {
  const bytes = readFileSync(path)
  // The lengths of the parts, of which the text is the fourth and the input, outside the checksum, the last.
  const lengths = Array.from({ length: 6 }, (_, i) => bytes.readUInt32LE(4 + 8 * i))
  const start = 52 + lengths[0] + lengths[1] + lengths[2]
  const text = bytes.toString('latin1', start, start + lengths[3])
  bytes.write(text.replace('=>', '=]').replace('require(', 'require['), start, 'latin1')
  bytes.writeUInt32LE(crc32(bytes.subarray(4, bytes.byteLength - lengths[5])), 0)
  writeFileSync(path, bytes)
}
