import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { collectionFacts, functionTable } from '../src/index.js'

/** Collections of a thread each: from, to and the kind; and a call that they lie within. */
function trace(...threads: readonly (readonly (readonly [from: number, to: number, name: string])[])[]): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'app', commandLine: [] })
  threads.forEach((collections, i) => {
    const thread = builder.addThread({ process, tid: i + 1, name: `t${i}` })
    const run = builder.addSite({ kind: 'function', name: 'run', file: 'a.js', line: 1, column: 1 })
    builder.addSlice(thread, run, 0, 1000)
    for (const [from, to, name] of collections) {
      const site = builder.addSite({ kind: 'collection', name, file: '', line: 0, column: 0 })
      builder.addAsyncSlice(thread, site, from, to, undefined, false, 'Garbage collection')
    }
  })
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0, originNs: 0 })
}

describe('what is known of garbage collections', () => {
  it('is nothing where there are none', () => {
    expect(collectionFacts(trace([]))).toBeUndefined()
  })

  it('is how many, how long, the longest, and the thread that they stopped most', () => {
    const facts = collectionFacts(
      trace(
        [[10, 20, 'minor']],
        [
          [5, 6, 'weak'],
          [100, 140, 'major'],
        ],
        [],
      ),
    )
    expect(facts).toEqual({
      count: 3,
      totalNs: 51,
      longest: { name: 'major', ns: 40 },
      most: { thread: 1, ns: 41 },
    })
  })

  it('counts time once where one lies within another', () => {
    expect(
      collectionFacts(
        trace([
          [10, 50, 'major'],
          [20, 30, 'minor'],
          [45, 60, 'weak'],
        ]),
      ),
    ).toMatchObject({
      count: 3,
      totalNs: 50,
    })
  })
})

it('collections are no calls', () => {
  const rows = functionTable(
    trace([
      [10, 20, 'minor'],
      [30, 40, 'minor'],
    ]),
  )
  expect(rows.map(({ calls, selfNs }) => [calls, selfNs])).toEqual([[1, 1000]])
})
