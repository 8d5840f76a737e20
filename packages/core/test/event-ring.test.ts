import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventRing, SiteTable, type FullPolicy, type Records, type SiteId } from '../src/index.js'
import { RingModel, type Row } from './support/ring-model.js'

const site = someSite('a')

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('EventRing', () => {
  const step = fc.oneof(
    { weight: 12, arbitrary: fc.record({ op: fc.constant('write' as const), count: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 6, arbitrary: fc.constant({ op: 'run' as const }) },
    { weight: 1, arbitrary: fc.constant({ op: 'clear' as const }) },
  )

  it.each(['overwrite', 'refuse'] as const)('agrees with plain arrays at all points: %s', (kind) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(step, { maxLength: 60 }),
        (capacity, chunkLength, steps) => {
          const ring = new EventRing({ capacity, chunkLength, onFull: { kind } })
          const model = new RingModel(kind, capacity)
          let time = 0
          const check = (): void => {
            expect(ring.sequence).toBe(model.sequence)
            expect(ring.oldest).toBe(model.oldest)
            expect(ring.dropped).toBe(model.dropped)
            expect(ring.refused).toEqual(model.refused)
            const records = ring.read()
            expect({ firstSequence: records.firstSequence, rows: rows(records) }).toEqual(model.read())
          }
          const write = (): void => {
            // Starts go up and down, as those of nested slices do.
            const row: Row = [site, (time * 7) % 100, ++time]
            ring.write(site, row[1], row[2])
            model.write(row)
            check()
          }
          for (const one of steps) {
            if (one.op === 'write') for (let i = 0; i < one.count; i++) write()
            if (one.op === 'run') {
              write()
              ring.writeActivation(3, time)
              model.write([-1, 3, time])
            }
            if (one.op === 'clear') {
              ring.clear()
              model.clear()
            }
            check()
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('keeps exactly the last records when it overwrites', () => {
    const ring = filled(1000, 2500, { kind: 'overwrite' })
    expect(Array.from(ring.read().start)).toEqual(Array.from({ length: 1000 }, (_, i) => 1500 + i))
    expect(ring.dropped).toBe(1500)
  })

  it('keeps exactly the first records when it refuses', () => {
    const ring = filled(1000, 2500, { kind: 'refuse' })
    expect(Array.from(ring.read().start)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(ring.refused).toEqual({ count: 1500, firstStart: 1000, lastStart: 2499 })
  })

  it('refuses the last run whole when only the marker of its activation has no place', () => {
    const ring = filled(4, 4, { kind: 'refuse' })
    ring.writeActivation(1, 2)
    expect(ring.read().length).toBe(3)
    expect(ring.refused).toEqual({ count: 1, firstStart: 3, lastStart: 3 })
  })

  it('needs at most 20 bytes a record', () => {
    const allocated: number[] = []
    class CountingBuffer extends SharedArrayBuffer {
      constructor(bytes: number) {
        super(bytes)
        allocated.push(bytes)
      }
    }
    vi.stubGlobal('SharedArrayBuffer', CountingBuffer)
    const ring = new EventRing({ capacity: 100_000, onFull: { kind: 'overwrite' } })
    const total = allocated.reduce((sum, bytes) => sum + bytes, 0)
    const [oneSpareSlot, cursor] = [20, 4]
    expect(total).toBeLessThanOrEqual(ring.capacity * 20 + oneSpareSlot + cursor)
  })

  it('works in a page that has no shared memory', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined)
    expect(filled(3, 5, { kind: 'overwrite' }).read().length).toBe(3)
  })

  it('gives copies that later writes do not change', () => {
    const ring = filled(4, 4, { kind: 'overwrite' })
    const before = ring.read()
    for (let i = 0; i < 4; i++) ring.write(site, 100, 100)
    expect(Array.from(before.start)).toEqual([0, 1, 2, 3])
  })
})

function filled(capacity: number, count: number, onFull: FullPolicy): EventRing {
  const ring = new EventRing({ capacity, chunkLength: 64, onFull })
  for (let i = 0; i < count; i++) ring.write(site, i, i + 1)
  return ring
}

function rows(records: Records): Row[] {
  return Array.from({ length: records.length }, (_, i) => [records.site[i], records.start[i], records.end[i]])
}

function someSite(name: string): SiteId {
  return new SiteTable().add({ kind: 'function', name, file: '', line: 0, column: 0 })
}
