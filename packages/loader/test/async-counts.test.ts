import { isResumed, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import type { RecordOptions } from '@tracer/loader'
import { record } from './record.js'

/** Counts its calls itself, and how often each of them began or went on; prints that at its end. */
const COUNTING = `
  const { writeSync } = require('fs')
  const { setTimeout: sleep } = require('timers/promises')
  const made = {}
  function called(name) { (made[name] ??= [0, 0])[0]++; made[name][1]++ }
  function resumed(name) { made[name][1]++ }
  async function waits(n) { called('waits'); for (let i = 0; i < n; i++) { await null; resumed('waits') } return n }
  async function atOnce(n) { called('atOnce'); return n }
  async function throws(n) {
    called('throws')
    await null
    resumed('throws')
    if (n % 2) throw new Error('odd')
    await null
    resumed('throws')
  }
  async function catches(n) {
    called('catches')
    try { await throws(n) } catch {} finally { resumed('catches') }
    if (n % 3) return
    // Nothing of it runs after that, but that it ends.
    resumed('catches')
    await Promise.reject(new Error('no'))
  }
  function* pairs(n) { called('pairs'); for (let i = 0; i < n; i++) { yield i; resumed('pairs') } }
  async function* numbers(n) { called('numbers'); for (let i = 0; i < n; i++) { await null; resumed('numbers'); yield i; resumed('numbers') } }
  async function loops(n) {
    called('loops')
    for await (const i of numbers(n)) { resumed('loops'); for (const j of pairs(3)) if (i + j < 0) break }
    resumed('loops')
  }
  async function together(n) {
    called('together')
    await Promise.all([waits(n), loops(n), atOnce(n), catches(n).catch(Boolean)])
    resumed('together')
    await Promise.race([waits(n), sleep(0)])
    resumed('together')
    await Promise.allSettled([throws(n), waits(1)])
    resumed('together')
  }
  async function rounds(n) {
    called('rounds')
    for (let i = 0; i < n; i++) { await together(i % 7); resumed('rounds') }
  }`

const PRINT = "writeSync(1, JSON.stringify({ name: globalThis.ownName ?? 'app', made }) + '\\n')"

type Counts = Record<string, readonly [calls: number, runs: number]>

/** How often each thread called its functions, and how often these began or went on; a main thread goes by its program's file. */
function countsByThread({ threads, processes, tracks, sites, unrecorded }: Trace): Record<string, Counts> {
  const counts: Record<string, Record<string, [number, number]>> = {}
  const add = (thread: number, site: number, calls: number, runs: number): void => {
    const { name, process } = threads[thread]
    const own = (counts[name === 'main' ? processes[process].name.replace('.cjs', '') : name] ??= {})
    if (!COUNTED.includes(sites[site].name)) return
    const sums = (own[sites[site].name] ??= [0, 0])
    sums[0] += calls
    sums[1] += runs
  }
  for (const track of tracks) {
    if (track.kind !== 'thread') continue
    const { slices } = track
    for (let i = 0; i < slices.length; i++) add(track.thread, slices.site[i], isResumed(slices, i) ? 0 : 1, 1)
  }
  const { length, thread, site, calls, laterRuns } = unrecorded
  for (let i = 0; i < length; i++) add(thread[i], site[i], calls[i], calls[i] + laterRuns[i])
  return counts
}

const COUNTED = [...Array.from(COUNTING.matchAll(/function\*? (\w+)\(n\)/g), ([, name]) => name), 'last', 'ends']

async function expectExact(
  files: Readonly<Record<string, string>>,
  options: RecordOptions,
): Promise<Awaited<ReturnType<typeof record>>> {
  const recording = await record(files, { options: { exact: false, ...options } })
  const made: Record<string, Counts> = {}
  for (const line of recording.stdout.trim().split('\n')) {
    const counts = JSON.parse(line) as { name: string; made: Counts }
    made[counts.name] = counts.made
  }
  expect(countsByThread(recording.trace), recording.stderr).toEqual(made)
  expect(recording.warnings).toEqual([])
  return recording
}

describe('the calls and runs of async functions and generators in records, and those that are only counted, are all', () => {
  // As long as the budget needs to decide something.
  const lasting =
    'void (async () => { const end = Date.now() + 800; do await rounds(100); while (Date.now() < end) })()'
  const ordinary = { 'app.cjs': `${COUNTING}\nprocess.on('exit', () => { ${PRINT} }); ${lasting}` }

  it.each<[string, RecordOptions]>([
    ['by default', {}],
    ['with --async', { async: true }],
    ['with --exact', { exact: true }],
    ['with --async and --exact', { async: true, exact: true }],
    ['with the tick clock', { clock: 'tick', async: true }],
    ['with a budget of nothing', { overheadPercent: 0 }],
    ['with a budget of nothing and --async', { overheadPercent: 0, async: true }],
    ['under a shortest duration', { minDurationNs: 3000 }],
    ['under a greatest depth', { maxDepth: 1, async: true }],
  ])('%s', async (_, options) => {
    const { trace } = await expectExact(ordinary, options)
    const counted = trace.unrecorded.laterRuns.reduce((sum, runs) => sum + runs, 0)
    if (options.exact === true) expect(trace.unrecorded.length).toBe(0)
    else if (options.minDurationNs !== undefined) expect(counted).toBeGreaterThan(0)
  })

  it.each<[string, RecordOptions]>([
    ['recording every call', { exact: true }],
    ['by default, with --async', { async: true }],
  ])('when process.exit is called within runs of several, %s', async (_, options) => {
    await expectExact(
      {
        'app.cjs': `${COUNTING}
          function* last(n) { called('last'); yield n; resumed('last'); ${PRINT}; process.exit(3) }
          async function ends(n) { called('ends'); await rounds(n); resumed('ends'); for (const _ of last(n)); }
          ends(50)`,
      },
      options,
    )
  })

  it.each<[string, RecordOptions]>([
    ['by default', {}],
    ['with --exact', { exact: true }],
  ])('of 4 workers, 3 children and a grandchild, each as it counted itself, with --async, %s', async (_, options) => {
    // Numbers differ, so that none passes for another.
    const program = (name: string, times: number, more = ''): string =>
      `${COUNTING}
      const { threadName, workerData } = require('worker_threads'), { fork, spawn, exec } = require('child_process')
      globalThis.ownName = workerData ?? '${name}'
      process.on('exit', () => { ${PRINT} })
      rounds(150 * (Number(workerData?.[1]) || 0) + ${150 * times}); ${more}`
    const { trace } = await expectExact(
      {
        'app.cjs': program(
          'app',
          7,
          `const { Worker } = require('worker_threads')
          for (let i = 1; i <= 4; i++) new Worker(__dirname + '/worker.cjs', { name: 'w' + i, workerData: 'w' + i })
          fork(__dirname + '/forked.cjs'); spawn(process.execPath, [__dirname + '/spawned.cjs'], { stdio: 'inherit' })
          exec(JSON.stringify(process.execPath) + ' ' + __dirname + '/executed.cjs', (_, out) => writeSync(1, out))`,
        ),
        'worker.cjs': program('worker', 8),
        'forked.cjs': program(
          'forked',
          6,
          "spawn(process.execPath, [__dirname + '/grandchild.cjs'], { stdio: 'inherit', env: {} })",
        ),
        'spawned.cjs': program('spawned', 5),
        'executed.cjs': program('executed', 4),
        'grandchild.cjs': program('grandchild', 3),
      },
      { async: true, ...options },
    )
    const counts = countsByThread(trace)
    expect(Object.keys(counts).sort()).toEqual(
      ['app', 'w1', 'w2', 'w3', 'w4', 'forked', 'spawned', 'executed', 'grandchild'].sort(),
    )
    const calls = Object.values(counts).flatMap((functions) => Object.entries(functions))
    const asyncCalls = calls.reduce((sum, [name, [count]]) => (name === 'pairs' ? sum : sum + count), 0)
    expect(asyncCalls).toBeGreaterThan(100_000)
  })
})
