import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { hideThread, hookThreads } from '../src/own-threads.js'
import { ThreadIds } from '../src/thread-ids.js'

/** What threads were taken for, in order: `o` is ours, `p` the program's, `+` one that it would have counted. */
function idsOf(threads: string): ThreadIds {
  const ids = new ThreadIds(0)
  let id = 0
  for (const kind of threads) {
    if (kind === '+') ids.skipOne()
    else if (kind === 'o') ids.hide(++id)
    else ids.add(++id)
  }
  return ids
}

describe('the ids that the program is shown', () => {
  it.each([
    ['ppp', [1, 2, 3]],
    ['oopp', [undefined, undefined, 1, 2]],
    ['opop', [undefined, 1, undefined, 2]],
    ['oop+p', [undefined, undefined, 1, 3]],
  ])('of %s are %j', (threads, shown) => {
    const ids = idsOf(threads)
    shown.forEach((id, i) => {
      if (id === undefined) return
      expect(ids.shown(i + 1)).toBe(id)
      expect(ids.taken(id)).toBe(i + 1)
    })
  })

  it('lead to no thread where there is none', () => {
    expect(idsOf('pp+p').taken(3)).toBe(-1)
  })

  it('count threads that nobody has told of, after a moment, as the program’s', () => {
    expect(new ThreadIds(1).shown(3)).toBe(3)
  })

  it('skip a thread that the loader has started', async () => {
    hookThreads(0)
    const first = new Worker('', { eval: true })
    const own = new Worker('', { eval: true })
    hideThread(own)
    const second = new Worker('', { eval: true })
    expect(second.threadId - first.threadId).toBe(1)
    await Promise.all([first, own, second].map((worker) => once(worker, 'exit')))
  })
})
