import { describe, expect, it } from 'vitest'
import { CallStack } from '../src/call-stack.js'
import { SiteWindows } from '../src/site-window.js'
import { CHECKED, LEARNED, LEFT_OUT, STOPPED, TIMED } from '../src/thread-memory.js'
import { traceSites } from '../src/traced-sites.js'
import { a, b, c, recordText, thread, TICK_PERIOD } from './thread.js'

describe('a call', () => {
  it('becomes one record, children before their parent', () => {
    const { probes, records } = thread()
    const outer = probes.enter(a)
    probes.exit(b, probes.enter(b))
    probes.exit(a, outer)
    expect(records()).toEqual(['2: 2-3', '1: 1-4'])
  })

  it('of a site that is to be tick-checked is timed until somebody tells the time for it', () => {
    const { call, records, memory } = thread()
    memory.modes[a] = TIMED | LEARNED
    call(a)
    expect(records()).toEqual(['1: 1-2'])
  })

  it('stands on the stack while it is open', () => {
    const { probes, memory } = thread()
    const stack = new CallStack(memory)
    const outer = probes.enter(a)
    probes.enter(b)
    expect([...stack.openCalls().site]).toEqual([b, a])
    probes.exit(a, outer)
    expect(stack.depth).toBe(0)
  })

  it('stands there as what it is when it is a later run, and not when another follows in its place', () => {
    const { probes, memory } = thread()
    const open = (): string[] => {
      const records = new CallStack(memory).openCalls()
      return recordText(records, records.length)
    }
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.enter(b)
    probes.resume(activation, undefined)
    expect(open()).toEqual(['1: 4-NaN', '  activation 1 run 1', '2: 3-NaN'])
    probes.end(activation)
    probes.enter(c)
    expect(open()).toEqual(['3: 6-NaN', '2: 3-NaN'])
  })

  it('closes the calls inside it that lost their own end', () => {
    const { probes, records, memory } = thread()
    const stack = new CallStack(memory)
    const outer = probes.enter(a)
    probes.enter(b)
    probes.enter(c)
    probes.exit(a, outer)
    expect(records()).toEqual(['3: 3-4', '2: 2-5', '1: 1-6'])
    expect(stack.depth).toBe(0)
  })

  it('that was ended before its end is not recorded again, and takes no other off the stack', () => {
    const { probes, closeAbove, records, memory } = thread()
    const stack = new CallStack(memory)
    const start = probes.enter(a)
    closeAbove(0)
    probes.enter(b)
    probes.exit(a, start)
    expect(records()).toEqual(['1: 1-2'])
    expect([...stack.openCalls().site]).toEqual([b])
  })
})

describe('an activation', () => {
  it('that never suspends costs one record', () => {
    const { probes, records } = thread()
    probes.end(probes.begin(a))
    expect(records()).toEqual(['1: 1-2'])
  })

  it('has a record and its number for each run', () => {
    const { probes, records } = thread()
    const activation = probes.begin(a)
    expect(probes.pause(activation, 'value')).toBe('value')
    expect(probes.resume(activation, 'resumed')).toBe('resumed')
    probes.end(activation)
    expect(records()).toEqual(['1: 1-2', '  activation 1 run 0', '1: 3-4', '  activation 1 run 1, over'])
  })

  it('that ends while it is suspended was resumed by a throw or a return', () => {
    const { probes, records } = thread()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.end(activation)
    expect(records()).toEqual(['1: 1-2', '  activation 1 run 0', '1: 3-4', '  activation 1 run 1, over'])
  })

  it('reopens once, and pauses once', () => {
    const { probes, records } = thread()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.pause(activation, undefined)
    probes.reopen(activation)
    probes.reopen(activation)
    probes.pauser(activation)[Symbol.dispose]()
    expect(records()).toHaveLength(4)
  })

  it('is told apart from others of its function', () => {
    const { probes, records } = thread()
    const [first, second] = [probes.begin(a), probes.begin(a)]
    probes.pause(second, undefined)
    probes.pause(first, undefined)
    probes.resume(first, undefined)
    probes.end(first)
    expect(records().filter((line) => line.includes('activation'))).toEqual([
      '  activation 1 run 0',
      '  activation 2 run 0',
      '  activation 2 run 1, over',
    ])
  })
})

describe('limits', () => {
  it('a call nested deeper than the limit is counted and not recorded, what it calls neither', () => {
    const { probes, records, memory } = thread({ maxDepth: 1 })
    const outer = probes.enter(a)
    const inner = probes.enter(b)
    probes.exit(c, probes.enter(c))
    probes.exit(b, inner)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 1-6'])
    expect([...memory.calls.subarray(a, c + 1)]).toEqual([0, 1, 1])
    expect(memory.leftOut).toMatchObject({ [LEFT_OUT.short]: 0, [LEFT_OUT.deep]: 2 })
  })

  it('a call shorter than the limit is counted with its length, and does not hide what it is part of', () => {
    const { probes, records, pass, memory } = thread({ minDuration: 10 })
    const outer = probes.enter(a)
    probes.exit(b, probes.enter(b))
    pass(20)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 1-24'])
    expect([memory.calls[b], memory.spentTicks[b]]).toEqual([1, 1])
    expect(memory.leftOut).toMatchObject({ [LEFT_OUT.short]: 1, [LEFT_OUT.deep]: 0 })
  })

  it('a call is hidden by one limit only', () => {
    const { call, records, pass, memory } = thread({ minDuration: 10, maxDepth: 1 })
    call(a, () => {
      call(b)
      pass(20)
    })
    call(c)
    expect(records()).toEqual(['1: 1-24'])
    expect(memory.leftOut).toMatchObject({ [LEFT_OUT.short]: 1, [LEFT_OUT.deep]: 1 })
  })

  it('an activation is counted by its first run, and leaves no number behind where that is short', () => {
    const { probes, records, memory, pass } = thread({ minDuration: 10 })
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    expect(records()).toEqual([])
    probes.resume(activation, undefined)
    probes.pause(activation, undefined)
    probes.resume(activation, undefined)
    pass(20)
    probes.end(activation)
    expect(records()).toEqual(['1: 5-26', '  activation 1 run 2, over'])
    expect([memory.calls[a], memory.spentTicks[a], memory.leftOut[LEFT_OUT.short]]).toEqual([1, 2, 1])
  })

  it('a tick-checked call that would have been recorded is counted as before', () => {
    const { call, check, memory, pass, tick, records } = thread({ minDuration: 1000 })
    check(a)
    call(a, () => {
      pass(2 * TICK_PERIOD)
      tick()
    })
    expect(records()).toEqual([])
    expect([memory.calls[a], memory.spentTicks[a]]).toEqual([1, 200])
  })
})

describe('a tick-checked call', () => {
  it('that is short is counted and leaves no record', () => {
    const { call, check, memory, records } = thread()
    check(a)
    call(a)
    call(a)
    expect(records()).toEqual([])
    expect(memory.calls[a]).toBe(2)
  })

  it('of an activation is counted once, and each later run apart, unless it is recorded', () => {
    const { probes, check, memory, pass, tick, records } = thread()
    check(a)
    const activation = probes.begin(a)
    for (let run = 1; run < 5; run++) {
      probes.pause(activation, undefined)
      probes.resume(activation, undefined)
      if (run !== 3) continue
      pass(2 * TICK_PERIOD)
      tick()
    }
    probes.end(activation)
    expect(records().filter((line) => line.startsWith(' '))).toEqual(['  activation 1 run 3'])
    expect([memory.calls[a], memory.laterRuns[a]]).toEqual([1, 3])
  })

  it('of two ticks is recorded from the latest time known before it, and not counted', () => {
    const { call, check, memory, pass, tick, records } = thread()
    check(a)
    call(a, () => {
      pass(2 * TICK_PERIOD)
      tick()
    })
    expect(records()).toEqual(['1: 1-201'])
    expect(memory.calls[a]).toBe(0)
  })

  it('that sees one tick adds the time to the estimate of its site', () => {
    const { call, check, memory, pass, tick, records } = thread()
    check(a)
    call(a, () => {
      pass(TICK_PERIOD)
      tick()
    })
    expect(records()).toEqual([])
    expect([memory.calls[a], memory.spentTicks[a]]).toEqual([1, TICK_PERIOD])
  })

  it('that throws is counted like any other', () => {
    const { call, check, memory } = thread()
    check(a)
    expect(() => {
      call(a, () => {
        throw new Error('mine')
      })
    }).toThrow('mine')
    expect(memory.calls[a]).toBe(1)
  })

  it('begins no earlier than the timed call it is part of, and after the one before it', () => {
    const { call, check, pass, tick, records } = thread()
    check(b)
    call(a, () => {
      call(c)
      call(b, () => {
        call(c)
        pass(2 * TICK_PERIOD)
        tick()
      })
    })
    expect(records()).toEqual(['3: 2-3', '3: 4-5', '2: 3-206', '1: 1-207'])
  })

  it('is closed as it was opened when its site changes its mode meanwhile', () => {
    const { call, check, memory, pass, tick, records } = thread()
    check(a)
    call(a, () => {
      memory.modes[a] = TIMED
      pass(2 * TICK_PERIOD)
      tick()
    })
    call(a, () => {
      check(a)
    })
    expect(records()).toEqual(['1: 1-201', '1: 202-203'])
  })

  it('of an activation is counted once, however often it suspends', () => {
    const { probes, check, memory, records } = thread()
    check(a)
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.resume(activation, undefined)
    probes.end(activation)
    expect(records()).toEqual([])
    expect(memory.calls[a]).toBe(1)
  })

  it('of an activation has a record for a long run, with its number', () => {
    const { probes, check, memory, pass, tick, records } = thread()
    check(a)
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.resume(activation, undefined)
    pass(2 * TICK_PERIOD)
    tick()
    probes.end(activation)
    expect(records()).toEqual(['1: 1-201', '  activation 1 run 1, over'])
    expect(memory.calls[a]).toBe(1)
  })
})

describe('while recording is stopped', () => {
  it('calls are neither recorded nor counted, those that go on when it starts again included', () => {
    const { call, check, memory, pass, tick, want, records } = thread()
    check(b)
    want('stopped')
    const long = (): void => {
      pass(2 * TICK_PERIOD)
      tick()
    }
    call(a, long)
    call(b, long)
    call(a, () => {
      call(b, () => {
        want('started')
        long()
      })
    })
    expect(records()).toEqual([])
    expect([memory.calls[a], memory.calls[b], memory.spentTicks[a], memory.spentTicks[b]]).toEqual([0, 0, 0, 0])
  })

  it('sites that are new wait too, and what the budget decided holds afterwards', () => {
    const { memory, want } = thread()
    want('stopped')
    traceSites(memory, c, 4)
    expect([...memory.modes.subarray(a, 4)]).toEqual([TIMED | STOPPED, TIMED | STOPPED, TIMED | STOPPED])
    new SiteWindows(memory, 1, false).setMode(b, CHECKED)
    want('started')
    expect([...memory.modes.subarray(a, 4)]).toEqual([TIMED, CHECKED, TIMED])
  })

  it('a tick-checked call that was open before is only counted, however long it is', () => {
    const { call, check, memory, pass, tick, want, records } = thread()
    check(a)
    call(a, () => {
      pass(2 * TICK_PERIOD)
      tick()
      want('stopped')
      want('started')
      pass(2 * TICK_PERIOD)
      tick()
    })
    expect(records()).toEqual([])
    expect(memory.calls[a]).toBe(1)
  })
})
