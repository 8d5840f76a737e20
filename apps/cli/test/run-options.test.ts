import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callsIn, FIB, record } from './recorded.js'
import { tempFolder } from './temp-folder.js'
import { tracer } from './tracer-process.js'

describe('commands', () => {
  it('a script of npm is recorded through the environment', async () => {
    const files = { 'package.json': '{"scripts":{"test":"node app.js"}}', 'app.js': `${FIB}fib(10)` }
    const run = await record(files, ['npm', 'test'])
    expect(run).toMatchObject({ exitCode: 0, calls: { fib: 177 } })
  })

  it('a command of node_modules counts as the user’s own, its dependencies do not', async () => {
    const files = {
      'node_modules/lint/lint.js': `#!/usr/bin/env node\n${FIB}fib(10)\nrequire('dep')()`,
      'node_modules/.bin/lint': '-> ../lint/lint.js',
      'node_modules/dep/index.js': 'module.exports = function dep() { [1].map((x) => x) }',
    }
    const run = await record(files, ['lint'])
    expect(run).toMatchObject({ exitCode: 0, calls: { fib: 177 } })
    expect(run.calls['dep']).toBe(undefined)
    expect((await record(files, ['--packages', 'dep', 'lint'])).calls).toMatchObject({ fib: 177, dep: 1 })
  })
})

describe('options', () => {
  it('choose files', async () => {
    const files = {
      'app.js': "require('./lib/a.js').a()\nrequire('./lib/b.js').b()",
      'lib/a.js': 'exports.a = function a() { return Date.now() }',
      'lib/b.js': 'exports.b = function b() { return Date.now() }',
    }
    expect((await record(files, ['--include', 'lib/**', 'app.js'])).calls).toMatchObject({ a: 1, b: 1 })
    expect((await record(files, ['--exclude', 'lib/b.js', 'app.js'])).calls['b']).toBe(undefined)
    expect((await record(files, ['--include', 'lib', '--exclude', 'lib/a.js', 'app.js'])).calls['a']).toBe(undefined)
  })

  const files = { 'app.js': `${FIB}fib(10)` }

  it('choose calls', async () => {
    const shallow = await record(files, ['--max-depth', '3', 'app.js'])
    const shown = shallow.calls['fib']
    expect(shown).toBeLessThan(10)
    expect(shallow.summary).toMatchObject({
      leftOut: { minDuration: 0, maxDepth: 177 - shown },
      unrecordedCalls: 177 - shown,
    })
    const long = await record(files, ['--min-duration', '10s', 'app.js'])
    expect(long.calls['fib']).toBe(undefined)
    expect(long.summary).toMatchObject({ leftOut: { maxDepth: 0 } })
    const text = await tracer(['--min-duration', '10s', 'app.js'], { cwd: tempFolder(files) })
    expect(text.stderr).toMatch(/Left out +17[78] calls shorter than --min-duration; they are counted/)
  })

  it('leave the start to the program', async () => {
    const control = JSON.stringify(createRequire(import.meta.url).resolve('@tracer/loader/control'))
    const paused = ['--paused', 'app.js']
    const started = await record({ 'app.js': `${FIB}fib(10); require(${control}).start(); fib(10)` }, paused)
    expect(started.calls).toEqual({ fib: 177 })
    const { calls, summary } = await record(files, paused)
    expect([calls, summary]).toMatchObject([{}, { events: 0, unrecordedCalls: 0 }])
    expect(summary['stoppedMs']).toBeGreaterThan(0)
  })
})

describe('what is printed', () => {
  const files = { 'app.js': `${FIB}fib(10)` }

  it('is nothing with --quiet', async () => {
    const cwd = tempFolder(files)
    expect(await tracer(['--quiet', 'app.js'], { cwd })).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
    expect(readdirSync(cwd)).toContain('trace.pftrace')
  })

  it('is a summary that fits 80 columns', async () => {
    const { stderr } = await tracer(['-o', 'out/a trace.json', 'app.js'], { cwd: tempFolder(files) })
    expect(stderr).toMatch(/^\nRecorded 17[78] events in .*, 1 thread, 1 process\n/)
    expect(stderr).toMatch(/Instrumented {2}1 function in 1 module\n/)
    expect(stderr).toMatch(/ 177 {2}fib +app\.js:1:1\n/)
    expect(stderr).toContain("tracer report 'out/a trace.json'")
    for (const line of stderr.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('says why a trace has no function', async () => {
    const cwd = tempFolder({
      ...files,
      'node_modules/dep/index.js': 'exports.f = () => {}',
      'use.js': "require('dep').f()",
    })
    const stderr = async (...args: string[]): Promise<string> =>
      (await tracer(args, { cwd })).stderr.replace(/\s+/g, ' ')
    expect(await stderr('--exclude', '*.js', 'app.js')).toContain("1 module left out by --exclude '*.js'")
    expect(await stderr('use.js')).toContain('1 module in node_modules left alone: --packages all')
    expect(await stderr('--min-duration', '10s', 'app.js')).toContain('no call was recorded under --min-duration 10.0s')
    expect(await stderr('true')).toContain('no Node.js program ran')
  })

  it('is a report of what was saved', async () => {
    const cwd = tempFolder(files)
    await tracer(['--quiet', 'app.js'], { cwd })
    const { exitCode, stdout, stderr } = await tracer(['report', 'trace.pftrace'], { cwd })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/ 177 .* fib +app\.js:1:1\n/)
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

describe('a save that fails', () => {
  const full = { 'full.json': '-> /dev/full' }

  it('keeps the recording, says how to get it, and shows in the exit code', async () => {
    const cwd = tempFolder({ ...full, 'app.js': `${FIB}fib(10)` })
    mkdirSync(join(cwd, 'tmp'))
    const run = await tracer(['-o', 'full.json', 'app.js'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain("The trace could not be saved to 'full.json': the disk is full (ENOSPC).")
    const command = /tracer recover (\S+) -o <file>/.exec(run.stderr)?.[1] ?? expect.fail(run.stderr)

    const again = await tracer(['recover', command, '-o', 'trace.json', '--quiet'], { cwd })
    expect(again).toMatchObject({ exitCode: 0, stderr: '' })
    expect(callsIn(join(cwd, 'trace.json'))).toMatchObject({ fib: 177 })
    expect(readdirSync(join(cwd, 'tmp'))).toEqual([])
  })

  it('does not hide the exit code of a program that failed', async () => {
    const cwd = tempFolder({ ...full, 'app.js': 'process.exit(3)' })
    expect(await tracer(['-o', 'full.json', 'app.js'], { cwd, env: { TMPDIR: cwd } })).toMatchObject({ exitCode: 3 })
  })

  it('leaves nothing behind when the program could not be started', async () => {
    const cwd = tempFolder({ 'app.sh': '#!/no/such/interpreter\n' })
    const run = await tracer(['./app.sh'], { cwd, env: { TMPDIR: cwd } })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('could not be started')
    expect(readdirSync(cwd)).toEqual(['app.sh'])
  })
})

describe('the folder of the recording', () => {
  it('is removed after the run', async () => {
    const cwd = tempFolder({ 'app.js': `${FIB}fib(10)` })
    mkdirSync(join(cwd, 'tmp'))
    await tracer(['--quiet', 'app.js'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } })
    expect(readdirSync(join(cwd, 'tmp'))).toEqual([])
  })

  it('is found missing before the program runs', async () => {
    const cwd = tempFolder({ 'app.js': "require('fs').writeFileSync('was-run', '')" })
    const run = await tracer(['app.js'], { cwd, env: { TMPDIR: join(cwd, 'nowhere') } })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('There is no room to record')
    expect(readdirSync(cwd)).toEqual(['app.js'])
  })

  it('that the program itself removed is a save that failed', async () => {
    const cwd = tempFolder({ 'app.js': "require('fs').rmSync('tmp', { recursive: true })" })
    mkdirSync(join(cwd, 'tmp'))
    const run = await tracer(['app.js'], { cwd, env: { TMPDIR: join(cwd, 'tmp') } })
    expect(run.exitCode).toBe(1)
    rmSync(join(cwd, 'tmp'), { recursive: true, force: true })
  })
})
