import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { CpuTime, osThread } from '../src/cpu-time.js'

const isTold = existsSync('/proc/thread-self/schedstat')

describe.runIf(isTold)('time on a core, where the system tells', () => {
  it('goes on while the thread works, and not while it waits', () => {
    const cpu = new CpuTime(osThread())
    const read = (): number => cpu.read() ?? NaN
    const start = read()
    while (read() - start < 20e6);
    const [worked, waitedFrom] = [read(), performance.now()]
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    const waitedNs = (performance.now() - waitedFrom) * 1e6
    expect(worked - start).toBeGreaterThanOrEqual(20e6)
    expect(read() - worked).toBeLessThan(waitedNs / 2)
    cpu.close()
  })

  it('is undefined of a thread that has ended', async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads')
       parentPort.postMessage('/proc/' + require('node:fs').readlinkSync('/proc/thread-self'))
       parentPort.once('message', () => {})`,
      { eval: true },
    )
    const [name] = (await once(worker, 'message')) as [string]
    const cpu = new CpuTime(name)
    expect(cpu.read()).toBeGreaterThan(0)
    await worker.terminate()
    expect(cpu.read()).toBeUndefined()
    cpu.close()
  })
})

it.each([undefined, '/proc/nothing'])('the time of thread %s is undefined', (name) => {
  const cpu = new CpuTime(name)
  expect(cpu.read()).toBeUndefined()
  cpu.close()
})
