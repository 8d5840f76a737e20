import { describe, expect, it } from 'vitest'
import { SharedPorts } from '../src/shared-ports.js'

const end = { channel: 5, side: 1, sent: 2, received: 3 } as const

describe('what threads know of channels together', () => {
  it('is who came in which message, for each of its ports', () => {
    const ports = new SharedPorts()
    const elsewhere = new SharedPorts(ports.shared)
    ports.tell({ channel: 1, side: 0, number: 7 }, 0, end)
    ports.tell({ channel: 1, side: 0, number: 7 }, 1, { ...end, side: 0 })
    expect(elsewhere.find({ channel: 1, side: 0, number: 7 }, 0)).toEqual(end)
    expect(elsewhere.find({ channel: 1, side: 0, number: 7 }, 1)).toEqual({ ...end, side: 0 })
    expect(elsewhere.find({ channel: 1, side: 1, number: 7 }, 0)).toBeUndefined()
    expect(elsewhere.find({ channel: 1, side: 0, number: 8 }, 0)).toBeUndefined()
    expect(elsewhere.find({ channel: 1, side: 0, number: 7 }, 2)).toBeUndefined()
  })

  it('is the latest of a message that was sent at the second attempt', () => {
    const ports = new SharedPorts()
    const message = { channel: 1, side: 0, number: 0 } as const
    ports.tell(message, 0, end)
    ports.tell(message, 0, { ...end, channel: 9 })
    expect(ports.find(message, 0)?.channel).toBe(9)
  })

  it('is nothing wrong, when far more ports were sent than it can keep', () => {
    const ports = new SharedPorts()
    for (let number = 0; number < 50_000; number++) {
      ports.tell({ channel: 3, side: 1, number }, 0, { ...end, channel: number + 1 })
    }
    let known = 0
    for (let number = 0; number < 50_000; number++) {
      const found = ports.find({ channel: 3, side: 1, number }, 0)
      if (found === undefined) continue
      known++
      expect(found.channel).toBe(number + 1)
    }
    expect(known).toBeGreaterThan(1000)
  })

  it('are channels that all have numbers of their own, and keys that begin alike in one process', () => {
    const ports = new SharedPorts()
    const elsewhere = new SharedPorts(ports.shared)
    expect([ports.newChannel(), elsewhere.newChannel(), ports.newChannel()]).toEqual([1, 2, 3])
    expect(elsewhere.prefix).toBe(ports.prefix)
    expect(new SharedPorts().prefix).not.toBe(ports.prefix)
  })
})
