import { describe, expect, it } from 'vitest'
import { encode } from './support/perfetto.js'
import { show } from './support/shown.js'
import { read } from './support/traces.js'

describe('a file of an old producer', () => {
  const descriptor = {
    trustedPacketSequenceId: 1,
    sequenceFlags: 1,
    threadDescriptor: { pid: 7, tid: 8, threadName: 'main', referenceTimestampUs: 100 },
  }
  const legacy = (phase: string, timestampDeltaUs: number, legacyEvent: object = {}, more: object = {}) => ({
    trustedPacketSequenceId: 1,
    sequenceFlags: 2,
    trackEvent: {
      timestampDeltaUs,
      name: 'a',
      categories: ['c'],
      legacyEvent: { phase: phase.charCodeAt(0), ...legacyEvent },
      ...more,
    },
  })

  it('has its thread and times in a descriptor, and slices by phase', async () => {
    expect(
      await show(
        { processDescriptor: { pid: 7, processName: 'app' } },
        descriptor,
        legacy('B', 0),
        legacy('X', 1, { durationUs: 2 }, { debugAnnotations: [{ name: 'n', intValue: 1 }] }),
        legacy('i', 1),
        legacy('E', 5),
        legacy('X', 0, { durationUs: 9 }),
        legacy('X', 1, { durationUs: 20 }),
        legacy('C', 0, {}, { debugAnnotations: [{ name: 'n', intValue: 1 }] }),
        legacy('Z', 0),
      ),
    ).toEqual([
      'thread 7/8 main',
      '  a @0+7000',
      '    a @1000+2000 {"n":1}',
      '  a @7000+9000',
      '  ! a @2000',
      'async main (overlapping)',
      '  a @8000+20000',
      'counter a',
      '  n=1 @8000',
      '(Events of an unknown kind were skipped: 1.)',
      '(Slices that partly overlap another one on their thread were moved to a track of their own: 1.)',
    ])
  })

  it('has async events by id', async () => {
    expect(
      await show(
        descriptor,
        legacy('b', 0, { localId: 1 }),
        legacy('b', 1, { localId: 2 }),
        legacy('n', 1, { localId: 2 }),
        legacy('e', 1, { localId: 1 }),
        legacy('e', 1, { localId: 2 }),
      ),
    ).toEqual(['thread 7/8 main', '  ! a @2000', 'async a', '  a @0+3000', '  a @1000+3000'])
  })

  it('has arrows by phase, at the call around them or the next', async () => {
    const { trace, warnings } = await read(
      encode(
        descriptor,
        legacy('B', 0),
        legacy('s', 1, { unscopedId: 3 }),
        legacy('E', 1),
        legacy('f', 1, { unscopedId: 3 }),
        legacy('B', 1),
        legacy('t', 1, { unscopedId: 4 }),
        legacy('E', 1),
        legacy('f', 1, { unscopedId: 4, bindToEnclosing: true }),
      ),
    )
    const { slice, timeNs } = trace.flows
    expect(Array.from(slice, (index, i) => [index, timeNs[i]])).toEqual([
      [0, 1000],
      [1, 3000],
    ])
    expect(warnings).toEqual(['Ends of arrows that meet no slice were skipped: 1.'])
  })

  it('has arrows between slices that came whole', async () => {
    const { trace, warnings } = await read(
      encode(
        descriptor,
        legacy('X', 0, { durationUs: 10 }),
        legacy('X', 1, { durationUs: 5 }),
        legacy('s', 1, { unscopedId: 3 }),
        legacy('t', 6, { unscopedId: 3 }),
        legacy('f', 4, { unscopedId: 3 }),
        legacy('X', 1, { durationUs: 5 }),
        legacy('s', 9, { unscopedId: 4 }),
      ),
    )
    const { slice, timeNs } = trace.flows
    expect(Array.from(slice, (index, i) => [index, timeNs[i]])).toEqual([
      [1, 2000],
      [0, 8000],
      [2, 12_000],
    ])
    expect(warnings).toEqual(['Ends of arrows that meet no slice were skipped: 1.'])
  })

  it('gives threads by number, and their names in events', async () => {
    const name = { name: 'thread_name', debugAnnotations: [{ name: 'name', stringValue: 'worker' }] }
    expect(
      await show(descriptor, legacy('M', 0, { tidOverride: 9 }, name), legacy('B', 0, { tidOverride: 9 })),
    ).toEqual(['thread 7/9 worker', '  a @0+0 open'])
  })

  it('has times on the monotonic clock', async () => {
    const at = (us: number, phase: string) =>
      legacy(phase, 0, {}, { timestampDeltaUs: undefined, timestampAbsoluteUs: us })
    expect(await show(descriptor, at(50, 'B'), at(70, 'E'))).toEqual(['thread 7/8 main', '  a @0+20000'])
  })
})
