import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSpool, SpoolWriter } from '@tracer/spool'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ThreadDrain } from '../src/thread-drain.js'
import { CHUNKS, CONTROL, CURSOR } from '../src/thread-memory.js'
import { countsOf } from '../src/unrecorded-counts.js'
import { traceSites } from '../src/traced-sites.js'
import { a, b, c, recordText, thread } from './thread.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-drain-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A thread, and its drain to a file. */
function drained(path = join(folder, 'thread.spool')) {
  const spool = new SpoolWriter(path)
  const recorded = thread()
  traceSites(recorded.memory, a, 10)
  const drain = new ThreadDrain(recorded.memory, spool)
  /** All records of the file. */
  const written = (): string[] => {
    const lines: string[] = []
    for (const block of readSpool(path)) {
      if (block.kind === 'records') lines.push(...recordText(block.records, block.records.length))
    }
    return lines
  }
  return { ...recorded, drain, written, cursor: () => recorded.memory.control[CURSOR] }
}

describe('a drain', () => {
  it('takes chunks that are full and leaves the one that is being written', () => {
    const { call, drain, memory, written } = drained()
    while (memory.control[CONTROL.published] < 2) call(a)
    call(b)
    drain.takePublished()
    const lines = written()
    expect(lines).toHaveLength(memory.chunkLengths[0] + memory.chunkLengths[1])
    expect(new Set(lines.map((line) => line[0]))).toEqual(new Set(['1']))
    expect(memory.control[CONTROL.taken]).toBe(2)
  })

  it('takes a part of a chunk, and later only the rest of it', () => {
    const { call, drain, memory, written, cursor } = drained()
    call(a)
    drain.takeUpTo(cursor())
    drain.takeUpTo(cursor())
    expect(written()).toEqual(['1: 1-2'])
    call(b)
    drain.takeUpTo(cursor())
    while (memory.control[CONTROL.published] < 1) call(c)
    drain.takePublished()
    const lines = written()
    expect(lines.slice(0, 3)).toEqual(['1: 1-2', '2: 3-4', '3: 5-6'])
    expect(lines).toHaveLength(memory.chunkLengths[0])
  })

  it.each(Array.from({ length: CHUNKS }, (_, chunk) => chunk))(
    'takes nothing twice of a thread that has dropped records and stands before chunk %d',
    (chunk) => {
      const { call, drain, memory, written, cursor } = drained()
      while (memory.control[CONTROL.published] < chunk) call(a)
      drain.takePublished()
      while (memory.calls[a] < 5) call(a)
      drain.takeUpTo(cursor())
      const lines = written()
      expect(new Set(lines).size).toBe(lines.length)
      expect(memory.calls[a]).toBe(5)
    },
  )

  it('takes nothing of a chunk that the thread has left since it was looked at', () => {
    const { call, drain, memory, written, cursor } = drained()
    call(a)
    const [published, seen] = [memory.control[CONTROL.published], cursor()]
    while (memory.control[CONTROL.published] < CHUNKS) {
      call(a)
      drain.takePublished()
    }
    const before = written().length
    drain.takeCurrent(published, seen)
    expect(written()).toHaveLength(before)
  })

  it.runIf(existsSync('/dev/full'))('counts what the disk does not take, with its time, and says when', () => {
    const { call, probes, drain, memory, cursor } = drained('/dev/full')
    call(a)
    call(a)
    const activation = probes.begin(b)
    probes.pause(activation, undefined)
    probes.resume(activation, undefined)
    probes.end(activation)
    drain.takeUpTo(cursor())
    expect(countsOf(memory)).toMatchObject({ site: Int32Array.of(a, b), calls: Float64Array.of(2, 1) })
    expect(countsOf(memory).laterRuns).toEqual(Float64Array.of(0, 1))
    expect(countsOf(memory).ticks).toEqual(Float64Array.of(2, 2))
    expect(drain.takeLost()).toEqual([{ count: 4, fromTicks: 1, toTicks: 8 }])
    expect(drain.takeLost()).toEqual([])
  })

  it('counts all records as lost where there is no file', () => {
    const { call, memory, cursor } = drained()
    call(a)
    new ThreadDrain(memory, undefined).takeUpTo(cursor())
    expect(memory.lostCalls[a]).toBe(1)
  })
})

describe('calls in no record', () => {
  it('are those of both ranges of sites that are in use, without the sites that have none', () => {
    const { memory } = thread()
    traceSites(memory, a, 4)
    traceSites(memory, (2 ** 19) as typeof a, 2 ** 19 + 2)
    memory.calls[b] = 2
    memory.spentTicks[b] = 10
    memory.lostCalls[b] = 1
    memory.lostTicks[b] = 5
    memory.laterRuns[b] = 4
    memory.lostLaterRuns[b] = 2
    memory.calls[2 ** 19 + 1] = 7
    memory.calls[2 ** 19 + 2] = 9
    expect(countsOf(memory)).toEqual({
      length: 2,
      site: Int32Array.of(b, 2 ** 19 + 1),
      calls: Float64Array.of(3, 7),
      ticks: Float64Array.of(15, 0),
      laterRuns: Float64Array.of(6, 0),
    })
  })

  it('may be runs and time without a call', () => {
    const { memory } = thread()
    traceSites(memory, a, 4)
    memory.spentTicks[a] = 3
    memory.laterRuns[b] = 2
    expect(countsOf(memory)).toMatchObject({
      site: Int32Array.of(a, b),
      calls: Float64Array.of(0, 0),
      ticks: Float64Array.of(3, 0),
      laterRuns: Float64Array.of(0, 2),
    })
  })
})

describe('sites that come into use', () => {
  it('are timed, and stay what they are when others follow', () => {
    const { memory } = thread()
    traceSites(memory, 20 as typeof a, 22)
    memory.modes[20] = 0
    traceSites(memory, 22 as typeof a, 23)
    expect([...memory.modes.subarray(19, 24)]).toEqual([0, 0, 1, 1, 0])
    expect(memory.control[CONTROL.ownSitesEnd]).toBe(23)
  })
})
