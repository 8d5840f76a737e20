import { recordingEnvironment } from '@tracer/loader'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { outline, record } from './record.js'

const require = createRequire(import.meta.url)

describe('ways in', () => {
  const files = { 'app.mjs': "import './lib.cjs'; export function f() {} f()", 'lib.cjs': 'g(); function g() {}' }
  const expected = '(module) lib.cjs\n  g\n(module) app.mjs\n  f'

  it.each([
    ['--import', pathToFileURL(require.resolve('../register.mjs')).href],
    ['--require', require.resolve('@tracer/loader/register')],
  ])('node %s @tracer/loader/register', async (flag, register) => {
    const recording = await record(files, {
      nodeArgs: [flag, register],
      environment: (session) => ({ ...process.env, TRACER_SESSION: session, TRACER_OPTIONS: '{"exact":true}' }),
    })
    expect(recording).toMatchObject({ end: 0, stderr: '', warnings: [] })
    expect(outline(recording.trace)).toBe(expected)
  })

  it('twice is once', async () => {
    const { trace } = await record(files, { nodeArgs: ['--require', require.resolve('@tracer/loader/register')] })
    expect(outline(trace)).toBe(expected)
  })
})

describe('what is loaded', () => {
  it('functions called in a cycle of ES modules before their module has run', async () => {
    const { trace, end } = await record({
      'app.mjs': "import './b.mjs'; export function early() { return 1 }",
      'b.mjs': "import { early } from './app.mjs'; early()",
    })
    expect(end).toBe(0)
    expect(outline(trace)).toBe('(module) b.mjs\n  early\n(module) app.mjs')
  })

  it('a cycle of CommonJS modules, and require.main', async () => {
    const { trace, stdout } = await record({
      'app.cjs':
        "exports.a = () => 1; require('./b.cjs'); console.log(require.main === module, module.children.length)",
      'b.cjs': "require('./app.cjs').a()",
    })
    expect(stdout).toBe('true 1\n')
    expect(outline(trace)).toBe('(module) app.cjs\n  (module) b.cjs\n    a')
  })

  it('an ES module that is required', async () => {
    const { trace, modules } = await record({
      'app.cjs': "require('./lib.mjs').f()",
      'lib.mjs': 'export function f() { return import.meta.url }',
    })
    expect(outline(trace)).toBe('(module) app.cjs\n  (module) lib.mjs\n  f')
    expect(modules).toMatchObject({ instrumented: 2, functionsInstrumented: 1 })
  })

  it('JSON, dynamic import, and a module that is imported under two names', async () => {
    const { trace, stdout } = await record({
      'app.mjs': `
        import data from './data.json' with { type: 'json' }
        const [one, two] = await Promise.all([import('./lib.mjs?1'), import('./lib.mjs?2')])
        console.log(data.a, one.f(), two.f(), one.f === two.f)`,
      'data.json': '{ "a": 1 }',
      'lib.mjs': 'export const f = () => new URL(import.meta.url).search',
    })
    expect(stdout).toBe('1 ?1 ?2 false\n')
    expect(outline(trace).match(/\bf$/gm)).toHaveLength(2)
  })

  it.each([
    ['calls import', "import('./lib.mjs')"],
    ['evaluates a call', "eval('imp' + 'ort(\"./lib.mjs\")') // import"],
    ['makes a function of one', 'new Function(\'return import("./lib.mjs")\')()'],
  ])('an ES module that CommonJS imports when it %s', async (_, code) => {
    const { trace } = await record({ 'app.cjs': code, 'lib.mjs': 'f(); export function f() {}' })
    expect(outline(trace)).toBe('(module) app.cjs\n(module) lib.mjs\n  f')
  })

  it('a program whose name has no extension, or spaces', async () => {
    const { trace, end } = await record({ 'my app': 'f(); function f() {}' })
    expect(end).toBe(0)
    expect(outline(trace)).toBe('(module) my app\n  f')
  })
})

describe('a module that cannot be instrumented', () => {
  it('runs into its own syntax error, and is reported', async () => {
    const { stdout, modules } = await record({
      'app.mjs': "await import('./bad.mjs').catch((error) => console.log(error.name))",
      'bad.mjs': 'export const = 1',
    })
    expect(stdout).toBe('SyntaxError\n')
    expect(modules.skipped).toEqual([
      {
        file: expect.stringMatching(/bad\.mjs$/) as string,
        reason: 'syntax-error',
        message: expect.any(String) as string,
      },
    ])
  })

  it('runs untouched when the parser would overflow on it', async () => {
    const nested = `${'['.repeat(1200)}${']'.repeat(1200)}`
    const { stdout, modules } = await record({ 'app.cjs': `console.log(${nested}.length); function f() {} f()` })
    expect(stdout).toBe('1\n')
    expect(modules.skipped).toMatchObject([{ reason: 'too-deep' }])
  })
})

describe('hooks of the program', () => {
  const lib = { 'lib.mjs': 'export const f = () => "PLACEHOLDER"' }

  it('that run on a thread of their own are seen through', async () => {
    const hooks = `export async function load(url, context, nextLoad) {
      const loaded = await nextLoad(url, context)
      if (!url.endsWith('lib.mjs')) return loaded
      return { ...loaded, source: String(loaded.source).replace('PLACEHOLDER', 'hooked') + ';export const extra = () => 1' }
    }`
    const { stdout, trace } = await record({
      'app.mjs': `
        import { register } from 'node:module'
        register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
        const { f, extra } = await import('./lib.mjs')
        console.log(f(), extra())`,
      ...lib,
    })
    expect(stdout).toBe('hooked 1\n')
    expect(outline(trace)).toMatch(/\bf\n\s*extra$/)
  })

  it('that patch the loading of CommonJS are seen through', async () => {
    const { stdout, trace } = await record({
      'app.cjs': `
        const Module = require('module')
        const load = Module._extensions['.js']
        Module._extensions['.js'] = (module, filename) => {
          const { _compile } = module
          module._compile = (code, file) => _compile.call(module, code.replace('PLACEHOLDER', 'hooked'), file)
          load(module, filename)
        }
        console.log(require('./lib.js').f())`,
      'lib.js': 'exports.f = () => "PLACEHOLDER"',
    })
    expect(stdout).toBe('hooked\n')
    expect(outline(trace)).toMatch(/\bf$/)
  })
})

describe('hooks of the program for TypeScript', () => {
  it('that compile by a method of the module get the text as it is', async () => {
    const { stdout, trace } = await record({
      'app.cjs': `
        const Module = require('module')
        const next = Module._extensions['.ts'] ?? Module._extensions['.js']
        Module._extensions['.ts'] = (module, filename) => {
          const { _compile } = module
          module._compile = (code, file) =>
            _compile.call(module, code.replace(/export const (\\w+): \\w+/, 'exports.$1'), file)
          next(module, filename)
        }
        console.log(require('./lib.ts').a())`,
      'lib.ts': 'export const a: Function = () => 1',
    })
    expect(stdout).toBe('1\n')
    expect(outline(trace)).toMatch(/\ba$/)
  })
})

describe('what is left out', () => {
  it('trivial functions, unless every call is to be recorded', async () => {
    const app = 'const one = () => 1\nfunction two() { return one() + 1 }\nconsole.log(two())\n'
    const [left, exact] = [
      await record({ 'app.cjs': app }, { options: { exact: false } }),
      await record({ 'app.cjs': app }, { options: { exact: true } }),
    ]
    expect([left.stdout, exact.stdout]).toEqual(['2\n', '2\n'])
    expect(outline(left.trace)).toBe('(module) app.cjs\n  two')
    expect(left.modules).toMatchObject({ functionsInstrumented: 1, functionsSkipped: { trivial: 1 } })
    expect(outline(exact.trace)).toBe('(module) app.cjs\n  two\n    one')
    expect(exact.modules).toMatchObject({ functionsInstrumented: 2, functionsSkipped: {} })
  })

  const files = {
    'app.cjs': "require('./one.cjs').f(); require('./two.cjs').g()",
    'one.cjs': 'exports.f = () => helper(); function helper() {}',
    'two.cjs': 'exports.g = () => {}',
  }

  it('files that are excluded are counted, and what they call is not hidden', async () => {
    const { trace, modules } = await record(files, { options: { exclude: ['app.cjs'] } })
    expect(outline(trace)).toBe('(module) one.cjs\nf\n  helper\n(module) two.cjs\ng')
    expect(modules.filtered).toEqual({ excluded: 1 })
  })

  it('only files that are included are traced', async () => {
    const { trace, modules } = await record(files, { options: { include: ['one.cjs'] } })
    expect(outline(trace)).toBe('(module) one.cjs\nf\n  helper')
    expect(modules.filtered).toEqual({ 'not included': 2 })
  })

  it('calls beyond the depth', async () => {
    const { trace } = await record(files, { options: { maxDepth: 2 } })
    expect(outline(trace)).toBe('(module) app.cjs\n  (module) one.cjs\n  f\n  (module) two.cjs\n  g')
  })

  it('calls shorter than the duration, however long those around them are', async () => {
    const { trace } = await record(
      {
        'app.cjs': `
          function wait() { const end = performance.now() + 30; while (performance.now() < end) short() }
          function short() {}
          wait()`,
      },
      { options: { minDurationNs: 20_000_000 } },
    )
    expect(outline(trace)).toBe('(module) app.cjs\n  wait')
  })
})

describe('text given to --eval', () => {
  const evaluate = (code: string, flag = '-e') =>
    // The program is the text; the file is an argument to it.
    record({ argument: '' }, { nodeArgs: [flag, code, '--'] })

  it('is traced as the script that it is', async () => {
    const { stdout, trace } = await evaluate(
      "function f() { return typeof require } console.log(f(), process.argv.length, '$t_enter' in globalThis); var g = 1",
    )
    expect(stdout).toBe('function 2 false\n')
    expect(outline(trace)).toBe('f')
  })

  it('keeps its value under --print', async () => {
    const { stdout } = await evaluate('[1, 2].map((n) => n * 2)', '-p')
    expect(stdout).toBe('[ 2, 4 ]\n')
  })

  it('may import, without a warning', async () => {
    const { stdout, stderr } = await evaluate("import('node:path').then((path) => console.log(path.basename('/a')))")
    expect({ stdout, stderr }).toEqual({ stdout: 'a\n', stderr: '' })
  })

  it('runs as Node.js would run it when it is no JavaScript', () => {
    const run = (env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, ['-e', 'const a: number = 1; console.log(a)'], { env, encoding: 'utf8' }).stdout
    const session = mkdtempSync(join(tmpdir(), 'tracer-eval-'))
    try {
      expect(run(recordingEnvironment({}, session, process.env))).toBe(run(process.env))
    } finally {
      rmSync(session, { recursive: true })
    }
  })

  it('is left alone and reported when it is an ES module', async () => {
    const { stdout, modules } = await evaluate("import { basename } from 'node:path'; console.log(basename('/a'))")
    expect(stdout).toBe('a\n')
    expect(modules.skipped).toMatchObject([{ file: '[eval]', reason: 'eval-module' }])
  })
})
