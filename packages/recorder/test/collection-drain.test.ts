import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COLLECTION_RING } from '@tracer/clock-native/from-file'
import { readSpool, SpoolWriter } from '@tracer/spool'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CollectionDrain } from '../src/collection-drain.js'
import { allocateThreadMemory, COLLECTION_SLOTS } from '../src/thread-memory.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-collections-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A ring, and its drain to a file; as if many collections had passed through it before. */
function drained(before = 0, hasFile = true) {
  const path = join(folder, 'thread.spool')
  const memory = allocateThreadMemory()
  const { collections: ring, collectionCells: cells } = memory
  cells.fill(before)
  const drain = new CollectionDrain(memory, hasFile ? new SpoolWriter(path) : undefined)
  return {
    drain,
    ring,
    /** What V8 does at the end of a collection: the nth lasts from n to n.5. */
    collect: (count: number): void => {
      for (let i = 0; i < count; i++) {
        const n = cells[COLLECTION_RING.written]
        const slot = n & (COLLECTION_SLOTS - 1)
        ring.set([n, n + 0.5, 1, 20, 10], COLLECTION_RING.headDoubles + COLLECTION_RING.slotDoubles * slot)
        cells[COLLECTION_RING.written] = n + 1
      }
    },
    written: (): number[] =>
      [...readSpool(path)].flatMap((block) =>
        block.kind === 'collections' ? Array.from(block.collections, ({ start }) => start) : [],
      ),
  }
}

describe('a drain of garbage collections', () => {
  it('takes each once', () => {
    const { drain, collect, written } = drained()
    drain.take()
    collect(2)
    drain.take()
    drain.take()
    collect(1)
    drain.take()
    expect(written()).toEqual([0, 1, 2])
    expect(drain.takeLost()).toEqual([])
  })

  it.each([COLLECTION_SLOTS - 2, 2 ** 31 - 2])('goes on at the beginning of the ring, after %d of them', (before) => {
    const { drain, collect, written } = drained(before)
    collect(5)
    drain.take()
    expect(written()).toEqual([0, 1, 2, 3, 4].map((n) => (before + n) | 0))
  })

  it('takes a ring that is full', () => {
    const { drain, collect, written } = drained(7)
    collect(COLLECTION_SLOTS)
    drain.take()
    expect(written()).toHaveLength(COLLECTION_SLOTS)
  })

  it('tells once of those that had no slot', () => {
    const { drain, ring } = drained()
    ring.set([3, 40, 50], COLLECTION_RING.lost)
    expect(drain.takeLost()).toEqual([{ count: 3, fromTicks: 40, toTicks: 50 }])
    expect(drain.takeLost()).toEqual([])
  })

  it('tells of those that the disk did not take', () => {
    const { drain, collect } = drained(5, false)
    collect(2)
    drain.take()
    collect(1)
    drain.take()
    expect(drain.takeLost()).toEqual([{ count: 3, fromTicks: 5, toTicks: 7.5 }])
    expect(drain.takeLost()).toEqual([])
  })
})
