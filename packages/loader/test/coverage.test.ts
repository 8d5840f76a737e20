import { recordingEnvironment, type RecordOptions } from '@tracer/loader'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-coverage-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Written {
  readonly result: readonly { readonly url: string; readonly functions: unknown }[]
  readonly 'source-map-cache'?: unknown
}

/** What a run of `app` printed, and what each of its coverage files says of the program's own scripts. */
function run(app: string, environment: NodeJS.ProcessEnv): unknown {
  const coverage = join(folder, 'coverage')
  const env = { ...environment, NODE_V8_COVERAGE: coverage }
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, app)], { env, encoding: 'utf8' })
  const files = existsSync(coverage) ? readdirSync(coverage) : []
  const written = files.map((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')) as Written)
  rmSync(coverage, { recursive: true, force: true })
  const ofProgram = written.map(({ result, 'source-map-cache': maps }) => ({
    scripts: result
      .filter(({ url }) => url.startsWith('file:'))
      .map(({ url, functions }) => ({ url, functions }))
      .sort((a, b) => a.url.localeCompare(b.url)),
    maps,
  }))
  return { stdout, stderr, status, coverage: ofProgram.map((one) => JSON.stringify(one)).sort() }
}

function expectSame(files: Readonly<Record<string, string>>, options: RecordOptions = {}): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const [app = ''] = Object.keys(files)
  const { NODE_V8_COVERAGE: _, ...environment } = process.env
  const bare = run(app, environment)
  expect(run(app, recordingEnvironment({ exact: true, ...options }, join(folder, 'session'), environment))).toEqual(
    bare,
  )
}

const BRANCHES = `
function plain() { return 1 }
function branch(x) { if (x) { return 1 } return 2 }
const arrow = (x) => x ? 1 : 2, never = () => { plain() }
function thrower(x) { try { if (x) throw new Error('a'); return 2 } catch (e) { return 3 } finally { plain() } }
async function later(x) { await x; if (x) { await 1 } else { await 2 } return 1 }
function* few() { yield 1 /* ; */ ; yield 2 }
function loop(x) {
  switch (x) { case 1: return 1; case 2: break; default: plain() }
  for (let i = 0; i < 2; i++) { if (i) continue; plain() }
}
class A { #p = 1; constructor() { this.x = 1 } get g() { return this.x ?? 3 } static { plain() } }
plain(); branch(1); arrow(1); thrower(1); later(1); few().next(); loop(2); new A().g
`

it.each([
  ['of CommonJS', { 'app.cjs': BRANCHES }],
  ['of ES modules', { 'app.mjs': `import './b.mjs?1'\nimport './b.mjs?2'\n${BRANCHES}`, 'b.mjs': BRANCHES }],
  ['of a program that calls process.exit', { 'app.cjs': `${BRANCHES}; process.exit(3)` }],
  ['of a program that crashes', { 'app.mjs': `${BRANCHES}; null.x` }],
  [
    'of what runs after the exit event',
    {
      'app.cjs': `const { emit } = process
        process.emit = function (...args) { const result = emit.apply(this, args); last(); return result }
        process.on('exit', async () => { await 1; await 2; console.log('after') })
        function last() {}; ${BRANCHES}`,
    },
  ],
  [
    'of a program that emits exit itself',
    { 'app.cjs': `process.emit('exit', 0); setTimeout(() => console.log('alive'), 10); ${BRANCHES}` },
  ],
  [
    'of a program that takes it itself',
    {
      'app.cjs': `const { takeCoverage } = require('v8'), { readdirSync, readFileSync } = require('fs')
        const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
        ${BRANCHES}
        takeCoverage()
        console.log('source-map-cache' in {}, takeCoverage.name, takeCoverage.length)
        wait(20); branch(0)`,
    },
  ],
  [
    'of workers',
    {
      'app.cjs': `const { Worker, isMainThread } = require('worker_threads')
        if (isMainThread) new Worker(__filename)\n${BRANCHES}`,
    },
  ],
  [
    'of a child that a signal ends, which is none',
    {
      'app.cjs': `const child = process.argv[2] ? null : require('child_process').fork(__filename, ['child'])
        child?.on('message', () => child.kill()).on('exit', (...end) => console.log(end))
        if (child === null) { process.send('ready'); setInterval(() => {}, 1000) }`,
    },
  ],
  [
    'of a text with a source map',
    {
      'app.cjs': `${BRANCHES}\n//# sourceMappingURL=data:application/json,{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}`,
    },
  ],
])('coverage %s is that of the program without recording', (_, files) => {
  expectSame(files)
})

it('coverage is that of the program without recording when callbacks of promises are followed', () => {
  const callbacks = `
    Promise.resolve(1).then(function one(a) { return a ? 1 : 2 }, (e) => { throw e }).finally(async () => { await null; plain() })
    Promise.reject(0).catch((a) => Promise.resolve(a).then((b) => b || plain()))
  `
  expectSame({ 'app.cjs': BRANCHES + callbacks }, { async: true })
})

it.each(['--test', '--no-warnings'])('the coverage that the test runner prints is the same, with %s', (option) => {
  writeFileSync(join(folder, 'lib.cjs'), BRANCHES)
  writeFileSync(join(folder, 'a.test.cjs'), "require('./lib.cjs'); require('node:test')('passes', () => {})")
  const table = (env: NodeJS.ProcessEnv): readonly string[] => {
    const args = [option, '--experimental-test-coverage', '--test-reporter=tap', join(folder, 'a.test.cjs')]
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
    return stdout.split('\n').filter((line) => line.includes('|'))
  }
  const { NODE_V8_COVERAGE: _, NODE_TEST_CONTEXT: __, ...environment } = process.env
  const bare = table(environment)
  expect(bare.join()).toContain('lib.cjs')
  expect(table(recordingEnvironment({ exact: true }, join(folder, 'session'), environment))).toEqual(bare)
})

it('a terminated worker leaves maps that lead back to its text', () => {
  const code = 'require("worker_threads").parentPort.postMessage(1); setInterval(() => {}, 1000)\n'
  writeFileSync(join(folder, 'worker.cjs'), code)
  writeFileSync(
    join(folder, 'app.cjs'),
    "const w = new (require('worker_threads').Worker)('./worker.cjs'); w.on('message', () => w.terminate())",
  )
  const coverage = join(folder, 'coverage')
  const environment = { ...process.env, NODE_V8_COVERAGE: coverage }
  const env = recordingEnvironment({ exact: true }, join(folder, 'session'), environment)
  spawnSync(process.execPath, ['app.cjs'], { cwd: folder, env })
  const maps = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), 'utf8'))
  expect(maps.some((text) => text.includes(JSON.stringify({ sourcesContent: [code] }).slice(1, -1)))).toBe(true)
})
