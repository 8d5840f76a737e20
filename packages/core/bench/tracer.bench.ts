// `pnpm bench`: what a call of the tracer costs. A pass makes 10,000 calls, so a mean of 1 ms is 100 ns a call.
import { bench, describe } from 'vitest'
import { EventRing, SiteTable, Tracer, portableClock } from '../src/index.js'

const CALLS = 10_000

describe('recording', () => {
  const tracer = new Tracer()
  tracer.start()
  benchCalls(tracer)
})

describe('not recording', () => {
  benchCalls(new Tracer())
})

describe('below', () => {
  const { now } = portableClock()
  const ring = new EventRing({ capacity: 1_000_000, onFull: { kind: 'overwrite' } })
  const site = new SiteTable().add({ kind: 'span', name: 'work', file: '', line: 0, column: 0 })
  bench('clock.now()', () => {
    for (let i = 0; i < CALLS; i++) now()
  })
  bench('ring.write(site, start, end)', () => {
    for (let i = 0; i < CALLS; i++) ring.write(site, i, i)
  })
})

function benchCalls(tracer: Tracer): void {
  bench('span(name, fn)', () => {
    for (let i = 0; i < CALLS; i++) tracer.span('work', work)
  })
  bench('span(name) and end()', () => {
    for (let i = 0; i < CALLS; i++) tracer.span('work').end()
  })
  bench('instant(name)', () => {
    for (let i = 0; i < CALLS; i++) tracer.instant('hit')
  })
  bench('counter(name, { length })', () => {
    for (let i = 0; i < CALLS; i++) tracer.counter('queue', { length: i })
  })
  bench('instant(name, { key, name })', () => {
    for (let i = 0; i < CALLS; i++) tracer.instant('hit', { key: i, name: 'abc' })
  })
}

function work(): undefined {
  return undefined
}
