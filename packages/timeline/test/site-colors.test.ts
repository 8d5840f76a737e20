import { TraceBuilder, type Trace } from '@tracer/core'
import { expect, test } from 'vitest'
import { siteColors } from '../src/site-colors.js'

/** One call around all others, which go through the packages by turns: the later a package, the longer its calls. */
function traceOf(calls: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  const siteOf = (file: string): number => builder.addSite({ kind: 'function', name: file, file, line: 1, column: 1 })
  const main = siteOf('/app/main.js')
  const packages = ['a', 'b', 'c', 'd'].map((name) => siteOf(`/app/node_modules/${name}/index.js`))
  builder.addSlice(thread, main, 0, calls * 100)
  for (let i = 0; i < calls; i++) {
    const at = i % packages.length
    builder.addSlice(thread, packages[at], i * 100, i * 100 + 20 * (at + 1))
  }
  return builder.build({ producer: 'test', clock: 'monotonic', originEpochMs: 0 })
}

test.each([400, 900_000])('of %i calls the dearest packages have the first colours', (calls) => {
  const { category } = siteColors(traceOf(calls), undefined, 3)
  // Of 100 ns each package has 20, 40, 60 and 80 of every fourth, and what is left is the main function's own.
  expect([...category]).toEqual([0, -1, -1, 2, 1])
})

/** Calls in the order of their files, each within the one before; and requests. */
function nestedTrace(calls: readonly (readonly [file: string, ns: number])[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  for (const [file, ns] of calls) {
    builder.addSlice(thread, builder.addSite({ kind: 'function', name: file, file, line: 1, column: 1 }), 0, ns)
  }
  for (const name of ['GET /', 'POST /']) {
    const site = builder.addSite({ kind: 'async-span', name, file: '', line: 0, column: 0 })
    builder.addAsyncSlice(thread, site, 0, 1)
  }
  return builder.build({ producer: 'test', clock: 'monotonic', originEpochMs: 0 })
}

test('what stands around others has a colour before what it calls, though it takes less itself', () => {
  const trace = nestedTrace([
    ['/app/outer.js', 100],
    ['/app/inner.js', 99],
    ['/app/least.js', 40],
  ])
  expect([...siteColors(trace, 'file', 2).category].slice(0, 3)).toEqual([0, 1, -1])
})

test('where one file has more than two thirds of the time, colours go by name', () => {
  const shared = (ns: number): Trace =>
    nestedTrace([
      ['/app/a.js', 100],
      ['/app/b.js', ns],
    ])
  expect(siteColors(shared(60)).by).toBe('file')
  expect(siteColors(shared(70)).by).toBe('name')
})

test('asynchronous spans, which have no file, are coloured by name', () => {
  const { category } = siteColors(nestedTrace([['/app/a.js', 100]]), 'file', 7)
  const [get, post] = category.slice(1)
  expect(get).not.toBe(-1)
  expect(post).not.toBe(get)
})
