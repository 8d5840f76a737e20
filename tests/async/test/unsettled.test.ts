import type { Trace } from '@tracer/core'
import { asyncTree } from '@tracer/async-tree'
import { describe, expect, it } from 'vitest'
import { edgesOf } from './edges.js'
import { NODES } from './nodes.js'
import { recorded } from './recorded.js'

/** The tasks that go on until the end of what their thread recorded. */
function lastingToTheEnd(trace: Trace): string[] {
  const tree = asyncTree(trace)
  const end = Math.max(...tree.endNs)
  const names = Array.from({ length: tree.length }, (_, node) => trace.sites[tree.site[node]].name)
  return names
    .filter((_, node) => tree.endNs[node] === end && tree.endNs[node] - tree.startNs[node] > tree.runNs[node])
    .sort()
}

const PROGRAM = `
  import { setTimeout as sleep } from 'node:timers/promises'
  async function outer() { await inner() }
  async function inner() { await sleep(20); done(); await new Promise(() => {}) }
  async function done() { await null }
  function* numbers() { yield 1; yield 2 }
  const left = numbers()
  left.next()
  setTimeout(function ends() { setTimeout(function last() { END }, 1) }, 40)
  await outer()
`

describe.each(NODES)('on $title', ({ path }) => {
  it.each([
    ['is killed', `setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500)`],
    ['ends', 'process.exit()'],
  ])('a call that never settled waits until the program %s; a generator that is left does not', async (_, end) => {
    const trace = await recorded(path, PROGRAM.replace('END', end))
    expect(lastingToTheEnd(trace)).toEqual(['(module) program.mjs', 'inner', 'outer'])
  })

  it('with the clock that ticks, what sets what going is known as well', async () => {
    const program = `
      import { setTimeout as sleep } from 'node:timers/promises'
      async function start() { await sleep(5); work(); for await (const n of numbers()) setTimeout(function each() { work() }, 5) }
      async function* numbers() { yield 1; await sleep(5); yield 2 }
      function work() { const end = Date.now() + 5; while (Date.now() < end); }
      work(); start().then(function then() { work() })
    `
    const edges = edgesOf(await recorded(path, program, { async: true, clock: 'tick' }))
    expect(edges).toEqual([
      '(module) program.mjs',
      'each < start',
      'each < start',
      'numbers < start',
      'start < (module) program.mjs',
      'then < (module) program.mjs',
    ])
  })

  it('on a worker it is known as on the main thread', async () => {
    const program = `
      import { Worker, isMainThread } from 'node:worker_threads'
      import { setTimeout as sleep } from 'node:timers/promises'
      async function start() { await sleep(1); for await (const n of numbers()) Promise.resolve(n).then(function then() {}) }
      async function* numbers() { yield 1; await null; yield 2 }
      if (isMainThread) new Worker(new URL(import.meta.url), { name: 'other' })
      else start()
    `
    const edges = edgesOf(await recorded(path, program)).filter((edge) => !edge.startsWith('(module)'))
    expect(edges).toEqual(['numbers < start', 'start < (module) program.mjs', 'then < start', 'then < start'])
  })
})
