import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Tracer, type Span } from '../src/index.js'
import { formatTrace, lines } from './support/format-trace.js'
import { ManualClock } from './support/manual-clock.js'

describe('a span around a function', () => {
  it('gives what the function returns and nests what it calls', () => {
    const { tracer, pass } = recording()
    const result = tracer.span('outer', () => {
      pass(1)
      tracer.span('first', () => pass(2))
      tracer.span('second', () => pass(3), { n: 2 })
      return 'result'
    })
    expect(result).toBe('result')
    expect(formatTrace(tracer.snapshot())).toBe(
      lines(`
        ..0-6 outer
        ....1-3 first
        ....3-6 second{"n":2}
      `).replaceAll('..', '  '),
    )
  })

  it('closes each frame of a recursion that throws, and passes the same exception on', () => {
    const { tracer, pass } = recording()
    const error = new Error('at the bottom')
    const dive = (level: number): void =>
      tracer.span(`level ${level}`, () => {
        pass(1)
        if (level === 3) throw error
        dive(level + 1)
      })
    let caught: unknown
    try {
      dive(1)
    } catch (thrown) {
      caught = thrown
    }
    pass(5)
    tracer.span('next', () => pass(1))
    expect(caught).toBe(error)
    expect(formatTrace(tracer.snapshot())).toBe(
      lines(`
        ..0-3 level 1
        ....1-3 level 2
        ......2-3 level 3
        ..8-9 next
      `).replaceAll('..', '  '),
    )
  })

  it('calls the function without a receiver and with no argument', () => {
    const { tracer } = recording()
    const seen: unknown[] = []
    tracer.span('f', function (this: unknown, ...args: unknown[]) {
      seen.push(this, args)
    })
    expect(seen).toEqual([undefined, []])
  })

  it('takes arguments as they are at the call', () => {
    const { tracer } = recording()
    const args = { n: 1 }
    tracer.span('f', () => void (args.n = 2), args)
    expect(formatTrace(tracer.snapshot())).toBe('  0-0 f{"n":1}')
  })

  it('does nothing but call while it is not recording', async () => {
    const tracer = new Tracer()
    const promise = Promise.resolve(1)
    expect(tracer.span('f', () => 7)).toBe(7)
    expect(tracer.span('f', () => promise)).toBe(promise)
    await promise
  })
})

describe('a span around asynchronous code', () => {
  it('lasts until the promise settles, and may overlap others', async () => {
    const { tracer, pass } = recording()
    const first = deferred<string>()
    const second = deferred<string>()
    const a = tracer.span('load', () => first.promise, { id: 'a' })
    pass(2)
    const b = tracer.span('load', () => second.promise)
    pass(3)
    first.resolve('A')
    expect(await a).toBe('A')
    pass(4)
    second.resolve('B')
    expect(await b).toBe('B')
    expect(formatTrace(tracer.snapshot())).toBe('async load\n  0-5 load{"id":"a"}\n  2-9 load')
  })

  it('passes a rejection on, and ends there', async () => {
    const { tracer, pass } = recording()
    const error = new Error('refused')
    const promise = tracer.span('load', async () => {
      await Promise.resolve()
      pass(4)
      throw error
    })
    await expect(promise).rejects.toBe(error)
    expect(formatTrace(tracer.snapshot())).toBe('async load\n  0-4 load')
  })

  it('does not mark a rejection as handled', async () => {
    const { tracer } = recording()
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    const seen = vi.fn()
    process.on('unhandledRejection', seen)
    try {
      const error = new Error('nobody looks')
      void tracer.span('load', () => Promise.reject(error))
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(seen.mock.calls.map(([reason]: unknown[]) => reason)).toEqual([error])
    } finally {
      process.off('unhandledRejection', seen)
      for (const listener of others) process.on('unhandledRejection', listener)
    }
  })

  it('does not touch what only looks like a promise', () => {
    const { tracer } = recording()
    const query = { then: vi.fn() }
    expect(tracer.span('query', () => query)).toBe(query)
    expect(query.then).not.toHaveBeenCalled()
    expect(formatTrace(tracer.snapshot())).toBe('  0-0 query')
  })

  it('is unfinished when the tracer stops first', async () => {
    const { tracer, pass } = recording()
    const gate = deferred<void>()
    const promise = tracer.span('load', () => gate.promise, { id: 1 })
    pass(3)
    tracer.stop()
    pass(3)
    gate.resolve()
    await promise
    expect(formatTrace(tracer.snapshot())).toBe('async load\n  0-~3 load{"id":1}')
  })
})

describe('a snapshot of asynchronous code', () => {
  it('shows what is pending as unfinished', async () => {
    const { tracer, pass } = recording()
    const gate = deferred<void>()
    const promise = tracer.span('load', () => gate.promise, { id: 1 })
    pass(3)
    expect(formatTrace(tracer.snapshot())).toBe('async load\n  0-~3 load{"id":1}')
    gate.resolve()
    await promise
    expect(formatTrace(tracer.snapshot())).toBe('async load\n  0-3 load{"id":1}')
  })
})

describe('a span that its caller ends', () => {
  it('lasts to the end of the block with `using`', () => {
    const { tracer, pass } = recording()
    {
      using _ = tracer.span('block', { n: 1 })
      pass(4)
    }
    pass(1)
    expect(formatTrace(tracer.snapshot())).toBe('  0-4 block{"n":1}')
  })

  it('ends once, however often it is asked to', () => {
    const { tracer, pass } = recording()
    const span = tracer.span('s')
    pass(2)
    span.end()
    pass(2)
    span.end()
    span[Symbol.dispose]()
    expect(formatTrace(tracer.snapshot())).toBe('  0-2 s')
  })

  it('becomes asynchronous when it ends before a span that began inside it', () => {
    const { tracer, pass } = recording()
    const outer = tracer.span('outer')
    pass(1)
    const inner = tracer.span('inner')
    pass(1)
    outer.end()
    pass(1)
    inner.end()
    expect(formatTrace(tracer.snapshot())).toBe('  1-3 inner\nasync outer\n  0-2 outer')
  })

  it('becomes asynchronous when the call in which it began ends first', () => {
    const { tracer, pass } = recording()
    const span = tracer.span('call', () => {
      pass(1)
      const opened = tracer.span('left open')
      pass(1)
      return opened
    })
    pass(1)
    span.end()
    expect(formatTrace(tracer.snapshot())).toBe('  0-2 call\nasync left open\n  1-3 left open')
  })

  it('is one shared span that does nothing while the tracer is not recording', () => {
    const tracer = new Tracer()
    expect(tracer.span('a')).toBe(tracer.span('b', { n: 1 }))
    tracer.span('a')[Symbol.dispose]()
  })

  it('leaves a thread whose slices nest, in whatever order spans end', () => {
    const move = fc.record({ kind: fc.constantFrom('open', 'end', 'call'), pick: fc.nat() })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 50 }), (moves) => {
        const { tracer, pass } = recording()
        const open: Span[] = []
        let begun = 0
        const rest = moves.slice()
        const run = (level: number): void => {
          for (let one = rest.shift(); one !== undefined; one = rest.shift()) {
            pass(1)
            if (one.kind === 'open') begun += open.push(tracer.span('opened')) && 1
            if (one.kind === 'end') open.splice(one.pick % (open.length + 1), 1)[0]?.end()
            if (one.kind === 'call') {
              if (level > 0 && one.pick % 2 === 0) return
              begun++
              tracer.span('call', () => run(level + 1))
            }
          }
        }
        run(0)
        for (const span of open) span.end()
        const { tracks } = tracer.snapshot()
        expect(tracks.some((track) => track.kind === 'async' && track.name.includes('overlapping'))).toBe(false)
        expect(tracks.some((track) => track.kind !== 'counter' && track.slices.unfinished.size > 0)).toBe(false)
        expect(tracks.reduce((sum, track) => sum + (track.kind === 'counter' ? 0 : track.slices.length), 0)).toBe(begun)
      }),
    )
  })
})

function recording(): { tracer: Tracer; pass: (ns: number) => void } {
  const clock = new ManualClock()
  const tracer = new Tracer({ clock })
  tracer.start()
  return { tracer, pass: (ns) => void (clock.time += ns) }
}

function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((settle) => (resolve = settle))
  return { promise, resolve }
}
