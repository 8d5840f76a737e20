import { monotonicClock } from '@tracer/core/node'
import { readSpool, SpoolWriter } from '@tracer/spool'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getEnvironmentData, Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventLog } from '../src/event-log.js'
import { RecorderLink, SIGNAL, type NewRecorderThread, type SharedWithThreads } from '../src/recorder-link.js'
import type { Registration } from '../src/registration.js'
import { CHECKED, CONTROL, TIMED, ThreadState, TICK } from '../src/thread-memory.js'
import { traceSites } from '../src/traced-sites.js'
import { a, b, recordText, thread } from './thread.js'

// The built script: workers of the test runner do not run TypeScript.
const SCRIPT = fileURLToPath(new URL('../dist/recorder-thread.js', import.meta.url))

/** Takes no events itself. */
const NOBODY = { onHalfFull: () => undefined, onFull: () => undefined, take: () => undefined }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-loop-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A thread that this test plays, and the registration that a real one would give. */
function played(name = 'main', clockId = 'portable') {
  const path = join(folder, name)
  const recorded = thread()
  traceSites(recorded.memory, a, 10)
  new SpoolWriter(path).close()
  const { nsPerTick, originNs, originEpochMs } = monotonicClock()
  const registration: Registration = {
    memory: recorded.memory,
    spool: path,
    clock: { id: clockId, nsPerTick: clockId === 'tick' ? 1 : nsPerTick, originNs, originEpochMs },
    osThread: undefined,
    leavesOut: false,
  }
  const blocks = () => {
    const all = []
    for (const block of readSpool(path)) all.push(block)
    return all
  }
  return {
    ...recorded,
    registration,
    blocks,
    records: () =>
      blocks().flatMap((block) => (block.kind === 'records' ? recordText(block.records, block.records.length) : [])),
    hasEnded: () => blocks().some(({ kind }) => kind === 'end'),
    state: () => Atomics.load(recorded.memory.control, CONTROL.state),
  }
}

/** Starts a recorder of this thread; `stop` waits for its end. */
function recorderOf(main: Registration, data: Partial<NewRecorderThread> = {}) {
  const link = RecorderLink.create()
  const worker = link.start(SCRIPT, {
    pid: process.pid,
    main,
    budgetShare: 0.1,
    tickPeriodNs: 200_000,
    nativeAddon: undefined,
    ...data,
  })
  if (worker === undefined) throw new Error('the thread did not start')
  const exit = once(worker, 'exit')
  return {
    link,
    stop: async () => {
      link.stop()
      await exit
    },
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(5)
}

describe('a recorder', () => {
  it('takes full chunks, and after a while what stands in the chunk that is not full', async () => {
    const main = played()
    const { link, stop } = recorderOf(main.registration)
    await until(() => main.state() === ThreadState.adopted)
    while (main.memory.control[CONTROL.published] === 0) main.call(a)
    link.wake()
    await until(() => Atomics.load(main.memory.control, CONTROL.taken) === 1)
    main.call(b)
    await until(() => main.records().length === main.memory.chunkLengths[0] + 1)
    expect(main.records().at(-1)).toMatch(/^2: /)
    await stop()
    expect(main.records()).toHaveLength(main.memory.chunkLengths[0] + 1)
  })

  it('writes which calls are open, once while the thread stands still, and at the end', async () => {
    const main = played()
    const { stop } = recorderOf(main.registration)
    main.probes.enter(a)
    main.probes.enter(b)
    const open = () => main.records().filter((line) => line.endsWith('NaN'))
    await until(() => open().length > 0)
    await wait(400)
    expect(open()).toEqual(['2: 2-NaN', '1: 1-NaN'])
    await stop()
    expect(open()).toEqual(['2: 2-NaN', '1: 1-NaN', '2: 2-NaN', '1: 1-NaN'])
  })

  it('tells the time only while something compares it, and never a time that is yet to come', async () => {
    const [idle, ticking] = [played(), played('other', 'tick')]
    const { link, stop } = recorderOf(idle.registration, { budgetShare: undefined })
    await until(() => idle.state() === ThreadState.adopted)
    link.register(ticking.registration)
    await until(() => ticking.state() === ThreadState.adopted)
    const { originNs } = ticking.registration.clock
    for (let seen = 0, ticks = 0; ticks < 20; ticks++) {
      await until(() => ticking.memory.tick[0] !== seen)
      const now = ticking.memory.tick[0]
      expect(now).toBeGreaterThan(seen)
      expect(now + originNs).toBeLessThanOrEqual(Number(process.hrtime.bigint()))
      seen = now
    }
    // Each thread is told the time when something is decided about it: rarely.
    expect(idle.memory.control[TICK]).toBeLessThan(ticking.memory.control[TICK])
    expect(link.facts.tickPeriodNs).toBe(200_000)
    expect(link.facts.latestTickNs).toBeGreaterThanOrEqual(200_000 * 0.9)
    await stop()
  })

  it('gives up sites whose calls cost more than the budget allows, and says so', async () => {
    const main = played()
    const { link, stop } = recorderOf(main.registration, { budgetShare: 0.0001 })
    await until(() => main.state() === ThreadState.adopted && link.facts.costs !== undefined)
    await until(() => {
      for (let i = 0; i < 5000; i++) main.call(a)
      link.wake()
      return main.memory.modes[a] === CHECKED
    })
    expect(main.memory.modes[b]).toBe(TIMED)
    await stop()
    const moves = main.blocks().flatMap((block) => (block.kind === 'moves' ? block.moves : []))
    expect(moves[0]).toMatchObject({ site: a, to: 'checked' })
    expect(moves[0].reason).toMatch(/^\d+ calls cost [\d.]+ % of the thread's time$/)
  })

  it('without a budget leaves all sites timed', async () => {
    const main = played()
    const { link, stop } = recorderOf(main.registration, { budgetShare: undefined })
    await until(() => link.facts.costs !== undefined)
    for (let i = 0; i < 20; i++) {
      for (let n = 0; n < 5000; n++) main.call(a)
      link.wake()
      await wait(10)
    }
    await stop()
    expect(main.memory.modes[a]).toBe(TIMED)
    expect(main.blocks().filter(({ kind }) => kind === 'moves')).toEqual([])
  })

  it('takes events within a fraction of a second, also of a thread that makes no call', async () => {
    const main = played()
    const { stop } = recorderOf(main.registration)
    const log = new EventLog(main.memory, () => 1, NOBODY)
    log.flow('a')
    await until(() => main.blocks().some(({ kind }) => kind === 'events'))
    await stop()
  })

  it('leaves a thread that has ended alone, and writes the last of one that never said so', async () => {
    const [main, ended, lost] = [played(), played('ended'), played('lost')]
    const { link, stop } = recorderOf(main.registration)
    for (const { registration } of [ended, lost]) link.register(registration)
    await until(() => ended.state() === ThreadState.adopted && lost.state() === ThreadState.adopted)
    Atomics.store(ended.memory.control, CONTROL.state, ThreadState.finished)
    await wait(300)
    ended.call(a)
    lost.call(a)
    lost.memory.calls[b] = 3
    const log = new EventLog(lost.memory, () => 5, NOBODY)
    log.flow('late')
    lost.memory.eventsLost.set([2, 6, 7])
    await stop()
    expect(lost.blocks().flatMap((block) => (block.kind === 'events' ? [...block.events] : []))).toEqual([
      { kind: 'flow', atTicks: 5, key: 'late' },
    ])
    expect(lost.blocks().flatMap((block) => (block.kind === 'drops' ? block.drops : []))).toEqual([
      { count: 2, fromTicks: 6, toTicks: 7 },
    ])
    expect(ended.records()).toEqual([])
    expect(lost.records()).toEqual(['1: 1-2'])
    const counts = lost.blocks().flatMap((block) => (block.kind === 'counts' ? [block.counts] : []))
    expect(counts.at(-1)).toMatchObject({ site: Int32Array.of(b), calls: Float64Array.of(3) })
  })

  it('says of a thread that never said so that nothing is missing, unless it may be writing on', async () => {
    const [main, idle, busy] = [played(), played('idle'), played('busy')]
    const { link, stop } = recorderOf(main.registration)
    for (const { registration } of [idle, busy]) link.register(registration)
    await until(() => idle.state() === ThreadState.adopted && busy.state() === ThreadState.adopted)
    idle.call(a)
    busy.probes.enter(a)
    await stop()
    expect([idle.hasEnded(), busy.hasEnded()]).toEqual([true, false])
  })

  it('counts threads besides the main one, also when that is done', async () => {
    const [main, worker] = [played(), played('worker')]
    const { link, stop } = recorderOf(main.registration)
    const { signals } = getEnvironmentData('@tracer/recorder') as SharedWithThreads
    const others = () => Atomics.load(signals, SIGNAL.otherThreads)
    link.register(worker.registration)
    await until(() => worker.state() === ThreadState.adopted)
    expect(others()).toBe(1)
    const { control } = main.memory
    Atomics.store(control, CONTROL.state, ThreadState.finished)
    // It looks for threads that have ended at each decision, and takes nothing of them from then on.
    await wait(300)
    expect(others()).toBe(1)
    Atomics.store(worker.memory.control, CONTROL.state, ThreadState.finished)
    await until(() => others() === 0)
    await stop()
  })

  it.each(['is adopted', 'has introduced itself'])(
    'is waited for when the main thread is done before and another one %s',
    async (when) => {
      const [main, lost] = [played(), played('lost')]
      const { link, stop } = recorderOf(main.registration)
      if (when === 'is adopted') {
        link.register(lost.registration)
        await until(() => lost.state() === ThreadState.adopted)
      }
      Atomics.store(main.memory.control, CONTROL.state, ThreadState.finished)
      // It looks for threads that have ended at each decision.
      await wait(300)
      if (when !== 'is adopted') link.register(lost.registration)
      lost.call(a)
      link.stop()
      expect(lost.records()).toEqual(['1: 1-2'])
      await stop()
    },
  )

  it.runIf(existsSync('/proc/thread-self/schedstat'))(
    'keeps no file open of a thread that was gone before it was adopted',
    async () => {
      const [main, worker] = [played(), played('worker')]
      const { link, stop } = recorderOf(main.registration)
      worker.call(b)
      link.register({ ...worker.registration, osThread: `/proc/${process.pid}/task/0` })
      await until(() => worker.state() === ThreadState.adopted && worker.records().length > 0)
      await until(() => !openFiles().includes(worker.registration.spool))
      await stop()
    },
  )

  it.runIf(existsSync('/proc/thread-self/schedstat'))(
    'keeps no file open of a thread that was terminated',
    async () => {
      const [main, worker] = [played(), played('worker')]
      const { link, stop } = recorderOf(main.registration)
      const real = idleWorker()
      const [osThread] = (await once(real, 'message')) as [string]
      link.register({ ...worker.registration, osThread })
      await until(() => worker.state() === ThreadState.adopted)
      worker.probes.enter(a)
      worker.call(b)
      expect(openFiles()).toContain(worker.registration.spool)
      await real.terminate()
      await until(() => !openFiles().includes(worker.registration.spool))
      expect(worker.records()).toEqual(expect.arrayContaining(['2: 2-3', '1: 1-NaN']))
      expect(worker.hasEnded()).toBe(true)
      await stop()
    },
  )

  it.runIf(existsSync('/proc/thread-self/schedstat'))(
    'says that nothing is missing of a thread that waited in a call when the process ended',
    async () => {
      const [main, worker] = [played(), played('worker')]
      const { link, stop } = recorderOf(main.registration)
      const real = idleWorker()
      const [osThread] = (await once(real, 'message')) as [string]
      link.register({ ...worker.registration, osThread })
      await until(() => worker.state() === ThreadState.adopted)
      worker.probes.enter(a)
      // Some decisions pass.
      await wait(300)
      await stop()
      expect(worker.hasEnded()).toBe(true)
      await real.terminate()
    },
  )
})

/** A thread that says what the system calls it, and waits. */
function idleWorker(): Worker {
  return new Worker(
    `const { parentPort } = require('node:worker_threads')
     parentPort.postMessage('/proc/' + require('node:fs').readlinkSync('/proc/thread-self'))
     parentPort.once('message', () => {})`,
    { eval: true },
  )
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      // Closed since.
      return []
    }
  })
}
