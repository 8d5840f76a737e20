import { expect, it } from 'vitest'
import { CHUNKS, CHUNK_SLOTS, CONTROL, CURSOR, slotOf } from '../src/thread-memory.js'
import { tickClock } from '../src/tick-clock.js'
import { a, thread } from './thread.js'

const ORIGIN = { originNs: 5, originEpochMs: 7 }

it('the tick clock is later by one with each record, and later still with the next tick', () => {
  const { call, memory } = thread()
  const { now, originNs, originEpochMs } = tickClock(memory, ORIGIN)
  memory.tick[0] = 1000
  expect(now()).toBe(1000)
  call(a)
  expect(now()).toBe(1001)
  memory.tick[0] = 2000
  expect(now()).toBe(2001)
  expect({ originNs, originEpochMs }).toEqual(ORIGIN)
})

it('the tick clock never goes back: not from chunk to chunk, nor while records are dropped, nor after that', () => {
  const { call, memory } = thread()
  const { now } = tickClock(memory, ORIGIN)
  let before = now()
  const isInFirstChunk = (): boolean => {
    const slot = slotOf(memory.control[CURSOR])
    return slot >= 5 && slot < CHUNK_SLOTS
  }
  for (let i = 0; memory.calls[a] < 10 || !isInFirstChunk(); i++) {
    call(a)
    if (memory.calls[a] === 10) Atomics.store(memory.control, CONTROL.taken, 2)
    const time = now()
    if (time < before) expect.fail(`${time} after ${before}, at record ${i}`)
    before = time
  }
  expect(memory.control[CONTROL.published]).toBe(CHUNKS)
  expect(before).toBeGreaterThan(CHUNKS * CHUNK_SLOTS)
})
