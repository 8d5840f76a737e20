import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encode } from './support/perfetto.js'
import { BEGIN, END, event, show } from './support/shown.js'
import { read } from './support/traces.js'

const INSTANT = 3
const COUNTER = 4

const thread = { trackDescriptor: { uuid: 5, thread: { pid: 7, tid: 8, threadName: 'main' } } }
const begin = (timestamp: number | string, name: string, more: object = {}) =>
  event(timestamp, { type: BEGIN, name }, more)
const end = (timestamp: number | string, more: object = {}) => event(timestamp, { type: END }, more)

describe('a file of another producer', () => {
  it('has slices on threads, named in the event', async () => {
    expect(await show(thread, begin(1000, 'a'), begin(1100, 'b'), end(1200), end(1500))).toEqual([
      'thread 7/8 main',
      '  a @0+500',
      '    b @100+100',
    ])
  })

  it('has names and places by numbers, until they are said anew', async () => {
    const interned = (name: string, flags: number) => ({
      trustedPacketSequenceId: 1,
      sequenceFlags: flags,
      tracePacketDefaults: { trackEventDefaults: { trackUuid: 5 } },
      internedData: {
        eventNames: [
          { iid: 3, name },
          { iid: 1e9, name: 'far' },
        ],
        sourceLocations: [{ iid: 9, fileName: '/a.cc', functionName: 'f', lineNumber: 12 }],
      },
    })
    const by = (timestamp: number, trackEvent: object) => ({
      timestamp,
      trustedPacketSequenceId: 1,
      sequenceFlags: 2,
      trackEvent,
    })
    const bytes = encode(
      thread,
      interned('first', 1),
      by(0, { type: BEGIN, nameIid: 3, sourceLocationIid: 9 }),
      by(1, { type: BEGIN, sourceLocationIid: 9 }),
      by(2, { type: BEGIN, nameIid: 1e9 }),
      interned('second', 1),
      by(3, { type: BEGIN, nameIid: 3 }),
      by(4, { type: BEGIN, nameIid: 77 }),
    )
    const { trace, warnings } = await read(bytes)
    expect(trace.sites.map(({ name, file, line }) => `${name} ${file}:${line}`)).toEqual([
      'first /a.cc:12',
      'f /a.cc:12',
      'far :0',
      'second :0',
      '(unnamed) :0',
    ])
    expect(warnings).toEqual(['Events whose name is a number that the file does not explain: 1.'])
  })

  it('is passed over where it relies on what was lost', async () => {
    const lost = { sequenceFlags: 2 }
    expect(
      await show(
        thread,
        begin(0, 'early', lost),
        { trustedPacketSequenceId: 1, sequenceFlags: 1 },
        begin(10, 'a', lost),
        { trustedPacketSequenceId: 1, previousPacketDropped: 1 },
        end(15, lost),
        { trustedPacketSequenceId: 1, incrementalStateCleared: true },
        end(20, lost),
      ),
    ).toEqual([
      'thread 7/8 main',
      '  a @0+10',
      '(Packets that rely on packets the file does not have were skipped: 2.)',
      '(Places where the producer itself lost packets: 1.)',
    ])
  })

  it('has clocks that snapshots relate', async () => {
    const DEFAULT = { trustedPacketSequenceId: 1, sequenceFlags: 1, tracePacketDefaults: { timestampClockId: 64 } }
    const snapshot = (clocks: object[]) => ({ trustedPacketSequenceId: 1, clockSnapshot: { clocks } })
    const { trace, warnings } = await read(
      encode(
        thread,
        DEFAULT,
        snapshot([
          { clockId: 64, timestamp: 0, isIncremental: true, unitMultiplierNs: 1000 },
          { clockId: 3, timestamp: 500 },
        ]),
        snapshot([
          { clockId: 6, timestamp: 10_000 },
          { clockId: 3, timestamp: 600 },
          { clockId: 1, timestamp: '1700000000000000000' },
        ]),
        begin(9500, 'boottime', { timestampClockId: 6 }),
        begin(0, 'late'),
        begin(3, 'incremental'),
        begin(20_000, 'monotonic', { timestampClockId: 3 }),
        begin(20_000, 'absolute', { timestampClockId: 6 }),
        begin(1, 'nowhere', { timestampClockId: 99 }),
      ),
    )
    const [track] = trace.tracks
    const starts =
      track.kind === 'thread'
        ? Array.from(track.slices.startNs, (ns, i) => [trace.sites[track.slices.site[i]].name, ns])
        : []
    expect(starts).toEqual([
      ['boottime', 0],
      ['late', 400],
      ['incremental', 3400],
      ['absolute', 10_500],
      ['monotonic', 19_900],
    ])
    expect(warnings).toEqual(['Events on a clock that the file does not relate to the others were skipped: 1.'])
    expect(trace.metadata).toMatchObject({ originNs: 100, originEpochMs: 1_699_999_999_999.9995 })
  })

  it('has the time of day to the nanosecond', async () => {
    expect(await show(thread, begin('1700000000000000001', 'a'), end('1700000000000000004'))).toEqual([
      'thread 7/8 main',
      '  a @0+3',
    ])
  })

  it('has uuids of 64 bits that differ in the last', async () => {
    const uuid = (last: number) => `1844674407370955${last}`
    const track = (last: number) => ({ trackDescriptor: { uuid: uuid(last), thread: { pid: 7, tid: last } } })
    const on = (last: number, trackEvent: object) => event(last, { trackUuid: uuid(last), ...trackEvent })
    expect(
      await show(track(1601), track(1602), on(1601, { type: BEGIN, name: 'a' }), on(1602, { type: BEGIN, name: 'b' })),
    ).toEqual(['thread 7/1601', '  a @0+1 open', 'thread 7/1602', '  b @1+0 open'])
  })

  it('has one thread on several sequences, out of order', async () => {
    const other = { trustedPacketSequenceId: 2 }
    expect(await show(thread, end(30, other), end(20, other), begin(0, 'a'), begin(10, 'b'))).toEqual([
      'thread 7/8 main',
      '  a @0+30',
      '    b @10+10',
    ])
  })

  it('has tracks beside threads, which may nest and overlap', async () => {
    const track = (uuid: number, more: object) => ({ trackDescriptor: { uuid, ...more } })
    const on = (trackUuid: number, timestamp: number, trackEvent: object) =>
      event(timestamp, { trackUuid, ...trackEvent })
    expect(
      await show(
        track(1, { process: { pid: 7, processName: 'app', cmdline: ['app', '-x'] } }),
        track(2, { parentUuid: 1, name: 'io' }),
        track(3, { parentUuid: 1, name: 'io' }),
        track(4, { parentUuid: 4, name: 'loop' }),
        on(2, 0, { type: BEGIN, name: 'read' }),
        on(3, 5, { type: BEGIN, name: 'write' }),
        on(2, 6, { type: BEGIN, name: 'part' }),
        on(2, 10, { type: INSTANT, name: 'ping' }),
        on(2, 11, { type: END }),
        on(2, 12, { type: END }),
        on(3, 20, { type: END }),
        on(4, 21, { type: END }),
      ),
    ).toEqual([
      'thread 7/7',
      '  ! ping @10',
      'async io',
      '  read @0+12',
      '  write @5+15',
      '  part @6+5',
      'async loop',
      '(Tracks that are their own ancestors were taken as roots: 1.)',
      '(Ends of slices that never began were skipped: 1.)',
    ])
  })

  it('has counters: whole, doubles, incremental, scaled, and beside other events', async () => {
    const counter = (uuid: number, name: string, more: object = {}) => ({
      trackDescriptor: { uuid, name, parentUuid: 5, counter: more },
    })
    const count = (timestamp: number, trackUuid: number, value: object) =>
      event(timestamp, { type: COUNTER, trackUuid, ...value })
    expect(
      await show(
        thread,
        counter(10, 'whole'),
        counter(11, 'scaled', { isIncremental: true, unitMultiplier: 1000 }),
        counter(12, 'double'),
        count(0, 10, { counterValue: -5 }),
        count(1, 11, { counterValue: 1 }),
        count(2, 11, { counterValue: 2 }),
        count(3, 12, { doubleCounterValue: 1.5 }),
        count(4, 12, {}),
        {
          trustedPacketSequenceId: 1,
          sequenceFlags: 1,
          tracePacketDefaults: {
            trackEventDefaults: { trackUuid: 5, extraCounterTrackUuids: [10], extraDoubleCounterTrackUuids: [12] },
          },
        },
        event(5, { type: BEGIN, name: 'a', extraCounterValues: [7], extraDoubleCounterValues: [2.5] }),
        event(6, { type: END, extraCounterTrackUuids: [11, 10], extraCounterValues: [1, 8] }),
      ),
    ).toEqual([
      'thread 7/8 main',
      '  a @5+1',
      'counter whole',
      '  =-5 @0',
      '  =7 @5',
      '  =8 @6',
      'counter scaled',
      '  =1000 @1',
      '  =3000 @2',
      '  =1000 @6',
      'counter double',
      '  =1.5 @3',
      '  =2.5 @5',
      '(Counter events without a value or a track were skipped: 1.)',
    ])
  })

  it('has arguments of all kinds, on the begin and on the end', async () => {
    const debugAnnotations = [
      { name: 'bool', boolValue: true },
      { name: 'uint', uintValue: '18446744073709551615' },
      { name: 'int', intValue: -1 },
      { name: 'double', doubleValue: Infinity },
      { name: 'pointer', pointerValue: 255 },
      { name: 'text', stringValueIid: 4 },
      { nameIid: 3, dictEntries: [{ name: '"', arrayValues: [{ intValue: 1 }, {}] }] },
      { name: 'json', legacyJsonValue: '{"x": 1}' },
      { name: 'bad', legacyJsonValue: '{' },
      {
        name: 'nested',
        nestedValue: {
          nestedType: 1,
          dictKeys: ['k', 'l'],
          dictValues: [{ nestedType: 2, arrayValues: [{ boolValue: true }] }],
        },
      },
    ]
    const internedData = {
      debugAnnotationNames: [{ iid: 3, name: 'dict' }],
      debugAnnotationStringValues: [{ iid: 4, name: 'interned' }],
    }
    const [, slice] = await show(
      thread,
      { trustedPacketSequenceId: 1, sequenceFlags: 1, internedData },
      event(0, { type: BEGIN, name: 'a', debugAnnotations }),
      event(5, { type: END, debugAnnotations: [{ name: 'result', stringValue: 'ok' }] }),
    )
    expect(slice).toBe(
      '  a @0+5 {"bool":true,"uint":18446744073709551615,"int":-1,"double":"Infinity","pointer":"0xff","text":"interned",' +
        '"dict":{"\\"":[1,null]},"json":{"x": 1},"bad":"{","nested":{"k":[true],"l":null},"result":"ok"}',
    )
  })

  it('has arrows: by ids on slices, and ids that are used again', async () => {
    const { trace, warnings } = await read(
      encode(
        thread,
        event(0, { type: BEGIN, name: 'a', flowIds: [1, 2] }),
        event(10, { type: END, flowIds: ['18446744073709551615'] }),
        event(20, { type: BEGIN, name: 'b', terminatingFlowIds: [1], flowIds: ['18446744073709551615'] }),
        event(25, { type: END }),
        event(30, { type: BEGIN, name: 'c', flowIds: [1] }),
        event(35, { type: END }),
        event(40, { type: BEGIN, name: 'd', flowIds: [1] }),
        event(41, { type: END }),
      ),
    )
    const { flow, slice, timeNs } = trace.flows
    expect(Array.from(flow, (number, i) => [number, slice[i], timeNs[i]])).toEqual([
      [1, 0, 0],
      [1, 1, 20],
      [2, 0, 10],
      [2, 1, 20],
      [3, 2, 30],
      [3, 3, 40],
    ])
    expect(warnings).toEqual([])
  })

  it('has compressed packets', async () => {
    const inside = encode(begin(0, 'a'), end(5))
    expect(
      await show(thread, { compressedPackets: deflateSync(inside) }, begin(6, 'b'), end(7), {
        compressedPackets: Uint8Array.of(1, 2, 3),
      }),
    ).toEqual([
      'thread 7/8 main',
      '  a @0+5',
      '  b @6+1',
      '(Compressed packets that could not be unpacked were skipped: 1.)',
    ])
  })

  it('has other data, which is counted', async () => {
    const other = { timestamp: 1, perfSample: Uint8Array.of(8, 1) }
    expect(await show(thread, other, other, begin(0, 'a'), event(1, { type: 5 }))).toEqual([
      'thread 7/8 main',
      '  a @0+0 open',
      '(Events of state tracks were skipped: 1.)',
      '(Packets that hold no track events were skipped: 2 of field 66.)',
    ])
  })

  it('names threads and processes in a process tree', async () => {
    const tree = {
      processTree: { processes: [{ pid: 7, cmdline: ['node', 'x'] }], threads: [{ tid: 8, tgid: 7, name: 'pool' }] },
    }
    const { trace } = await read(
      encode(tree, { trackDescriptor: { uuid: 5, thread: { pid: 7, tid: 8 } } }, begin(0, 'a')),
    )
    expect(trace.processes).toEqual([{ pid: 7, name: '', commandLine: ['node', 'x'] }])
    expect(trace.threads).toMatchObject([{ tid: 8, name: 'pool' }])
  })
})
