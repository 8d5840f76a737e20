import { recordingEnvironment } from '@tracer/loader'
import type { InstrumentOptions } from '@tracer/instrument'
import type { SiteId } from '@tracer/core'
import { allocateThreadMemory } from '@tracer/recorder'
import { readSpool } from '@tracer/spool'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cachedTransforms } from '../src/cached-transforms.js'
import { keepDecisions } from '../src/learning.js'
import { TransformCache } from '../src/transform-cache.js'
import { transforms } from '../src/transforms.js'
import { callsOf, record, spansOf, type Recording } from './record.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-learning-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Calls a short function 100,000 times a round, and at last once for 50 ms. With HOT it begins at
 * once and goes on until it is told to stop, otherwise there is one round once it is told to begin.
 */
const JOB = `
  const cells = new Int32Array(8)
  let calls = 0, isTold = false
  function sometimes(ms) {
    calls++
    for (let i = 0; i < 1; i++) cells[i]++
    if (ms === 0) return
    const end = Date.now() + ms
    while (Date.now() < end) cells[1]++
  }
  function round() {
    for (let i = 0; i < 100000; i++) sometimes(0)
    if (!isTold) return setImmediate(round)
    sometimes(50)
    console.log(calls)
  }
  const waiting = setTimeout(() => process.exit(9), 60000)
  onTold(() => {
    isTold = true
    clearTimeout(waiting)
    if (!process.env.HOT) round()
  })
  console.log('ready')
  if (process.env.HOT) round()`
const BY_SIGNAL = `const onTold = (act) => process.once('SIGUSR2', act)`
const PROGRAMS: [string, Readonly<Record<string, string>>][] = [
  ['a CommonJS module', { 'app.cjs': `${BY_SIGNAL}${JOB}` }],
  ['an ES module', { 'app.mjs': `${BY_SIGNAL}${JOB}; export {}` }],
  [
    'a worker',
    {
      'app.cjs': `
        const worker = new (require('worker_threads').Worker)(__dirname + '/worker.cjs')
        process.once('SIGUSR2', () => worker.postMessage('told'))`,
      'worker.cjs': `const onTold = (act) => require('worker_threads').parentPort.once('message', act)${JOB}`,
    },
  ],
]

/** Lets the program go on as soon as it has a tick-checked function. */
async function tellOnceChecked(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !hasMoves(join(folder, 'session'))) await wait(20)
  child.kill('SIGUSR2')
}

function hasMoves(session: string): boolean {
  for (const name of readdirSync(session).filter((file) => file.endsWith('.spool'))) {
    for (const block of readSpool(join(session, name))) if (block.kind === 'moves') return true
  }
  return false
}

interface Run {
  readonly learn?: boolean
  readonly env?: NodeJS.ProcessEnv
  readonly onOutput?: (child: ChildProcess) => void
}

function run(files: Readonly<Record<string, string>>, { learn = false, env = {}, onOutput }: Run): Promise<Recording> {
  return record(files, {
    folder,
    ...(onOutput !== undefined && { onOutput }),
    environment: (session) =>
      recordingEnvironment({ root: folder, learn }, session, {
        ...process.env,
        TRACER_CACHE: join(folder, 'cache'),
        ...env,
      }),
  })
}

const tell = (child: ChildProcess): void => void tellOnceChecked(child)
const tellAtOnce = (child: ChildProcess): void => void child.kill('SIGUSR2')

function learnedNames({ trace, moves }: Recording): string[] {
  return moves.filter(({ isLearned }) => isLearned).map(({ site }) => trace.sites[site].name)
}

describe('a run after one that learned', () => {
  it.each(PROGRAMS)('begins with the functions tick-checked that were so at its end: %s', async (_, files) => {
    const first = await run(files, { learn: true, env: { HOT: '1' }, onOutput: tell })
    expect(learnedNames(first)).toEqual([])
    const second = await run(files, { onOutput: tell })
    expect(learnedNames(second)).toEqual(['sometimes'])
    expect(second.moves.map(({ reason }) => reason)).toEqual(['learned in an earlier run'])
    const [, calls] = second.stdout.trim().split('\n')
    expect(callsOf(second.trace)['sometimes']).toBe(Number(calls))
    const spans = spansOf(second.trace, 'sometimes')
    expect(spans.length).toBeLessThan(1000)
    expect(spansOf(first.trace, 'sometimes').length).toBeGreaterThan(1000)
    expect(spans.some(({ startNs, endNs }) => endNs - startNs >= 49e6)).toBe(true)
  })

  const app = `${BY_SIGNAL}${JOB}`
  it.each([
    ['did not learn', { learn: false }],
    ['had another text', { text: app.replace('Array(8)', 'Array(9)') }],
    ['left a cache that is damaged now', { change: () => damageCache() }],
    ['left a cache that was removed', { change: () => rmSync(join(folder, 'cache'), { recursive: true }) }],
  ])('begins anew when that one %s', async (_, { learn = true, text = app, change = () => undefined }: Case) => {
    await run({ 'app.cjs': text }, { learn, env: { HOT: '1' }, onOutput: tell })
    change()
    const second = await run({ 'app.cjs': app }, { env: { HOT: '1' }, onOutput: tell })
    expect(second.moves).not.toEqual([])
    expect(learnedNames(second)).toEqual([])
    expect(second.stdout).toBe(`ready\n${callsOf(second.trace)['sometimes']}\n`)
  })

  it('that could write nothing down runs as ever', async () => {
    const env = { TRACER_CACHE: '/dev/null/cache' }
    const { stdout, stderr, end } = await run({ 'app.cjs': app }, { learn: true, env, onOutput: tellAtOnce })
    expect({ stdout, stderr, end }).toEqual({ stdout: 'ready\n100001\n', stderr: '', end: 0 })
  })
})

interface Case {
  readonly learn?: boolean
  readonly text?: string
  readonly change?: () => void
}

function damageCache(): void {
  for (const name of readdirSync(join(folder, 'cache'))) {
    const path = join(folder, 'cache', name)
    const bytes = readFileSync(path)
    const at = bytes.indexOf('"learned":[')
    expect(at).not.toBe(-1)
    bytes[at + '"learned":['.length] ^= 1
    writeFileSync(path, bytes)
  }
}

/** By mode: checked, timed, learned and not begun; while recording is stopped, capitals. Others do not come here. */
const MODES = 'ct_l____CT'

describe('what is learned', () => {
  const CODE = 'function a(x) { return b(x) }\nfunction b(x) { return c(x) }\nfunction c(x) { return [a, b, x] }'
  const options: InstrumentOptions = {
    file: '/app.js',
    format: 'commonjs',
    firstSiteId: 1 as SiteId,
    probeModule: 'file:///probes.mjs',
    probeGlobal: 'PROBES',
    trivialFunctions: 'trace',
  }
  const load = () => transforms

  /** What the cache gives for the module, whose first site has id 10. */
  function keptIn(cache: TransformCache, code = CODE) {
    const result = cachedTransforms(load, cache).instrument(code, { ...options, firstSiteId: 10 as SiteId })
    if ('skipped' in result || result.kept === undefined) throw new Error('it should be kept')
    return { ...result, ...result.kept }
  }

  /** Says how the sites of the module ended on one thread, a letter of MODES each. */
  function end(cache: TransformCache, modes: string, learned: readonly number[]): void {
    const memory = allocateThreadMemory()
    const { key, siteCount } = keptIn(cache)
    ;[...modes].forEach((letter, index) => (memory.modes[10 + index] = MODES.indexOf(letter)))
    const ids = { firstSiteId: 10 as SiteId, endSiteId: (10 + siteCount) as SiteId }
    keepDecisions([{ ...ids, learned, cacheKey: key }], memory, cache)
  }

  it.each([
    ['what is tick-checked in the end', [['tcct', []]], [1, 2]],
    [
      'what any thread tick-checks',
      [
        ['tctt', []],
        ['ttct', []],
      ],
      [1, 2],
    ],
    [
      'not what came back',
      [
        ['tcct', []],
        ['ttct', [1, 2]],
      ],
      [2],
    ],
    [
      'what was not begun with because the run was too short',
      [
        ['tcct', []],
        ['tllt', [1, 2]],
      ],
      [1, 2],
    ],
    [
      'what was decided before recording stopped',
      [
        ['TCCT', []],
        ['TTCT', [1, 2]],
      ],
      [2],
    ],
  ] as const)('is %s', (_, ends, expected) => {
    const cache = new TransformCache(folder, '1')
    for (const [modes, learned] of ends) end(cache, modes, learned)
    expect(keptIn(cache).learned).toEqual(expected)
  })

  it('leaves all else of the module as it was, and other modules alone', () => {
    const cache = new TransformCache(folder, '1')
    const before = keptIn(cache)
    end(cache, 'tcct', [])
    const { code, sites, insertions, learned, map } = keptIn(cache)
    expect({ code, sites, insertions, learned }).toEqual({
      code: before.code,
      sites: before.sites,
      insertions: before.insertions,
      learned: [1, 2],
    })
    expect(map().mappings).toBe(before.map().mappings)
    expect(keptIn(cache, CODE.replace('x', 'y')).learned).toEqual([])
  })

  it('is not written anew when nothing new was decided', () => {
    const cache = new TransformCache(folder, '1')
    end(cache, 'tcct', [])
    const path = join(folder, readdirSync(folder)[0])
    const { ino } = statSync(path)
    end(cache, 'tcct', [1, 2])
    expect(statSync(path).ino).toBe(ino)
    end(cache, 'ttct', [1, 2])
    expect(statSync(path).ino).not.toBe(ino)
  })
})
