import { describe, expect, it } from 'vitest'
import { BROADCAST_BYTES, SharedBroadcasts } from '../src/shared-broadcasts.js'

/** As two threads see the same memory. */
function two(): readonly [SharedBroadcasts, SharedBroadcasts] {
  const shared = new SharedArrayBuffer(BROADCAST_BYTES + 8)
  return [new SharedBroadcasts(shared, 8), new SharedBroadcasts(shared, 8)]
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
    const send = (by: SharedBroadcasts, group: number): unknown => {
      const sending = by.begin(group)
      const sent = by.sent(sending)
      by.end(sending)
      return sent
    }
    expect([send(here, 3), send(elsewhere, 3), send(here, 4)]).toEqual([
      { number: 0, isSure: true },
      { number: 1, isSure: true },
      { number: 0, isSure: true },
    ])
  })

  it('is of two that overlap that neither is sure, and of the one after them that it is', () => {
    const [here, elsewhere] = two()
    const first = here.begin(0)
    const second = elsewhere.begin(0)
    expect(here.still(0)).toBeUndefined()
    expect(elsewhere.sent(second)).toEqual({ number: 0, isSure: false })
    elsewhere.end(second)
    expect(here.sent(first)).toEqual({ number: 1, isSure: false })
    here.end(first)
    const third = here.begin(0)
    expect(here.sent(third)).toEqual({ number: 2, isSure: true })
    here.end(third)
    expect([here.still(0), here.next(0)]).toEqual([3, 3])
  })

  it('is nothing sure any more once one has begun and never ends', () => {
    const [here, elsewhere] = two()
    here.begin(0)
    const later = elsewhere.begin(0)
    expect(elsewhere.sent(later).isSure).toBe(false)
    elsewhere.end(later)
    expect(elsewhere.still(0)).toBeUndefined()
  })

  it('is what was not sent too, which takes no number', () => {
    const [here] = two()
    here.end(here.begin(0))
    expect([here.still(0), here.next(0)]).toEqual([1, 0])
  })
})
