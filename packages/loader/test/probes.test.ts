import { ACTIVATION_MARKER, EventRing, type Clock, type RecordColumns, type SiteId } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { CallStack } from '../src/call-stack.js'
import { createProbes, type RecordLimits } from '../src/probes.js'

const [a, b, c] = [1, 2, 3] as SiteId[]

function recorder(limits: Partial<RecordLimits> = {}) {
  let ticks = 0
  const clock: Clock = { id: 'test', now: () => ticks++, nsPerTick: 1, originNs: 0, originEpochMs: 0 }
  const ring = new EventRing({ capacity: 1000, onFull: { kind: 'refuse' } })
  const stack = new CallStack()
  const { probes, closeAbove } = createProbes(ring, stack, clock, { maxDepth: Infinity, minDuration: 0, ...limits })
  return { probes, closeAbove, stack, records: () => text(ring.read()), pass: (n: number) => (ticks += n) }
}

/** One line a record: site, start and end, or the activation's id and run. */
function text({ length, site, start, end }: RecordColumns): string[] {
  return Array.from({ length }, (_, i) =>
    site[i] === ACTIVATION_MARKER ? `  activation ${start[i]} run ${end[i]}` : `${site[i]}: ${start[i]}-${end[i]}`,
  )
}

describe('a call', () => {
  it('becomes one record, children before their parent', () => {
    const { probes, records } = recorder()
    const outer = probes.enter(a)
    probes.exit(b, probes.enter(b))
    probes.exit(a, outer)
    expect(records()).toEqual(['2: 1-2', '1: 0-3'])
  })

  it('stands on the stack while it is open', () => {
    const { probes, stack } = recorder()
    const outer = probes.enter(a)
    probes.enter(b)
    expect([...stack.openCalls().site]).toEqual([b, a])
    probes.exit(a, outer)
    expect(stack.depth).toBe(0)
  })

  it('closes the calls inside it that lost their own end', () => {
    const { probes, records, stack } = recorder()
    const outer = probes.enter(a)
    probes.enter(b)
    probes.enter(c)
    probes.exit(a, outer)
    expect(records()).toEqual(['3: 2-3', '2: 1-4', '1: 0-5'])
    expect(stack.depth).toBe(0)
  })

  it('that is no longer on the stack is recorded and takes no other off', () => {
    const { probes, closeAbove, records, stack } = recorder()
    const start = probes.enter(a)
    closeAbove(0)
    probes.enter(b)
    probes.exit(a, start)
    expect(records()).toEqual(['1: 0-1', '1: 0-3'])
    expect([...stack.openCalls().site]).toEqual([b])
  })
})

describe('an activation', () => {
  it('that never suspends costs one record', () => {
    const { probes, records } = recorder()
    probes.end(probes.begin(a))
    expect(records()).toEqual(['1: 0-1'])
  })

  it('has a record and its number for each run', () => {
    const { probes, records } = recorder()
    const activation = probes.begin(a)
    expect(probes.pause(activation, 'value')).toBe('value')
    expect(probes.resume(activation, 'resumed')).toBe('resumed')
    probes.end(activation)
    expect(records()).toEqual(['1: 0-1', '  activation 1 run 0', '1: 2-3', '  activation 1 run 1'])
  })

  it('that ends while it is suspended was resumed by a throw or a return', () => {
    const { probes, records } = recorder()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.end(activation)
    expect(records()).toEqual(['1: 0-1', '  activation 1 run 0', '1: 2-3', '  activation 1 run 1'])
  })

  it('reopens once, and pauses once', () => {
    const { probes, records } = recorder()
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    probes.pause(activation, undefined)
    probes.reopen(activation)
    probes.reopen(activation)
    probes.pauser(activation)[Symbol.dispose]()
    expect(records()).toHaveLength(4)
  })

  it('is told apart from others of its function', () => {
    const { probes, records } = recorder()
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
    const { probes, records } = recorder({ maxDepth: 1 })
    const outer = probes.enter(a)
    const inner = probes.enter(b)
    probes.exit(c, probes.enter(c))
    probes.exit(b, inner)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 0-5'])
  })

  it('a call shorter than the limit is not recorded, and does not hide what it is part of', () => {
    const { probes, records, pass } = recorder({ minDuration: 10 })
    const outer = probes.enter(a)
    probes.exit(b, probes.enter(b))
    pass(20)
    probes.exit(a, outer)
    expect(records()).toEqual(['1: 0-23'])
  })

  it('a run that is not recorded leaves no number behind', () => {
    const { probes, records } = recorder({ minDuration: 10 })
    const activation = probes.begin(a)
    probes.pause(activation, undefined)
    expect(records()).toEqual([])
  })
})
