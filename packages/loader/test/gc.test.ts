import type { AsyncTrack, Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { whyNoNativeClock } from '@tracer/loader'
import { bareAndRecorded } from './compare.js'
import { NODES } from './nodes.js'
import { record, type RecordSettings } from './record.js'

const COLLECTS = 'function collect() { gc() }\nfunction minor() { gc({ type: "minor" }) }\n'

/** Without the native clock's addon, which tells of collections. */
const OBSERVED = { TRACER_CLOCK_NATIVE: 'off' }

function recordCollections(program: string | Readonly<Record<string, string>>, settings: RecordSettings = {}) {
  const files = typeof program === 'string' ? { 'app.cjs': COLLECTS + program } : program
  return record(files, { options: { gc: true }, nodeArgs: ['--expose-gc'], ...settings })
}

// Without a compiler there is no addon; the tests below say what is known then.
describe.runIf(whyNoNativeClock() === undefined)('of a program that is recorded with its garbage collections', () => {
  it.each(NODES)('each lies within the call that made it: $title', async ({ path }) => {
    const program = 'function work() { collect(); minor(); collect(); return minor() }\nwork(); collect()'
    const { trace, end } = await recordCollections(program, { node: path })
    expect(end).toBe(0)
    const forced = collectionsOf(trace, 'main').filter(({ args }) => args.forced)
    expect(namesOf(forced)).toBe('major minor major minor major')
    const calls = [...callsOf(trace, 'collect'), ...callsOf(trace, 'minor')].sort((a, b) => a.from - b.from)
    expect(calls).toHaveLength(5)
    forced.forEach(({ from, to }, i) => {
      expect(from).toBeGreaterThanOrEqual(calls[i].from)
      expect(to).toBeLessThanOrEqual(calls[i].to)
      expect(to).toBeGreaterThan(from)
    })
  })

  it.each(NODES)('it is known how much of the heap was in use: $title', async ({ path }) => {
    const program = `
      const { getHeapStatistics: heap } = require('v8')
      let kept = []
      function fill() { for (let i = 0; i < 2e5; i++) kept.push({ i }) }
      fill()
      const before = heap().used_heap_size; kept = undefined; collect()
      console.log(before, heap().used_heap_size)`
    const { trace, stdout } = await recordCollections(program, { node: path })
    const [before, after] = stdout.split(' ').map(Number)
    const forced = collectionsOf(trace, 'main').find(({ args }) => args.forced)
    expect(before - after).toBeGreaterThan(3e6)
    expect(Math.abs(Number(forced?.args.usedBytesBefore) - before)).toBeLessThan(5e5)
    expect(Math.abs(Number(forced?.args.usedBytesAfter) - after)).toBeLessThan(5e5)
    const values = heapOf(trace, 'main')
    expect(values).toContainEqual([forced?.from, Number(forced?.args.usedBytesBefore) / 1e6])
    expect(values).toContainEqual([forced?.to, Number(forced?.args.usedBytesAfter) / 1e6])
  })

  it.each([
    ['at its last line', '', 0],
    ['by process.exit', 'process.exit(3)', 3],
    ['by an error', 'throw new Error("over")', 1],
    ['in a listener of exit', 'process.on("exit", () => collect())', 0],
  ])('none is missing of one that ends %s', async (_, last, how) => {
    const { trace, end } = await recordCollections(`collect(); collect();\n${last}`)
    expect(end).toBe(how)
    const major = collectionsOf(trace, 'main').filter(({ name, args }) => args.forced && name === 'major collection')
    expect(major).toHaveLength(callsOf(trace, 'collect').length)
    expect(major.length).toBeGreaterThanOrEqual(2)
  })

  it('none is missing of one that a signal ends while it is busy', async () => {
    const program = 'collect(); collect(); console.log("here"); for (;;) minor()'
    const { trace } = await recordCollections(program, {
      onOutput: (child) => setTimeout(() => child.kill('SIGTERM'), 500),
    })
    const major = collectionsOf(trace, 'main').filter(({ args, name }) => args.forced && name === 'major collection')
    expect(major).toHaveLength(2)
  })

  it('those that a killed program made long before are there', async () => {
    const program = `collect(); collect(); setTimeout(() => console.log('here'), 500); setTimeout(() => {}, 60000)`
    const { trace } = await recordCollections(program, { onOutput: (child) => child.kill('SIGKILL') })
    expect(collectionsOf(trace, 'main').filter(({ args }) => args.forced)).toHaveLength(2)
  })

  it.each(NODES)('each thread has its own, also one that is terminated: $title', async ({ path }) => {
    const { trace, end } = await recordCollections(
      {
        'app.cjs': `
          const { Worker } = require('worker_threads')
          new Worker(__dirname + '/w.cjs', { name: 'ends' })
          const other = new Worker(__dirname + '/w.cjs', { name: 'stays', workerData: true })
          other.on('message', () => setTimeout(() => other.terminate(), 50))`,
        'w.cjs': `${COLLECTS} const { workerData, parentPort } = require('worker_threads')
          collect(); minor(); collect()
          if (workerData) { parentPort.postMessage(1); setInterval(() => {}, 1000) }`,
      },
      { node: path },
    )
    expect(end).toBe(0)
    for (const thread of ['ends', 'stays']) {
      const forced = collectionsOf(trace, thread).filter(({ args }) => args.forced)
      expect(namesOf(forced)).toBe('major minor major')
    }
    expect(collectionsOf(trace, 'main').filter(({ args }) => args.forced)).toEqual([])
  })

  it('children have theirs', async () => {
    const { trace } = await recordCollections({
      'app.cjs': `const { fork } = require('child_process'); fork(__dirname + '/child.cjs')`,
      'child.cjs': `${COLLECTS} collect()`,
    })
    const child = trace.processes.findIndex(({ name }) => name === 'child.cjs')
    const thread = trace.threads.findIndex(({ process }) => process === child)
    expect(collectionsOf(trace, thread).filter(({ args }) => args.forced)).toHaveLength(1)
  })

  it('those that came while recording was stopped are left out', async () => {
    const control = JSON.stringify(CONTROL)
    const { trace } = await recordCollections(
      `const { start, stop } = require(${control}); collect(); stop(); collect(); start(); collect()`,
    )
    expect(collectionsOf(trace, 'main').filter(({ args }) => args.forced)).toHaveLength(2)
  })

  it.each(['portable', 'tick'] as const)('by the %s clock they lie where they were', async (clock) => {
    const { trace } = await recordCollections(
      'for (let i = 0; i < 5; i++) { const end = performance.now() + 20; while (performance.now() < end); collect() }',
      {
        options: { gc: true, clock },
      },
    )
    const forced = collectionsOf(trace, 'main').filter(({ args }) => args.forced)
    const calls = callsOf(trace, 'collect')
    expect(forced).toHaveLength(5)
    // The tick is late by its period, which a busy machine makes long.
    const tolerated = clock === 'tick' ? 15e6 : 0
    forced.forEach(({ from, to }, i) => {
      expect(from).toBeGreaterThanOrEqual(calls[i].from - tolerated)
      expect(to).toBeLessThanOrEqual(calls[i].to + tolerated)
    })
  })

  it('of a program without garbage there are none', async () => {
    const { trace, hasCollections, warnings } = await recordCollections('collect.name')
    expect(collectionsOf(trace, 'main').filter(({ args }) => args.forced)).toEqual([])
    expect(hasCollections).toBe(true)
    expect(warnings).toEqual([])
  })
})

describe('where the addon is missing', () => {
  it.each(NODES)('they are known once the event loop turns, without the heap: $title', async ({ path }) => {
    const program = 'collect(); minor(); collect(); setTimeout(() => collect(), 50)'
    const { trace, end, warnings } = await recordCollections(program, { node: path, added: OBSERVED })
    expect(end).toBe(0)
    const forced = collectionsOf(trace, 'main').filter(({ args }) => args.forced)
    expect(namesOf(forced.slice(0, 3))).toBe('major minor major')
    const calls = [...callsOf(trace, 'collect'), ...callsOf(trace, 'minor')].sort((a, b) => a.from - b.from)
    forced.forEach(({ from, to }, i) => {
      expect(from).toBeGreaterThanOrEqual(calls[i].from)
      expect(to).toBeLessThanOrEqual(calls[i].to)
    })
    expect(heapOf(trace, 'main')).toEqual([])
    expect(warnings).toEqual([expect.stringContaining('garbage collections in the last turn')])
  })

  it('a program that never comes to its loop says that they are not known', async () => {
    const { trace, hasCollections, warnings } = await recordCollections('collect(); process.exit()', {
      added: OBSERVED,
    })
    expect(collectionsOf(trace, 'main').filter(({ args }) => args.forced)).toEqual([])
    expect(hasCollections).toBe(true)
    expect(warnings).toEqual([expect.stringContaining('garbage collections in the last turn')])
  })
})

it('without the option there are none', async () => {
  const { trace, hasCollections } = await recordCollections('collect()', { options: {} })
  expect(collectionsOf(trace, 'main')).toEqual([])
  expect(hasCollections).toBe(false)
})

describe.each([
  ['with the addon', {}],
  ['without', OBSERVED],
])('the program does not notice, %s', (_, added) => {
  it.each([
    [
      'asynchronous resources',
      `const names = []; require('async_hooks').createHook({ init: (id, type) => { names.push(type) } }).enable()
       for (let i = 0; i < 5; i++) collect()
       setTimeout(() => { collect(); setTimeout(() => console.log(names.join()), 20) }, 20)`,
    ],
    [
      'observers and entries of its own',
      `const { PerformanceObserver } = require('perf_hooks'); const seen = []
       const observer = new PerformanceObserver((list) => { for (const { entryType, detail } of list.getEntries()) if (detail.flags & 4) seen.push(entryType + detail.kind) })
       observer.observe({ entryTypes: ['gc'] }); collect(); minor()
       setTimeout(() => { observer.disconnect(); console.log(seen.join(), performance.getEntries().length, Object.getOwnPropertyNames(PerformanceObserver.prototype).join()) }, 50)`,
    ],
    [
      'globals',
      `console.log(Object.getOwnPropertyNames(globalThis).join(), Object.getOwnPropertyDescriptor(globalThis, 'PerformanceObserver'), process.eventNames().join(),
         Object.getOwnPropertySymbols(PerformanceObserver.prototype).map(String).join())`,
    ],
    [
      'built-ins that it has replaced',
      `const boom = () => { console.log('boom'); throw new Error('boom') }
       const hooks = require('perf_hooks')
       for (const name of ['observe', 'takeRecords', 'disconnect']) hooks.PerformanceObserver.prototype[name] = boom
       for (const name of ['entryType', 'startTime', 'duration']) Object.defineProperty(PerformanceEntry.prototype, name, { get: boom })
       hooks.PerformanceObserver = boom
       for (const name of ['push', 'forEach', 'map', 'slice']) Object.defineProperty(Array.prototype, name, { get: boom, configurable: true })
       Atomics.load = Atomics.store = Atomics.add = boom; Float64Array.prototype.set = boom
       collect(); minor(); setTimeout(collect, 20)`,
    ],
    [
      'the iterator of arrays that it has replaced',
      // Node.js 20 itself asks it, of each entry that it makes for an observer.
      `const replace = () => { Array.prototype[Symbol.iterator] = () => { throw new Error('boom') } }
       if (process.env.TRACER_CLOCK_NATIVE !== 'off' || Number(process.versions.node.split('.')[0]) > 20) replace()
       collect(); minor(); setTimeout(collect, 20)`,
    ],
    ['an exit code, and when it ends', 'collect(); setTimeout(() => { collect(); process.exitCode = 4 }, 30)'],
  ])('%s', (__, program) => {
    const { bare, recorded } = bareAndRecorded({ 'app.cjs': COLLECTS + program }, ['--expose-gc'], added, {
      exact: true,
      gc: true,
    })
    expect(recorded).toEqual(bare)
  })
})

const CONTROL = new URL('../dist/control.cjs', import.meta.url).pathname

interface Stretch {
  readonly from: number
  readonly to: number
}

interface FoundCollection extends Stretch {
  readonly name: string
  readonly args: { readonly forced?: boolean; readonly usedBytesBefore?: number; readonly usedBytesAfter?: number }
}

/** `major minor` for collections of these kinds. */
function namesOf(collections: readonly FoundCollection[]): string {
  return collections.map(({ name }) => name.replace(' collection', '')).join(' ')
}

function collectionsOf(trace: Trace, thread: string | number): FoundCollection[] {
  const index = typeof thread === 'number' ? thread : trace.threads.findIndex(({ name }) => name === thread)
  const track = trace.tracks.find(
    (each): each is AsyncTrack => each.kind === 'async' && each.name === 'Garbage collection' && each.thread === index,
  )
  if (track === undefined) return []
  const { site, startNs, durationNs, args } = track.slices
  return Array.from(site, (of, i) => ({
    name: trace.sites[of].name,
    from: startNs[i],
    to: startNs[i] + durationNs[i],
    args: JSON.parse(args.get(i) ?? '{}') as FoundCollection['args'],
  }))
}

function callsOf(trace: Trace, name: string): Stretch[] {
  return trace.tracks.flatMap((track): Stretch[] => {
    if (track.kind !== 'thread') return []
    const { site, startNs, durationNs } = track.slices
    return Array.from(site, (of, i) => ({ of, from: startNs[i], to: startNs[i] + durationNs[i] })).filter(
      ({ of }) => trace.sites[of].name === name,
    )
  })
}

/** Samples of the counter, in MB. */
function heapOf(trace: Trace, thread: string): [timeNs: number, value: number][] {
  return trace.tracks.flatMap((track): [number, number][] => {
    if (track.kind !== 'counter' || track.name !== 'used heap') return []
    if (trace.threads[track.thread].name !== thread) return []
    return Array.from(track.samples.timeNs, (timeNs, i) => [timeNs, track.samples.value[i]])
  })
}
