import type { SliceTable, Trace } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protobuf } from '../src/index.js'
import { wholeTraces } from './support/arbitrary.js'
import { encode } from './support/perfetto.js'
import { fn, format, read, traceOf, write } from './support/traces.js'

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))))

const whole = encode(
  { trackDescriptor: { uuid: 5, thread: { pid: 7, tid: 8 } } },
  { timestamp: 1, trustedPacketSequenceId: 1, trackEvent: { type: 1, trackUuid: 5, name: 'a' } },
  { timestamp: 4, trustedPacketSequenceId: 1, trackEvent: { type: 2, trackUuid: 5 } },
)
const TREE = 'thread 7/8\n  a @0+3'

describe('what is no trace', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', bytes(), 'it is empty'],
    ['text', bytes('hello'), 'it breaks off at byte 2, because what stands there is no packet'],
    [
      'gzip',
      bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]),
      'it breaks off at byte 0, because what stands there is no packet',
    ],
    ['lines', bytes('\nhello\nworld\n'), 'the first packet, at byte 0, is longer than the file of 13 bytes'],
    ['JSON', bytes('[{"name":"a"}]'), 'it breaks off at byte 0, because what stands there is no packet'],
    ['packets of something else', bytes([0x0a, 2, 8, 1, 0x0a, 2, 8, 1]), 'none of the 2 packets up to byte 8 is known'],
    [
      'a length without end',
      bytes([0x0a, ...new Array<number>(20).fill(0xff)]),
      'the length of a packet has more than ten bytes',
    ],
    ['a length of 3 GB', bytes([0x0a, 0x80, 0xbc, 0xc1, 0x96, 0x0b]), 'a packet would be 3,000,000,000 bytes long'],
  ])('is refused: %s', async (_, content, cause) => {
    await expect(read(content)).rejects.toThrow(cause)
    await expect(read(content, 1)).rejects.toMatchObject({ code: 'NOT_A_TRACE' })
  })
})

describe('what is a trace up to somewhere', () => {
  it.each<[string, Uint8Array, string[]]>([
    ['nothing missing', bytes(), []],
    [
      'a cut packet',
      bytes([0x0a, 9, 8, 1]),
      [
        `The file was cut short 4 bytes into a packet, at byte ${whole.length + 4}; packets before that, which were read: 3.`,
      ],
    ],
    [
      'a length that lies',
      bytes([0x0a, 0x80, 0xbc, 0xc1, 0x96, 0x0b], 'rest'),
      [
        `The file cannot be read from byte ${whole.length} on, because a packet would be 3,000,000,000 bytes long; bytes that were not read: 10.`,
      ],
    ],
    [
      'something else',
      bytes('<html>'),
      [
        `The file cannot be read from byte ${whole.length} on, because what stands there is no packet; bytes that were not read: 6.`,
      ],
    ],
    [
      'fields beside packets',
      bytes([0x10, 0x80, 1], [0x1a, 2, 1, 2], [0x21, 1, 2, 3, 4, 5, 6, 7, 8], [0x2d, 1, 2, 3, 4]),
      [],
    ],
    ['an empty packet', bytes([0x0a, 0]), []],
    [
      'a number of eleven bytes',
      bytes([0x0a, 12, 0x40, ...new Array<number>(10).fill(0xff), 1]),
      ['Packets that are no messages were skipped: 1.'],
    ],
    [
      'a field that ends after its packet',
      bytes([0x0a, 3, 0x5a, 9, 1]),
      ['Packets that are no messages were skipped: 1.'],
    ],
    ['a field without a number', bytes([0x0a, 2, 0, 0]), ['Packets that are no messages were skipped: 1.']],
    ['a group', bytes([0x0a, 2, 0x5b, 0x5c]), ['Packets that are no messages were skipped: 1.']],
    [
      'a text of 3 GB',
      bytes([0x0a, 10, 0x5a, 8, 0xba, 1, 0x80, 0xbc, 0xc1, 0x96, 0x0b, 1]),
      ['Packets that are no messages were skipped: 1.'],
    ],
    [
      'an event without a time',
      encode({ trustedPacketSequenceId: 1, trackEvent: { type: 2, trackUuid: 5 } }),
      ['Events without a time were skipped: 1.'],
    ],
    [
      'an event of no kind',
      encode({ timestamp: 4, trustedPacketSequenceId: 1, trackEvent: { trackUuid: 5 } }),
      ['Events of an unknown kind were skipped: 1.'],
    ],
    [
      'ids of 10^9',
      encode({
        trustedPacketSequenceId: 1e9,
        sequenceFlags: 1,
        internedData: { eventNames: [{ iid: 1e9, name: 'x' }] },
      }),
      [],
    ],
  ])('is read up to there: %s', async (_, behind, expected) => {
    for (const size of [1, 1000]) {
      const { trace, warnings } = await read(bytes([...whole], [...behind]), size)
      expect(format(trace)).toBe(TREE)
      expect(warnings).toEqual(expected)
    }
  })

  it('is read as far as the first of two traces', async () => {
    const [first, second] = ['a', 'b'].map((name) =>
      traceOf((builder, thread) => builder.addSlice(thread, builder.addSite(fn(name)), 0, 3)),
    )
    const { trace, warnings } = await read(bytes([...write(first)], [...write(second)]))
    expect(trace).toEqual(first)
    expect(warnings).toEqual([
      'A second trace begins in the file; its packets, which were not read: 10. ' +
        'Traces are put into one by: tracer combine a.pftrace b.pftrace -o both.pftrace.',
    ])
  })

  it('does not follow arguments into any depth', async () => {
    // Entries of dictionaries, each in the one before, in an annotation of an event.
    let message = [0x20, 1]
    for (let i = 0; i < 1000; i++) message = [0x5a, ...varint(message.length), ...message]
    for (const tag of [0x22, 0x5a]) message = [tag, ...varint(message.length), ...message]
    message = [0x0a, ...varint(message.length + 2), 0x40, 2, ...message]
    const { trace, warnings } = await read(bytes([...whole], message))
    expect(format(trace)).toBe(TREE)
    expect(warnings).toEqual(['Packets that are no messages were skipped: 1.'])
  })

  it('gives the first slices of a file of its own that was cut anywhere', async () => {
    const trace = traceOf((builder, thread) => {
      const sites = ['a', 'b', 'ü'].map((name) => builder.addSite(fn(name)))
      for (let i = 0; i < 20; i++) {
        const position = builder.addSlice(thread, sites[i % 3], i * 10, i * 10 + (i % 2 === 0 ? 15 : 3))
        if (i % 5 === 0) builder.setArgs(thread, position, `{"i":${i},"o":[null]}`)
      }
      builder.addSource('/srv/app/fib.js', 'text')
    })
    const content = write(trace)
    const all = rows(trace)
    let longest = 0
    for (let length = 1; length < content.length; length++) {
      const cut = await read(content.subarray(0, length)).catch(() => undefined)
      if (cut === undefined) {
        expect(longest).toBe(0)
        continue
      }
      const left = rows(cut.trace)
      expect(left.length).toBeGreaterThan(longest - 1)
      longest = left.length
      expect(left.map(({ key }) => key)).toEqual(all.slice(0, left.length).map(({ key }) => key))
      for (const [i, { end, isOpen }] of left.entries()) if (!isOpen) expect(end).toBe(all[i].end)
    }
    expect(longest).toBe(all.length)
  })
})

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)]
}

/** Slices of all threads: what does not depend on how they end, and how they end. */
function rows({ tracks, sites }: Trace) {
  const of = ({ length, site, startNs, durationNs, depth, unfinished, args }: SliceTable) =>
    Array.from({ length }, (_, i) => ({
      key: `${sites[site[i]].name} ${startNs[i]} ${depth[i]} ${args.get(i) ?? ''}`,
      end: startNs[i] + durationNs[i],
      isOpen: unfinished.has(i),
    }))
  return tracks.flatMap((track) => (track.kind === 'thread' ? of(track.slices) : []))
}

describe('any bytes', () => {
  it('are read or refused, in time and in memory that fit their size', async () => {
    const SEED = 20_261_122
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(
        wholeTraces,
        fc.array(fc.record({ at: fc.nat(), value: fc.nat(255), kind: fc.constantFrom('set', 'insert', 'remove') }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 500 }),
        async (trace, changes, size) => {
          const content = [...write(trace, { args: true })].slice(0, 50_000)
          for (const { at, value, kind } of changes) {
            const place = at % content.length
            if (kind === 'set') content[place] = value
            else content.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'insert' ? [value] : []))
          }
          await readOrRefuse(Uint8Array.from(content), size)
        },
      ),
      { numRuns: 300, seed: SEED },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        await readOrRefuse(bytes([0x0a, noise.length % 128], [...noise]), 50)
      }),
      { numRuns: 1000, seed: SEED },
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6)
  })
})

async function readOrRefuse(content: Uint8Array, size: number): Promise<void> {
  protobuf().detect?.(content.subarray(0, 4096))
  try {
    const { trace } = await read(content, size)
    write(trace)
  } catch (error) {
    expect(error).toMatchObject({ code: 'NOT_A_TRACE' })
  }
}
