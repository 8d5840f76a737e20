import { describe, expect, it } from 'vitest'
import { Tracer, TracerError, type EventFilter, type TracerOptions } from '../src/index.js'
import { formatTrace, lines } from './support/format-trace.js'
import { ManualClock } from './support/manual-clock.js'

describe('the life cycle of a Tracer', () => {
  it('records nothing before start and after stop', () => {
    const { tracer } = manual()
    const all = (): void => {
      tracer.instant('i')
      tracer.counter('c', { a: 1 })
      tracer.span('s', () => undefined)
      tracer.span('d').end()
    }
    all()
    tracer.start()
    tracer.stop()
    all()
    expect(tracer.state).toBe('idle')
    expect(formatTrace(tracer.snapshot())).toBe('')
  })

  it('tells its state', () => {
    const { tracer } = manual()
    const states = [tracer.state]
    for (const step of ['start', 'pause', 'resume', 'pause', 'start', 'pause', 'stop'] as const) {
      tracer[step]()
      states.push(tracer.state)
    }
    expect(states.join(' ')).toBe('idle recording paused recording paused recording paused idle')
  })

  it('does nothing when there is nothing to do', () => {
    const { tracer } = manual()
    for (const step of ['stop', 'pause', 'resume', 'clear'] as const) tracer[step]()
    expect(tracer.state).toBe('idle')
    tracer.start()
    for (const step of ['start', 'resume', 'clear'] as const) tracer[step]()
    expect(tracer.state).toBe('recording')
  })

  it('records no event that begins during a pause, and spans that end in it', () => {
    const { tracer, clock } = manual()
    tracer.start()
    const before = tracer.span('before')
    tracer.pause()
    tracer.instant('i')
    const during = tracer.span('during')
    clock.time = 5
    before.end()
    tracer.resume()
    during.end()
    expect(formatTrace(tracer.snapshot())).toBe('  0-5 before')
  })

  it('keeps what it recorded over a second start until it is cleared', () => {
    const { tracer, clock } = manual()
    for (clock.time = 1; clock.time < 3; clock.time++) {
      tracer.start()
      tracer.instant('i')
      tracer.stop()
    }
    expect(formatTrace(tracer.snapshot())).toBe('  @0 i\n  @1 i')
    tracer.clear()
    expect(formatTrace(tracer.snapshot())).toBe('')
  })

  it('marks spans that are open at stop as unfinished, and ignores their end', () => {
    const { tracer, clock } = manual()
    tracer.start()
    const outer = tracer.span('outer', { id: 1 })
    clock.time = 2
    const inner = tracer.span('inner')
    clock.time = 10
    tracer.stop()
    tracer.start()
    clock.time = 20
    inner.end()
    outer.end()
    tracer.instant('later')
    expect(formatTrace(tracer.snapshot())).toBe(
      lines(`
        ..0-~10 outer{"id":1}
        ....2-~10 inner
        ..@20 later
      `).replaceAll('..', '  '),
    )
  })

  it('marks a call as unfinished that stops the tracer itself', () => {
    const { tracer, clock } = manual()
    tracer.start()
    tracer.span('main', () => {
      clock.time = 4
      tracer.stop()
      clock.time = 9
    })
    expect(formatTrace(tracer.snapshot())).toBe('  0-~4 main')
  })

  it('still records spans that were open when it was cleared', () => {
    const { tracer, clock } = manual()
    tracer.start()
    const open = tracer.span('open')
    tracer.instant('forgotten')
    tracer.clear()
    clock.time = 3
    open.end()
    expect(formatTrace(tracer.snapshot())).toBe('  0-3 open')
  })
})

describe('instants and counters', () => {
  it('records a moment with its arguments as they are then', () => {
    const { tracer, clock } = manual()
    const args = { key: 'a' }
    tracer.start()
    tracer.instant('miss', args)
    args.key = 'b'
    clock.time = 4
    tracer.instant('miss')
    expect(formatTrace(tracer.snapshot())).toBe('  @0 miss{"key":"a"}\n  @4 miss')
  })

  it('records a track for each series of a counter', () => {
    const { tracer, clock } = manual()
    tracer.start()
    tracer.counter('queue', { length: 3, bytes: 1.5 })
    clock.time = 7
    tracer.counter('queue', { length: -1 })
    expect(formatTrace(tracer.snapshot())).toBe('counter queue.length: @0 3, @7 -1\ncounter queue.bytes: @0 1.5')
  })

  it('leaves out values that are no finite numbers, and does not run getters for them', () => {
    const { tracer } = manual()
    tracer.start()
    const values = {
      nan: NaN,
      infinite: Infinity,
      fine: 0,
      get trap(): number {
        throw new Error('the getter ran')
      },
    }
    tracer.counter('c', values)
    expect(formatTrace(tracer.snapshot())).toBe('counter c.fine: @0 0')
  })

  it('keeps apart names of different kinds, and series that read alike', () => {
    const { tracer } = manual()
    tracer.start()
    tracer.instant('a')
    tracer.span('a', () => undefined)
    tracer.counter('a', { b: 1 })
    tracer.counter('a.b', { '': 2 })
    expect(formatTrace(tracer.snapshot())).toBe('  0-0 a\n  @0 a\ncounter a.b: @0 1\ncounter a.b.: @0 2')
  })
})

describe('names', () => {
  it('may be missing in JavaScript without harm to the program', () => {
    const { tracer } = manual()
    tracer.start()
    // @ts-expect-error the types do not allow it
    tracer.instant(undefined)
    // @ts-expect-error the types do not allow it
    expect(tracer.span(null, () => 3)).toBe(3)
    // @ts-expect-error the types do not allow it
    tracer.span(5)
    expect(formatTrace(tracer.snapshot())).toBe('  0-~0 (no name)\n    0-0 (no name)\n  @0 (no name)')
  })
})

describe('a full Tracer', () => {
  it('keeps the last records and counts the others', () => {
    const { tracer, clock } = manual({ capacity: 3 })
    clock.time = 100
    tracer.start()
    for (let i = 0; i < 10; i++) {
      clock.time++
      tracer.instant('i', { i })
      expect(tracer.dropped).toBe(Math.max(0, i - 2))
    }
    const trace = tracer.snapshot()
    expect(formatTrace(trace)).toBe('  @0 i{"i":7}\n  @1 i{"i":8}\n  @2 i{"i":9}')
    // From the start of recording to the end of the oldest record that is left, at 108.
    expect(trace.threads[0].drops).toEqual([{ count: 7, startNs: -8, endNs: 0 }])
  })

  it('keeps the first records when it is told to refuse', () => {
    const { tracer, clock } = manual({ capacity: 2, overflow: 'refuse' })
    tracer.start()
    for (let i = 0; i < 5; i++) {
      tracer.instant('i', { i })
      clock.time++
    }
    const trace = tracer.snapshot()
    expect(formatTrace(trace)).toBe('  @0 i{"i":0}\n  @1 i{"i":1}')
    expect(tracer.dropped).toBe(3)
    expect(trace.threads[0].drops).toEqual([{ count: 3, startNs: 2, endNs: 4 }])
  })

  it('forgets what was dropped when it is cleared', () => {
    const { tracer } = manual({ capacity: 1 })
    tracer.start()
    for (let i = 0; i < 5; i++) tracer.instant('i')
    tracer.clear()
    expect(tracer.dropped).toBe(0)
    expect(tracer.snapshot().threads[0].drops).toEqual([])
  })
})

describe('snapshot', () => {
  it('shows open spans as unfinished and leaves them open', () => {
    const { tracer, clock } = manual()
    tracer.start()
    const outer = tracer.span('outer')
    clock.time = 2
    const inner = tracer.span('inner', { n: 1 })
    clock.time = 5
    expect(formatTrace(tracer.snapshot())).toBe('  0-~5 outer\n    2-~5 inner{"n":1}')
    clock.time = 8
    inner.end()
    outer.end()
    expect(formatTrace(tracer.snapshot())).toBe('  0-8 outer\n    2-8 inner{"n":1}')
  })

  it('is a copy that later events do not change', () => {
    const { tracer } = manual()
    tracer.start()
    tracer.instant('i')
    const trace = tracer.snapshot()
    tracer.instant('i')
    tracer.clear()
    expect(formatTrace(trace)).toBe('  @0 i')
    expect(Object.isFrozen(trace)).toBe(true)
  })

  it('leaves out what a filter rejects', () => {
    const { tracer, clock } = manual()
    const onlyLong: EventFilter = { id: 'long', keeps: (_site, slices, i) => slices.durationNs[i] >= 5 }
    const notB: EventFilter = { id: 'not-b', keeps: (site) => site.name !== 'b' }
    tracer.start()
    tracer.span('a', () => void (clock.time += 9))
    tracer.span('b', () => void (clock.time += 9))
    tracer.span('c', () => void (clock.time += 1))
    expect(formatTrace(tracer.snapshot({ filter: onlyLong }))).toBe('  0-9 a\n  9-18 b')
    expect(formatTrace(tracer.snapshot({ filter: [onlyLong, notB] }))).toBe('  0-9 a')
  })

  it('says who recorded, with which clock', () => {
    const { tracer } = manual({ name: 'my app' })
    const { metadata, processes, threads } = tracer.snapshot()
    expect(metadata).toMatchObject({ producer: '@tracer/core', clock: 'manual' })
    expect(processes).toEqual([{ pid: 1, name: 'my app', commandLine: [] }])
    expect(threads).toMatchObject([{ process: 0, tid: 1, name: 'main', complete: true }])
  })

  it('claims no origin on the monotonic axis when the clock knows none', () => {
    const { tracer, clock } = manual()
    clock.time = 500
    tracer.start()
    tracer.instant('i')
    expect(tracer.snapshot().metadata).toMatchObject({ originNs: 0, originEpochMs: 0.0005 })
  })
})

describe('options', () => {
  it.each<[string, object]>([
    ['option capactiy is not an option; known are capacity, overflow, clock, name', { capactiy: 1 }],
    ['option capacity must be a whole number from 1 to 268435456, not 0', { capacity: 0 }],
    ['not 1.5', { capacity: 1.5 }],
    ['not NaN', { capacity: NaN }],
    ['not 1000000000', { capacity: 1e9 }],
    ['not 10', { capacity: '10' }],
    ["option overflow must be 'overwrite' or 'refuse', not drop", { overflow: 'drop' }],
    ['option clock must have the fields of a Clock', { clock: { now: Date.now } }],
    ['option clock must have', { clock: null }],
    ['option name must be a string, not of type number', { name: 5 }],
  ])('rejects: %s', (message, options) => {
    const make = (): Tracer => new Tracer(options)
    expect(make).toThrow(TracerError)
    expect(make).toThrow(message)
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }))
  })
})

function manual(options: TracerOptions = {}): { tracer: Tracer; clock: ManualClock } {
  const clock = new ManualClock()
  return { tracer: new Tracer({ clock, ...options }), clock }
}
