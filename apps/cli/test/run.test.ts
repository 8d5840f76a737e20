import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIB, record } from './recorded.js'
import type { StartOptions } from './tracer-process.js'

describe('a program that ends by itself', () => {
  it('is recorded whole, and the summary counts it', async () => {
    const run = await record({ 'app.js': `${FIB}fib(20)` })
    expect(run).toMatchObject({ exitCode: 0, signal: null, stdout: '', calls: { fib: 21_891 } })
    expect(run.summary).toMatchObject({
      output: 'trace.json',
      bytes: readFileSync(join(run.folder, 'trace.json')).length,
      dropped: 0,
      threads: 1,
      processes: 1,
      functionsInstrumented: 1,
      functionsSkipped: {},
      modulesSkipped: [],
    })
    expect(run.summary['events']).toBeGreaterThanOrEqual(21_891)
    expect(run.summary['durationMs']).toBeGreaterThan(0)
    expect(run.summary['overheadNs']).toBeGreaterThan(0)
  })

  it.each([
    ['app.mjs', `${FIB}export default fib(5)`],
    ['app.cjs', `${FIB}module.exports = fib(5)`],
    ['app.ts', `function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2) }\nfib(5)`],
  ])('%s', async (name, code) => {
    expect(await record({ [name]: code }, [name])).toMatchObject({ exitCode: 0, calls: { fib: 15 } })
  })

  it('has its own stdin, stdout and stderr', async () => {
    const echo = "process.stdin.on('data', (data) => { process.stdout.write(data); process.stderr.write('seen\\n') })"
    const run = await record({ 'app.js': echo }, ['app.js'], { input: 'what was typed' })
    expect(run.stdout).toBe('what was typed')
    expect(run.stderr).toMatch(/^seen\n\{.*\}\n$/)
  })

  it('has its own arguments', async () => {
    const run = await record({ 'app.js': 'console.log(process.argv.slice(2))' }, ['app.js', '--help', '-o', 'x'])
    expect(run.stdout).toBe("[ '--help', '-o', 'x' ]\n")
  })

  it('may print a gigabyte', async () => {
    const megabytes = 1024
    const code = `
      const piece = Buffer.alloc(1e6, 'x')
      let left = ${megabytes}
      function print() { while (left-- > 0) if (!process.stdout.write(piece)) return process.stdout.once('drain', print) }
      print()`
    let bytes = 0
    const run = await record({ 'app.js': code }, ['app.js'], { onStdoutBytes: (length) => (bytes += length) })
    expect(run.exitCode).toBe(0)
    expect(bytes).toBe(megabytes * 1e6)
    expect(run.calls['print']).toBeGreaterThan(0)
  })

  it('may be code', async () => {
    const run = await record({}, ['-e', `${FIB}fib(5); console.log(process.argv.slice(1))`, 'a', '--b'])
    expect(run).toMatchObject({ exitCode: 0, stdout: "[ 'a', '--b' ]\n" })
  })
})

describe('a program that ends otherwise', () => {
  it('by process.exit', async () => {
    const code = 'function leave() { process.exit(7) }\nfunction main() { leave() }\nmain()'
    expect(await record({ 'app.js': code })).toMatchObject({ exitCode: 7, signal: null, calls: { leave: 1, main: 1 } })
  })

  it('by an exception that nothing catches', async () => {
    const run = await record({ 'app.js': "function fail() { throw new Error('too bad') }\nfail()" })
    expect(run).toMatchObject({ exitCode: 1, calls: { fail: 1 } })
    expect(run.stderr).toContain('Error: too bad')
    expect(run.stderr).toMatch(/app\.js:1:\d+/)
  })

  it('by a rejection that nothing catches', async () => {
    const run = await record(
      { 'app.mjs': "async function fail() { await 1; throw new Error('too bad') }\nawait fail()" },
      ['app.mjs'],
    )
    expect(run).toMatchObject({ exitCode: 1 })
    expect(run.calls['fail']).toBeGreaterThan(0)
    expect(run.stderr).toContain('Error: too bad')
  })

  it('at once', async () => {
    expect(await record({ 'app.js': 'process.exit()' })).toMatchObject({ exitCode: 0, signal: null })
    expect(await record({ 'app.js': '' })).toMatchObject({ exitCode: 0, summary: { functionsInstrumented: 0 } })
  })

  it('by a syntax error, which Node reports as ever', async () => {
    const run = await record({ 'app.js': 'function broken( {\n' })
    expect(run).toMatchObject({ exitCode: 1, summary: { modulesSkipped: [{ reason: 'syntax-error' }] } })
    expect(run.stderr).toContain('SyntaxError')
    expect(run.stderr).toContain('app.js:')
  })

  it('by SIGKILL', async () => {
    const run = await record({ 'app.js': `${FIB}fib(10)\nsetTimeout(() => process.kill(process.pid, 'SIGKILL'), 100)` })
    expect(run).toMatchObject({ exitCode: null, signal: 'SIGKILL', summary: { threadsUnfinished: 1 } })
  })

  it('by process.abort', async () => {
    const run = await record({ 'app.js': `${FIB}fib(10)\nsetTimeout(() => process.abort(), 500)` })
    expect(run).toMatchObject({ exitCode: null, signal: 'SIGABRT' })
  })
})

describe('signals', () => {
  const WAITING = `${FIB}fib(10)\nconsole.log('ready')\nsetInterval(() => {}, 1000)\n`
  const send =
    (...signals: NodeJS.Signals[]): NonNullable<StartOptions['onStdout']> =>
    (child, text) => {
      if (text === 'ready\n') for (const signal of signals) child.kill(signal)
    }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the program, then tracer, with the trace saved',
    async (signal) => {
      const run = await record({ 'app.js': WAITING }, ['app.js'], { onStdout: send(signal) })
      expect(run).toMatchObject({ exitCode: null, signal, calls: { fib: 177 } })
    },
  )

  it.each(['SIGINT', 'SIGTERM'] as const)('%s that the program handles is the program’s', async (signal) => {
    const code = `process.on('${signal}', function stop() { console.log('stopping'); process.exit(5) })\n${WAITING}`
    const run = await record({ 'app.js': code }, ['app.js'], { onStdout: send(signal) })
    expect(run).toMatchObject({ exitCode: 5, signal: null, stdout: 'ready\nstopping\n', calls: { stop: 1 } })
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends a program in an endless loop', async (signal) => {
    const code = "function stuck() { require('fs').writeSync(1, 'in'); for (;;); }\nstuck()"
    const onStdout: NonNullable<StartOptions['onStdout']> = (child) => setTimeout(() => child.kill(signal), 1000)
    const run = await record({ 'app.cjs': code }, ['app.cjs'], { onStdout })
    expect(run).toMatchObject({ exitCode: null, signal, calls: { stuck: 1 }, summary: { threadsUnfinished: 0 } })
  })

  it('three interrupts end a program that ignores them', async () => {
    const code = `process.on('SIGINT', () => console.log('no'))\n${WAITING}`
    const onStdout: NonNullable<StartOptions['onStdout']> = (child) => child.kill('SIGINT')
    const run = await record({ 'app.js': code }, ['app.js'], { onStdout })
    expect(run).toMatchObject({ exitCode: null, signal: 'SIGKILL', summary: { threadsUnfinished: 1 } })
  })
})
