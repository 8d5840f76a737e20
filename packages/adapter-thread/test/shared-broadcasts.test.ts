import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { BROADCAST_BYTES, SharedBroadcasts } from '../src/shared-broadcasts.js'

/** As two threads see the same memory. */
function two(stepMs?: number): readonly [SharedBroadcasts, SharedBroadcasts] {
  const shared = new SharedArrayBuffer(BROADCAST_BYTES + 8)
  return [new SharedBroadcasts(shared, 8, stepMs), new SharedBroadcasts(shared, 8, stepMs)]
}

function send(by: SharedBroadcasts, group: number): { readonly number: number; readonly isSure: boolean } {
  const sending = by.begin(group)
  const number = by.sent(sending)
  const isSure = by.isSure(sending)
  by.end(sending)
  return { number, isSure }
}

describe('what threads know of broadcasts together', () => {
  it('is which names are the same, as far as there is room', () => {
    const [here, elsewhere] = two()
    const names = Array.from({ length: 512 }, (_, i) => `name ${i}`)
    const groups = names.map((name) => here.groupOf(name))
    expect(new Set(groups).size).toBe(512)
    expect(names.toReversed().map((name) => elsewhere.groupOf(name))).toEqual(groups.toReversed())
    expect(elsewhere.groupOf('one more')).toBeUndefined()
  })

  it('is the number of each message that nobody else has sent meanwhile', () => {
    const [here, elsewhere] = two()
    expect([send(here, 3), send(elsewhere, 3), send(here, 4)]).toEqual([
      { number: 0, isSure: true },
      { number: 1, isSure: true },
      { number: 0, isSure: true },
    ])
  })

  it('is whose turn it is: one waits until the other is over', async () => {
    const shared = new SharedArrayBuffer(BROADCAST_BYTES)
    const broadcasts = new SharedBroadcasts(shared, 0, 10_000)
    // Of the group 0 the third number behind the names counts those that are over.
    const ended = (512 * 8) / 4 + 2
    broadcasts.begin(0)
    const other = new Worker(
      `const { shared, ended } = require('node:worker_threads').workerData
       const cells = new Int32Array(shared)
       require('node:worker_threads').parentPort.postMessage('ready')
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
       Atomics.add(cells, ended, 1)
       Atomics.notify(cells, ended)`,
      { eval: true, workerData: { shared, ended } },
    )
    await once(other, 'message')
    expect(send(broadcasts, 0)).toEqual({ number: 0, isSure: true })
    expect(new Int32Array(shared)[ended]).toBe(2)
    await once(other, 'exit')
  })

  it('is of two of which one has waited in vain that neither is sure, and of the one after them that it is', () => {
    const [here, elsewhere] = two()
    const first = here.begin(0)
    expect(send(elsewhere, 0)).toEqual({ number: 0, isSure: false })
    expect([here.sent(first), here.isSure(first)]).toEqual([1, false])
    here.end(first)
    expect(send(here, 0)).toEqual({ number: 2, isSure: true })
    expect(here.next(0)).toBe(3)
  })

  it('is that there is something to wait for again, when one has had its turn since somebody waited in vain', () => {
    const [here, elsewhere] = two(1)
    const slow = here.begin(0)
    send(elsewhere, 0)
    here.end(slow)
    send(elsewhere, 0)
    const next = here.begin(0)
    const beforeMs = performance.now()
    send(elsewhere, 0)
    // Four steps of a millisecond.
    expect(performance.now() - beforeMs).toBeGreaterThan(3)
    here.end(next)
  })

  it('is nothing sure any more once one has begun and never ends, for which nobody waits twice', () => {
    const [here, elsewhere] = two(50)
    here.begin(0)
    expect(send(elsewhere, 0).isSure).toBe(false)
    const beforeMs = performance.now()
    for (let i = 0; i < 200; i++) expect(send(elsewhere, 0).isSure).toBe(false)
    // To wait for each would take 40 s.
    expect(performance.now() - beforeMs).toBeLessThan(10_000)
  })

  it('is that one that seems to have its turn is not sure, where the others that are over include a later one', () => {
    const [here, elsewhere] = two()
    // As if this thread had looked just when it began, and waited since.
    const first = here.begin(0)
    const later = elsewhere.begin(0)
    elsewhere.end(later)
    const seen = { ...first, hasTurn: true }
    expect(here.isSure(seen)).toBe(false)
  })

  it('is what was not sent too, which takes no number', () => {
    const [here] = two()
    here.end(here.begin(0))
    expect([here.next(0), send(here, 0)]).toEqual([0, { number: 0, isSure: true }])
  })
})
