import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { raiseTime } from '../src/shared-time.js'

it('a time is set to what is later, and to nothing else', () => {
  const cell = new Float64Array(new SharedArrayBuffer(64))
  const seen = [5, 3, 5.5, 5.25, 1e300, 2].map((ticks) => {
    raiseTime(cell, ticks)
    return cell[0]
  })
  expect(seen).toEqual([5, 5, 5.5, 5.5, 1e300, 1e300])
})

it('a time never goes back while another thread sets it too', async () => {
  const cell = new Float64Array(new SharedArrayBuffer(64))
  const last = 2_000_000
  const other = new Worker(
    `const cell = require('node:worker_threads').workerData
     require('node:worker_threads').parentPort.postMessage('ready')
     for (let i = 1; i <= ${last}; i++) cell[0] = i * 2`,
    { eval: true, workerData: cell },
  )
  await once(other, 'message')
  const ended = once(other, 'exit')
  for (let before = 0; before < 2 * last;) {
    const seen = cell[0]
    expect(seen).toBeGreaterThanOrEqual(before)
    raiseTime(cell, seen + 1)
    before = Math.max(before, seen)
    if (seen === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
  }
  await ended
})
