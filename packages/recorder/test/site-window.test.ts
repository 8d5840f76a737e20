import { describe, expect, it } from 'vitest'
import type { RecordLimits } from '../src/record-limits.js'
import { SiteWindows } from '../src/site-window.js'
import { CHECKED, CURSOR, TIMED } from '../src/thread-memory.js'
import { a, b, thread, TICK_PERIOD } from './thread.js'

/** A thread of 2 ns a tick, and what it did. */
function watched(limits: Partial<RecordLimits> = {}) {
  const recorded = thread(limits)
  const { memory } = recorded
  const windows = new SiteWindows(memory, 2, limits.minDuration !== undefined)
  let seen = 0
  const take = () => {
    const cursor = memory.control[CURSOR]
    windows.observe({
      length: cursor - seen,
      site: memory.site.subarray(seen, cursor),
      start: memory.start.subarray(seen, cursor),
      end: memory.end.subarray(seen, cursor),
    })
    seen = cursor
    return windows.take().sites
  }
  return { ...recorded, windows, take }
}

describe('the window of a thread', () => {
  it('has the calls of each timed site and their time, and begins anew each time', () => {
    const { call, take } = watched()
    call(a)
    call(a)
    call(b)
    expect(take()).toEqual([
      { site: a, isTimed: true, calls: 2, totalNs: 4 },
      { site: b, isTimed: true, calls: 1, totalNs: 2 },
    ])
    expect(take()).toEqual([])
  })

  it('has the timed calls that a limit kept out', () => {
    const { call, take, pass, windows } = watched({ minDuration: 10 })
    call(a)
    call(a, () => pass(20))
    call(b)
    expect(take()).toEqual([
      { site: a, isTimed: true, calls: 2, totalNs: 44 },
      { site: b, isTimed: true, calls: 1, totalNs: 2 },
    ])
    expect(take()).toEqual([])
    windows.setMode(b, CHECKED)
    call(b)
    expect(take()).toEqual([{ site: b, isTimed: false, calls: 1, totalNs: 0 }])
  })

  it('has each later run of a tick-checked activation, which costs as much as a call', () => {
    const { probes, take, windows } = watched()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    windows.setMode(a, CHECKED)
    take()
    for (let run = 0; run < 3; run++) probes.pause(probes.resume(activation, activation), undefined)
    expect(take()).toEqual([{ site: a, isTimed: false, calls: 3, totalNs: 0 }])
  })

  it('leaves the numbers of activations out', () => {
    const { probes, take } = watched()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    expect(take()).toEqual([{ site: a, isTimed: true, calls: 1, totalNs: 2 }])
  })

  it('has counts and estimates of tick-checked sites, those of long calls included', () => {
    const { call, take, windows, pass, tick } = watched()
    windows.setMode(a, CHECKED)
    for (let i = 0; i < 10; i++) call(a)
    call(a, () => {
      pass(TICK_PERIOD)
      tick()
    })
    expect(take()).toEqual([{ site: a, isTimed: false, calls: 11, totalNs: 2 * TICK_PERIOD }])
    call(a, () => {
      pass(3 * TICK_PERIOD)
      tick()
    })
    const [window] = take()
    expect([window.calls, window.totalNs >= 6 * TICK_PERIOD]).toEqual([1, true])
    expect(take()).toEqual([])
  })

  it('does not count what came before a site was tick-checked', () => {
    const { memory, take, windows, call } = watched()
    memory.calls[a] = 1000
    windows.setMode(a, CHECKED)
    call(a)
    expect(take()).toEqual([{ site: a, isTimed: false, calls: 1, totalNs: 0 }])
    windows.setMode(a, TIMED)
    expect(windows.hasChecked).toBe(false)
    expect(take()).toEqual([])
  })

  it('has sites of the highest ids', () => {
    const { windows } = watched()
    const site = 2 ** 20 - 1
    windows.observe({ length: 1, site: Int32Array.of(site), start: Float64Array.of(1), end: Float64Array.of(3) })
    windows.observe({ length: 1, site: Int32Array.of(a), start: Float64Array.of(1), end: Float64Array.of(2) })
    expect(windows.take().sites).toEqual([
      { site, isTimed: true, calls: 1, totalNs: 4 },
      { site: a, isTimed: true, calls: 1, totalNs: 2 },
    ])
  })
})
