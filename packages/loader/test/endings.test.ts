import { recordingEnvironment } from '@tracer/loader'
import { readSession } from '@tracer/spool'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outline, record } from './record.js'

const BYTES_PER_RECORD = 20

const endless = "setInterval(tick, 5); function tick() {} console.log('ready')"

describe('nothing is lost', () => {
  it('when the program comes to its end, exit listeners included', async () => {
    const { trace, end } = await record({
      'app.cjs': "process.on('exit', last); function last() { late() } function late() {} first(); function first() {}",
    })
    expect(end).toBe(0)
    expect(outline(trace)).toBe('(module) app.cjs\n  first\nlast\n  late')
    expect(trace.threads[0]).toMatchObject({ name: 'main', complete: true, drops: [] })
  })

  it('when process.exit is called from deep inside: open calls end there', async () => {
    const { trace, end } = await record({ 'app.cjs': 'function a() { b() } function b() { process.exit(7) } a()' })
    expect(end).toBe(7)
    expect(outline(trace)).toBe('(module) app.cjs*\n  a*\n    b*')
  })

  it('when an exception is not caught', async () => {
    const { trace, end, stderr } = await record({ 'app.cjs': "function a() { throw new Error('oh') } a()" })
    expect(end).toBe(1)
    expect(stderr).toContain('Error: oh')
    expect(outline(trace)).toBe('(module) app.cjs\n  a')
  })

  it('when a rejection is not handled, in an ES module', async () => {
    const { trace, end } = await record({ 'app.mjs': "async function a() { await null; throw new Error('oh') } a()" })
    expect(end).toBe(1)
    expect(outline(trace)).toBe('(module) app.mjs\n  a\na+')
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'when %s ends the program, which still dies of it',
    async (signal) => {
      const { trace, end } = await record({ 'app.cjs': endless }, { signal })
      expect(end).toBe(signal)
      expect(outline(trace)).toMatch(/^\(module\) app\.cjs/)
      expect(trace.threads[0].complete).toBe(true)
    },
  )

  it('when the program handles a signal itself, and goes on', async () => {
    const { trace, end } = await record(
      {
        'app.cjs': `process.once('SIGTERM', stop); function stop() { setTimeout(() => process.exit(5), 20) } ${endless}`,
      },
      { signal: 'SIGTERM' },
    )
    expect(end).toBe(5)
    expect(outline(trace)).toContain('\nstop\n')
  })

  it('but the end when the program is killed: the file opens and says so', async () => {
    const { trace, end } = await record({ 'app.cjs': endless }, { signal: 'SIGKILL' })
    expect(end).toBe('SIGKILL')
    expect(trace.threads[0].complete).toBe(false)
  })

  it('of a worker that ends by process.exit', async () => {
    const { trace } = await record({
      'app.cjs': "new (require('worker_threads').Worker)(require('path').join(__dirname, 'worker.cjs'))",
      'worker.cjs': 'function w() { process.exit() } w()',
    })
    expect(outline(trace)).toBe('(module) app.cjs\n  new Worker\n(module) worker.cjs*\n  w*')
    expect(trace.threads.map(({ name }) => name)).toEqual(['main', expect.stringMatching(/^worker \d+$/)])
  })

  it('of a stack overflow: calls whose probe ran out of stack end with their caller', async () => {
    const { trace, stdout } = await record({
      'app.cjs': `
        let calls = 0
        function deep() { calls++; deep() }
        function guard() { try { deep() } catch (error) { return error instanceof RangeError } }
        console.log(guard(), calls); after()
        function after() {}`,
    })
    const [caught, calls] = stdout.split(' ')
    const text = outline(trace)
    const recorded = text.split('\n').filter((line) => line.trim() === 'deep').length
    expect(caught).toBe('true')
    // The innermost calls may have had no stack left for their own probe to begin.
    expect(Number(calls) - recorded).toBeLessThan(10)
    expect(text.split('\n').at(-1)).toBe('  after')
  })

  it('of a module that throws while it loads', async () => {
    const { trace } = await record({
      'app.cjs': "try { require('./throws.cjs') } catch {} after(); function after() {}",
      'throws.cjs': "inner(); function inner() { throw new Error('no') }",
    })
    expect(outline(trace)).toBe('(module) app.cjs\n  (module) throws.cjs\n    inner\n  after')
  })
})

describe('the program runs on', () => {
  it('when the disk is full: what could not be written is counted exactly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracer-full-'))
    try {
      const program = 'let n = 0; function f() { n++ } for (let i = 0; i < 60000; i++) f(); console.log(n)'
      writeFileSync(join(folder, 'app.cjs'), program)
      // No file may grow beyond 400 KB: room for some of the records.
      const run = spawnSync('bash', ['-c', `ulimit -f 400; exec "${process.execPath}" app.cjs`], {
        cwd: folder,
        env: { ...recordingEnvironment({ exact: true }, join(folder, 'session'), process.env), TRACER_CACHE: 'off' },
        encoding: 'utf8',
      })
      expect(run).toMatchObject({ status: 0, stdout: '60000\n', stderr: '' })
      const { trace, warnings } = await readSession(join(folder, 'session'))
      const recorded = outline(trace).split('\n').length
      const [thread] = trace.threads
      expect(warnings).toEqual([])
      expect(thread.complete).toBe(true)
      // 60,000 calls and the module's body.
      expect(recorded + thread.drops.reduce((sum, { count }) => sum + count, 0)).toBe(60_001)
      expect(recorded).toBeGreaterThan(0)
      expect(recorded).toBeLessThanOrEqual((400 * 1024) / BYTES_PER_RECORD)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('when nothing can be written', () => {
    const environment = recordingEnvironment({ exact: true }, '/dev/null/session', process.env)
    const run = spawnSync(process.execPath, ['-e', "function f() { return 'fine' } console.log(f())"], {
      env: environment,
      encoding: 'utf8',
    })
    expect(run).toMatchObject({ status: 0, stdout: 'fine\n', stderr: '' })
  })
})
