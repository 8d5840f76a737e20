import { describe, expect, it } from 'vitest'
import { CallStack } from '../src/call-stack.js'
import { LEARNED, STOPPED, TIMED } from '../src/thread-memory.js'
import { a, b, c, thread, TICK_PERIOD } from './thread.js'

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
    memory.modes[a] = LEARNED
    call(a)
    expect(records()).toEqual(['1: 2-3'])
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
    expect(records()).toEqual(['1: 1-2', '  activation 1 run 0', '1: 3-4', '  activation 1 run 1'])
  })

  it('that ends while it is suspended was resumed by a throw or a return', () => {
    const { probes, records } = thread()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.end(activation)
    expect(records()).toEqual(['1: 1-2', '  activation 1 run 0', '1: 3-4', '  activation 1 run 1'])
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
      '  activation 2 run 1',
    ])
  })
})

describe('limits', () => {
  it('a call nested deeper than the limit is not recorded, what it calls neither', () => {
    const { probes, records } = thread({ maxDepth: 1 })
    const outer = probes.enter(a)
    const inner = probes.enter(b)
    probes.exit(c, probes.enter(c))
    probes.exit(b, inner)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 1-6'])
  })

  it('a call shorter than the limit is not recorded, and does not hide what it is part of', () => {
    const { probes, records, pass } = thread({ minDuration: 10 })
    const outer = probes.enter(a)
    probes.exit(b, probes.enter(b))
    pass(20)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 1-24'])
  })

  it('a run that is not recorded leaves no number behind', () => {
    const { probes, records } = thread({ minDuration: 10 })
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    expect(records()).toEqual([])
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
    expect(records()).toEqual(['1: 1-201', '  activation 1 run 1'])
    expect(memory.calls[a]).toBe(1)
  })
})

describe('a stopped site', () => {
  it('is neither recorded nor counted', () => {
    const { call, memory, pass, tick, records } = thread()
    memory.modes[a] = STOPPED
    call(a, () => {
      pass(2 * TICK_PERIOD)
      tick()
    })
    expect(records()).toEqual([])
    expect([memory.calls[a], memory.spentTicks[a]]).toEqual([0, 0])
  })
})
