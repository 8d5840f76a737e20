import { isResumed, type Trace } from '@tracer/core'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { RecordOptions } from '@tracer/loader'
import { callsOf, record } from './record.js'

/** Counts its calls itself and prints that at its end. */
const COUNTING = `
  const fs = require('fs')
  const made = { leaf: 0, fib: 0, gen: 0, later: 0, thrower: 0 }
  let sink = 0
  function leaf(x) { made.leaf++; sink += Math.sqrt(x); return sink }
  function fib(n) { made.fib++; return n < 2 ? n : fib(n - 1) + fib(n - 2) }
  function* gen(n) { made.gen++; for (let i = 0; i < n; i++) yield leaf(i) }
  async function later(n) { made.later++; await null; return n }
  function thrower(x) { made.thrower++; if (x % 2) throw new Error('odd'); return leaf(x) }
  function all(n) {
    for (let i = 0; i < n; i++) leaf(i)
    fib(20)
    for (const x of gen(100)) sink += x
    for (let i = 0; i < 100; i++) later(i)
    for (let i = 0; i < 100; i++) try { thrower(i) } catch {}
  }
  function rounds() { for (let i = 0; i < 5; i++) all(60000) }`

const PRINT = 'fs.writeSync(1, JSON.stringify(made))'

/** What each function was called, by the program's own account. */
async function expectExact(
  files: Readonly<Record<string, string>>,
  options: RecordOptions = {},
): Promise<Awaited<ReturnType<typeof record>>> {
  const recording = await record(files, { options: { exact: false, ...options } })
  const made = JSON.parse(recording.stdout) as Record<string, number>
  expect(callsOf(recording.trace), recording.stderr).toMatchObject(made)
  // A child process is a span of its own.
  const startsChildren = Object.values(files).some((text) => text.includes('child_process'))
  const others = recording.trace.tracks.filter(
    (track) =>
      track.kind !== 'thread' && !/^event loop/i.test(track.name) && !(startsChildren && track.kind === 'async'),
  )
  expect(others).toEqual([])
  expect(recording.warnings).toEqual([])
  return recording
}

/** How often each thread called the functions that count themselves; a main thread goes by its program's file. */
function callsByThread({
  threads,
  processes,
  tracks,
  sites,
  unrecorded,
}: Trace): Record<string, Record<string, number>> {
  const calls: Record<string, Record<string, number>> = {}
  const add = (thread: number, site: number, count: number): void => {
    const { name, process } = threads[thread]
    const own = (calls[name === 'main' ? processes[process].name.replace('.cjs', '') : name] ??= {})
    const called = sites[site].name
    if (COUNTED.includes(called)) own[called] = (own[called] ?? 0) + count
  }
  for (const track of tracks) {
    if (track.kind !== 'thread') continue
    const { slices } = track
    for (let i = 0; i < slices.length; i++) if (!isResumed(slices, i)) add(track.thread, slices.site[i], 1)
  }
  for (let i = 0; i < unrecorded.length; i++) add(unrecorded.thread[i], unrecorded.site[i], unrecorded.calls[i])
  return calls
}

const COUNTED = ['leaf', 'fib', 'gen', 'later', 'thrower']

const hasTools = ['taskset', 'chrt'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe('the calls in records and those that are only counted are all calls', () => {
  const ordinary = { 'app.cjs': `${COUNTING}\nprocess.on('exit', () => { ${PRINT} }); rounds()` }

  it.each<[string, RecordOptions]>([
    ['by default', {}],
    ['with --exact', { exact: true }],
    ['with the portable clock', { clock: 'portable' }],
    ['with the native clock', { clock: 'native' }],
    ['with the tick clock', { clock: 'tick' }],
    ['with the tick clock and --exact', { clock: 'tick', exact: true }],
    ['with a budget of nothing', { overheadPercent: 0 }],
    ['with a budget that is never used up', { overheadPercent: 900 }],
  ])('%s', async (_, options) => {
    const { trace, end } = await expectExact(ordinary, options)
    expect([end, trace.threads[0].complete]).toEqual([0, true])
    if (options.exact === true) expect(trace.unrecorded.length).toBe(0)
  })

  it.each<[string, RecordOptions]>([
    ['a shortest duration', { minDurationNs: 2000 }],
    ['a greatest depth', { maxDepth: 4 }],
    ['both, with the tick clock', { minDurationNs: 1e5, maxDepth: 4, clock: 'tick' }],
    ['both, recording every other call', { minDurationNs: 2000, maxDepth: 4, exact: true }],
  ])('under %s', async (_, options) => {
    const { leftOut, trace } = await expectExact(ordinary, options)
    const [{ short, deep }] = leftOut
    expect(short > 0).toBe(options.minDurationNs !== undefined)
    expect(deep > 0).toBe(options.maxDepth !== undefined)
    const unrecorded = trace.unrecorded.calls.reduce((sum, calls) => sum + calls, 0)
    if (options.exact === true) expect(short + deep).toBe(unrecorded)
  })

  it('when process.exit is called from deep inside', async () => {
    const { end } = await expectExact({
      'app.cjs': `${COUNTING}\nfunction deep(n) { if (n > 0) deep(n - 1); else { rounds(); ${PRINT}; process.exit(3) } } deep(5)`,
    })
    expect(end).toBe(3)
  })

  it('when an error is not caught', async () => {
    const { end } = await expectExact({
      'app.cjs': `${COUNTING}\nfunction fails() { rounds(); ${PRINT}; throw new Error('oh') } fails()`,
    })
    expect(end).toBe(1)
  })

  it('of workers that come to their end, exit, or are terminated', async () => {
    const worker = (finish: string): string =>
      `${COUNTING}\nrounds(); require('worker_threads').parentPort.postMessage(made); ${finish}`
    const { trace } = await expectExact({
      'app.cjs': `${COUNTING}
        const { Worker } = require('worker_threads')
        let left = 3
        for (const name of ['ends', 'exits', 'waits']) {
          const worker = new Worker(require('path').join(__dirname, name + '.cjs'))
          worker.on('message', (more) => {
            for (const key in more) made[key] += more[key]
            if (name === 'waits') worker.terminate()
          })
          worker.on('exit', () => { if (--left === 0) { rounds(); ${PRINT} } })
        }`,
      'ends.cjs': worker(''),
      'exits.cjs': worker('setImmediate(() => process.exit(4))'),
      'waits.cjs': worker('setInterval(() => {}, 1000)'),
    })
    expect(trace.threads.map(({ complete }) => complete)).toEqual([true, true, true, true])
  })

  it.each<[string, RecordOptions]>([
    ['by default', {}],
    ['with --exact', { exact: true }],
  ])('of 4 workers, 3 children and a grandchild, each as it counted itself, %s', async (_, options) => {
    // Numbers differ, so that none passes for another.
    const program = (name: string, times: number, more = ''): string =>
      `${COUNTING}
      const { threadName, workerData } = require('worker_threads'), { fork, spawn, exec } = require('child_process')
      const name = workerData ?? '${name}'
      process.on('exit', () => { fs.writeSync(1, JSON.stringify({ name, made }) + '\\n') })
      for (let i = 0; i < (Number(workerData?.[1]) || ${times}); i++) all(1000 * ${times}); ${more}`
    const recording = await record(
      {
        'app.cjs': program(
          'app',
          7,
          `const { Worker } = require('worker_threads')
          for (let i = 1; i <= 4; i++) new Worker(__dirname + '/worker.cjs', { name: 'w' + i, workerData: 'w' + i })
          fork(__dirname + '/forked.cjs'); spawn(process.execPath, [__dirname + '/spawned.cjs'], { stdio: 'inherit' })
          exec(JSON.stringify(process.execPath) + ' ' + __dirname + '/executed.cjs', (_, out) => fs.writeSync(1, out))`,
        ),
        'worker.cjs': program('worker', 3),
        'forked.cjs': program(
          'forked',
          5,
          "spawn(process.execPath, [__dirname + '/grandchild.cjs'], { stdio: 'inherit', env: {} })",
        ),
        'spawned.cjs': program('spawned', 6),
        'executed.cjs': program('executed', 8),
        'grandchild.cjs': program('grandchild', 9),
      },
      { options: { exact: false, ...options } },
    )
    const made: Record<string, unknown> = {}
    for (const line of recording.stdout.trim().split('\n')) {
      const counts = JSON.parse(line) as { name: string; made: Record<string, number> }
      made[counts.name] = counts.made
    }
    expect(Object.keys(made).sort()).toEqual(
      ['app', 'w1', 'w2', 'w3', 'w4', 'forked', 'spawned', 'executed', 'grandchild'].sort(),
    )
    expect(callsByThread(recording.trace)).toEqual(made)
    expect(recording.warnings).toEqual([])
  })

  it.runIf(hasTools)('on one core', async () => {
    const pin = "require('child_process').execFileSync('taskset', ['-a', '-c', '-p', '0', String(process.pid)])"
    await expectExact({ 'app.cjs': `${pin};${ordinary['app.cjs']}` })
  })

  it.runIf(hasTools)('when the recorder cannot keep up: the rest is said to have been dropped, and when', async () => {
    // On one core, where the recorder gets what the program leaves.
    const starve = `
      const { execFileSync } = require('child_process')
      // The recorder takes a moment to begin.
      execFileSync('sleep', ['0.3'])
      execFileSync('taskset', ['-a', '-c', '-p', '0', String(process.pid)])
      for (const task of require('fs').readdirSync('/proc/self/task'))
        if (Number(task) !== process.pid) execFileSync('chrt', ['--idle', '-p', '0', task])`
    const { trace } = await expectExact(
      { 'app.cjs': `${starve};${COUNTING}\nfunction more() { for (let i = 0; i < 5; i++) rounds() } more(); ${PRINT}` },
      // So much that nothing is tick-checked.
      { overheadPercent: 1e6, clock: 'portable' },
    )
    const dropped = trace.threads[0].drops.reduce((sum, { count }) => sum + count, 0)
    const counted = trace.unrecorded.calls.reduce((sum, calls) => sum + calls, 0)
    expect(dropped).toBeGreaterThan(0)
    // Runs of activations that were resumed are records, and no calls.
    expect(counted).toBeLessThanOrEqual(dropped)
    for (const { startNs, endNs } of trace.threads[0].drops) expect(endNs).toBeGreaterThan(startNs)
  })

  it('when the program was stopped for a while: the tick was as late', async () => {
    const { trace, stdout, costs } = await record(
      {
        'app.cjs': `
          const { writeSync } = require('fs')
          let made = 0
          function leaf(x) { made++; return Math.sqrt(x) }
          function work(ms) { const until = Date.now() + ms; while (Date.now() < until) leaf(1) }
          // The recorder takes a moment to begin.
          work(300); writeSync(1, 'ready '); work(1500); writeSync(1, String(made))`,
      },
      {
        options: { exact: false, clock: 'tick' },
        onOutput: (child) => {
          child.kill('SIGSTOP')
          setTimeout(() => child.kill('SIGCONT'), 300)
        },
      },
    )
    expect(callsOf(trace)).toMatchObject({ leaf: Number(stdout.split(' ')[1]), work: 2 })
    expect(costs[0].latestTickNs).toBeGreaterThan(250e6)
  })
})
