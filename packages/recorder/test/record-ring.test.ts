import { describe, expect, it } from 'vitest'
import { CHUNKS, CHUNK_SLOTS, CONTROL, CURSOR, slotOf } from '../src/thread-memory.js'
import { a, b, recordText, thread } from './thread.js'

describe('a ring', () => {
  it('publishes a chunk when it is full, and goes on in the next', () => {
    const { call, memory } = thread()
    while (memory.control[CONTROL.published] === 0) call(a)
    expect(memory.chunkLengths[0]).toBe(CHUNK_SLOTS - 64)
    expect(memory.control[CURSOR]).toBe(CHUNK_SLOTS)
  })

  it('keeps a run of an activation in one chunk', () => {
    const { probes, call, memory } = thread()
    while (memory.control[CURSOR] < CHUNK_SLOTS - 65) call(a)
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    expect(memory.chunkLengths[0]).toBe(CHUNK_SLOTS - 63)
    const last = memory.chunkLengths[0] - 2
    const columns = {
      site: memory.site.subarray(last),
      start: memory.start.subarray(last),
      end: memory.end.subarray(last),
    }
    expect(recordText(columns, 2)[1]).toBe('  activation 1 run 0')
  })

  it('that nobody drains drops records, which become unrecorded calls, and says when', () => {
    const { call, memory, ring } = thread()
    while (memory.control[CONTROL.published] < CHUNKS) call(a)
    const kept = memory.chunkLengths.reduce((sum, length) => sum + length)
    for (let i = 0; i < 10; i++) call(a)
    expect([memory.calls[a], memory.spentTicks[a]]).toEqual([10, 10])
    expect(ring.takeDropped()).toEqual([{ count: 10, fromTicks: 1 + 2 * kept, toTicks: 20 + 2 * kept }])
    expect(ring.takeDropped()).toEqual([])
  })

  it('drops later runs as what they are', () => {
    const { call, probes, memory } = thread()
    while (memory.control[CONTROL.published] < CHUNKS) call(a)
    const activation = probes.begin(b)
    for (let run = 1; run < 4; run++) {
      probes.pause(activation, undefined)
      probes.resume(activation, undefined)
    }
    probes.end(activation)
    expect([memory.calls[b], memory.laterRuns[b]]).toEqual([1, 3])
  })

  it('writes again as soon as there is room, from the first record for which there is', () => {
    const { call, memory, ring } = thread()
    while (memory.control[CONTROL.published] < CHUNKS) call(a)
    const kept = memory.chunkLengths.reduce((sum, length) => sum + length)
    call(a)
    Atomics.store(memory.control, CONTROL.taken, 1)
    call(a)
    call(a)
    expect(slotOf(memory.control[CURSOR])).toBe(2)
    const start = 1 + 2 * (kept + 1)
    expect(recordText(memory, 2)).toEqual([`1: ${start}-${start + 1}`, `1: ${start + 2}-${start + 3}`])
    expect(ring.takeDropped().map(({ count }) => count)).toEqual([1])
  })

  it('drops nothing where the taker makes room', () => {
    const taken: number[] = []
    const { call, memory } = thread(
      {},
      {
        onFull: () => {
          taken.push(Atomics.add(memory.control, CONTROL.taken, 1))
          return true
        },
      },
    )
    while (memory.control[CONTROL.published] < CHUNKS + 2) call(a)
    expect([taken.length, memory.calls[a]]).toEqual([3, 0])
  })

  it('tells the taker how long the call was whose record has no room', () => {
    const durations: number[] = []
    const { call, memory, pass } = thread(
      {},
      {
        onFull: (duration) => {
          durations.push(duration)
          return false
        },
      },
    )
    while (memory.control[CONTROL.published] < CHUNKS) call(a)
    call(a, () => {
      pass(500)
    })
    expect(durations.slice(-2)).toEqual([1, 501])
  })

  it('outlives a taker that throws', () => {
    const { call, memory } = thread(
      {},
      {
        onPublished: () => {
          throw new RangeError('no stack left')
        },
      },
    )
    while (memory.control[CONTROL.published] < 2) call(a)
    expect(memory.calls[a]).toBe(0)
  })
})
