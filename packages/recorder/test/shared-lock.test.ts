import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { SharedLock } from '../src/shared-lock.js'
import { allocateThreadMemory, CONTROL } from '../src/thread-memory.js'

describe('a lock', () => {
  it('is held by one at a time', () => {
    const memory = allocateThreadMemory()
    const [mine, yours] = [new SharedLock(memory), new SharedLock(memory)]
    expect([mine.tryAcquire(), yours.tryAcquire()]).toEqual([true, false])
    mine.release()
    expect(yours.tryAcquire()).toBe(true)
  })

  it('is waited for until another thread releases it', async () => {
    const memory = allocateThreadMemory()
    const lock = new SharedLock(memory)
    expect(lock.tryAcquire()).toBe(true)
    const holder = new Worker(
      `const { control, at } = require('node:worker_threads').workerData
       require('node:worker_threads').parentPort.postMessage('ready')
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
       Atomics.store(control, 0, 1)
       Atomics.store(control, at, 0)
       Atomics.notify(control, at)`,
      { eval: true, workerData: { control: memory.control, at: CONTROL.lock } },
    )
    await once(holder, 'message')
    lock.acquire()
    expect([memory.control[0], lock.tryAcquire()]).toEqual([1, false])
    await once(holder, 'exit')
  })

  it('whose holder is gone is taken from it in the end', () => {
    const lock = new SharedLock(allocateThreadMemory())
    expect(lock.tryAcquire()).toBe(true)
    lock.acquire()
    lock.release()
    expect(lock.tryAcquire()).toBe(true)
  })
})
