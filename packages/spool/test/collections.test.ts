import { describe, expect, it } from 'vitest'
import { readSession } from '../src/index.js'
import { writtenSession } from './written-session.js'

/** Collections and values of the counter, a line each; times in ns. */
async function collectionsOf(...lines: readonly string[]): Promise<string[]> {
  const { trace } = await readSession(writtenSession(lines.join('\n')))
  const origin = trace.metadata.originNs
  return trace.tracks.flatMap((track) => {
    switch (track.kind) {
      case 'thread':
        return []
      case 'async': {
        const { site, startNs, durationNs, args, unfinished } = track.slices
        return Array.from(site, (of, i) => {
          const start = startNs[i] + origin
          const end = unfinished.has(i) ? `${start + durationNs[i]}*` : String(start + durationNs[i])
          const { kind, name } = trace.sites[of]
          return `${track.name}: ${start}-${end} ${kind} ${name} ${args.get(i) ?? ''}`.trim()
        })
      }
      case 'counter': {
        const { timeNs, value } = track.samples
        return [
          `${track.name}, ${track.series}: ${Array.from(timeNs, (ns, i) => `${ns + origin}=${value[i]}`).join(' ')}`,
        ]
      }
    }
  })
}

describe('garbage collections of a thread', () => {
  it('are a track of their kinds, and a counter of the heap before and after', async () => {
    const seen = await collectionsOf(
      'thread main collections v8',
      'f 0-100',
      'gc minor 10-20 30:10',
      'gc incremental 30-35 12:12',
      'gc major+forced 40-70 12:5.5',
      'gc weak 80-81 5.5:5.5',
    )
    expect(seen).toEqual([
      'Garbage collection: 1020-1040 collection minor collection {"usedBytesBefore":30000000,"usedBytesAfter":10000000}',
      'Garbage collection: 1060-1070 collection incremental marking {"usedBytesBefore":12000000,"usedBytesAfter":12000000}',
      'Garbage collection: 1080-1140 collection major collection {"forced":true,"usedBytesBefore":12000000,"usedBytesAfter":5500000}',
      'Garbage collection: 1160-1162 collection weak callbacks {"usedBytesBefore":5500000,"usedBytesAfter":5500000}',
      'used heap, MB: 1020=30 1040=10 1060=12 1140=5.5',
    ])
  })

  it('may lie within one another, and are told the inner one first', async () => {
    const seen = await collectionsOf('thread main', 'f 0-100', 'gc minor 20-30 9:7', 'gc weak 10-40 7:7')
    expect(seen.map((line) => line.split(' {')[0])).toEqual([
      'Garbage collection: 1020-1080 collection weak callbacks',
      'Garbage collection: 1040-1060 collection minor collection',
      'used heap, MB: 1020=7 1040=9 1060=7',
    ])
  })

  it('are not those before its first slice, which the loader made', async () => {
    const seen = await collectionsOf('thread main', 'gc minor 1-2 3:1', 'gc minor 3-6 2:1', 'f 5-9')
    expect(seen.map((line) => line.split(' {')[0])).toEqual([
      'Garbage collection: 1006-1012 collection minor collection',
      'used heap, MB: 1006=2 1012=1',
    ])
  })

  it('end where recording stops, and are none while it is stopped', async () => {
    const seen = await collectionsOf(
      'thread main',
      'f 0-100',
      'gc minor 10-20 3:1',
      'gc minor 30-40 3:1',
      'gc minor 60-70 3:1',
      'stopped @15',
      'started @50',
    )
    expect(seen.map((line) => line.split(' {')[0])).toEqual([
      'Garbage collection: 1020-1030* collection minor collection',
      'Garbage collection: 1120-1140 collection minor collection',
      'used heap, MB: 1020=3 1140=1',
    ])
  })

  it('have no heap where nobody knows of it', async () => {
    const seen = await collectionsOf('thread main', 'f 0-100', 'gc major+forced 10-20 ?:?', 'gc minor 30-40 ?:?')
    expect(seen).toEqual([
      'Garbage collection: 1020-1040 collection major collection {"forced":true}',
      'Garbage collection: 1060-1080 collection minor collection',
    ])
  })
})

describe('a session', () => {
  it.each([
    ['', false, 0],
    [' collections v8', true, 0],
    [' collections observer', true, 1],
  ])('of a thread%s says whether they were recorded, and what is not known', async (how, hasCollections, warnings) => {
    const session = await readSession(writtenSession(`thread main${how}\nf 1-2`))
    expect(session.hasCollections).toBe(hasCollections)
    expect(session.warnings.filter((warning) => warning.includes('garbage'))).toHaveLength(warnings)
  })
})
