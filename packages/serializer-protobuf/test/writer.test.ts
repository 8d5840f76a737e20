import { TraceBuilder, type Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { protobuf } from '../src/index.js'
import { decode, lines } from './support/perfetto.js'
import { fn, pieces, slicesOf, traceOf, write } from './support/traces.js'

/** Packets of events alone: what was interned, and the state of the sequences, is left out. */
const events = (trace: Trace) =>
  lines(write(trace))
    .filter((line) => /event=|Unfinished|track=.*parent/.test(line))
    .map((line) => line.replace(/ interned=.*?\]\}(?=$| tracer)/, ''))

describe('the written file', () => {
  it('describes the machine, its threads, and each call; functions of many calls have low numbers', () => {
    expect(lines(write(slicesOf(['a', 0, 1000], ['b', 100, 300], ['b', 400, 400])))).toEqual([
      'clocks={clocks:[{clockId:3,timestamp:1000000},{clockId:6,timestamp:1000000},{clockId:1,timestamp:1700000000000250000}],primaryTraceClock:3}',
      't=1000000 track={uuid:1,process:{pid:7,cmdline:["node","fib.js"],processName:"node"}}',
      't=1000000 seq=1 track={uuid:2,thread:{pid:7,tid:7,threadName:"main"}}',
      'seq=1 flags=1 defaults={trackEventDefaults:{trackUuid:2},timestampClockId:64}',
      'clocks={clocks:[{clockId:64,timestamp:1000000,isIncremental:true},{clockId:3,timestamp:1000000}]} seq=1',
      't=0 seq=1 event={type:BEGIN,nameIid:2,sourceLocationIid:2} interned={eventNames:[{iid:2,name:"a",tracerSite:1}],sourceLocations:[{iid:2,fileName:"/srv/app/fib.js",functionName:"a",lineNumber:1}]}',
      't=100 seq=1 event={type:BEGIN,nameIid:1,sourceLocationIid:1} interned={eventNames:[{iid:1,name:"b",tracerSite:2}],sourceLocations:[{iid:1,fileName:"/srv/app/fib.js",functionName:"b",lineNumber:1}]}',
      't=200 seq=1 event={type:END}',
      't=100 seq=1 event={type:BEGIN,nameIid:1,sourceLocationIid:1}',
      't=0 seq=1 event={type:END}',
      't=600 seq=1 event={type:END}',
    ])
  })

  it('ends what ends before what begins, at one moment, and nests what does not', () => {
    expect(events(slicesOf(['a', 0, 10], ['b', 5, 10], ['a', 10, 20]))).toEqual([
      't=0 seq=1 event={type:BEGIN,nameIid:1,sourceLocationIid:1}',
      't=5 seq=1 event={type:BEGIN,nameIid:2,sourceLocationIid:2}',
      't=5 seq=1 event={type:END}',
      't=0 seq=1 event={type:END}',
      't=0 seq=1 event={type:BEGIN,nameIid:1,sourceLocationIid:1}',
      't=10 seq=1 event={type:END}',
    ])
  })

  it('shows arguments as values, and keeps their text where that says more', () => {
    const trace = traceOf((builder, thread) => {
      const args = ['{"n":-1,"o":{"x":[1.5,null,{}]},"t":true}', '{"n": 1}', 'no JSON', '[1]', '{"__proto__":"é"}']
      args.forEach((text, i) => {
        builder.setArgs(thread, builder.addSlice(thread, builder.addSite(fn('a', { file: '' })), i, i), text)
      })
    })
    const begins = events(trace).filter((line) => line.includes('BEGIN'))
    expect(begins).toEqual([
      't=0 seq=1 event={debugAnnotations:[{nameIid:1,intValue:-1},{nameIid:2,dictEntries:[{name:"x",arrayValues:[{doubleValue:1.5},{stringValue:"null",tracerJson:true},{stringValue:"{}",tracerJson:true}]}]},{nameIid:3,boolValue:true}],type:BEGIN,nameIid:1}',
      't=1 seq=1 event={debugAnnotations:[{nameIid:1,intValue:1}],type:BEGIN,nameIid:1} tracerArgsText="{\\"n\\": 1}"',
      't=1 seq=1 event={debugAnnotations:[{nameIid:4,stringValue:"no JSON"}],type:BEGIN,nameIid:1} tracerArgsText="no JSON"',
      't=1 seq=1 event={debugAnnotations:[{nameIid:5,arrayValues:[{intValue:1}]}],type:BEGIN,nameIid:1} tracerArgsText="[1]"',
      't=1 seq=1 event={debugAnnotations:[{nameIid:6,stringValue:"é"}],type:BEGIN,nameIid:1}',
    ])
    const names = decode(write(trace)).flatMap(({ internedData }) =>
      Array.from(
        JSON.stringify(internedData ?? {}).matchAll(/debugAnnotationNames":\[\{"iid":"(\d)","name":"(\w+)"/g),
        ([, iid, name]) => iid + name,
      ),
    )
    expect(names).toEqual(['1n', '2o', '3t', '4text', '5value', '6__proto__'])
  })

  it('leaves arguments out where it is told to', () => {
    const trace = traceOf((builder, thread) => {
      builder.setArgs(thread, builder.addSlice(thread, builder.addSite(fn('a')), 0, 1), '{"n":1}')
    })
    expect(lines(write(trace, { args: false })).join('\n')).not.toMatch(/Annotation|Args/)
  })

  it('links the runs of an activation, and the ends of an arrow, by their flow', () => {
    const trace = traceOf((builder, thread) => {
      const site = builder.addSite(fn('a', { file: '' }))
      const [first, second] = [builder.addSlice(thread, site, 0, 10), builder.addSlice(thread, site, 20, 30)]
      builder.setActivation(thread, first, 3, 0)
      builder.setActivation(thread, second, 3, 1)
      builder.addFlow('x', thread, 4)
      builder.addFlow('x', thread, 20)
    })
    const activation = String(2n ** 32n + 3n)
    expect(events(trace)).toEqual([
      `t=0 seq=1 event={type:BEGIN,nameIid:1,flowIds:[${activation},1]} tracerRun=3 tracerFlowPoint=[{flow:1,offset:4}]`,
      't=10 seq=1 event={type:END}',
      `t=10 seq=1 event={type:BEGIN,nameIid:1,flowIds:[${activation},1]} tracerRun=-3 tracerFlowPoint=[{flow:1,offset:0}]`,
      't=10 seq=1 event={type:END}',
    ])
  })

  it('puts async slices that overlap on lanes of one name', () => {
    const trace = traceOf((builder, thread) => {
      const job = builder.addSite({ kind: 'async-span', name: 'job', file: '', line: 0, column: 0 })
      for (const [start, end] of [
        [0, 10],
        [5, 15],
        [10, 20],
        [12, NaN],
      ]) {
        builder.addAsyncSlice(thread, job, start, end)
      }
    })
    expect(events(trace)).toEqual([
      't=1000000 track={uuid:3,name:"job",parentUuid:2}',
      't=0 seq=2 event={categoryIids:[1],type:BEGIN,nameIid:1}',
      't=1000000 track={uuid:4,name:"job",parentUuid:2}',
      't=5 seq=2 event={categoryIids:[1],type:BEGIN,nameIid:1,trackUuid:4}',
      't=5 seq=2 event={type:END}',
      't=0 seq=2 event={categoryIids:[1],type:BEGIN,nameIid:1}',
      't=1000000 track={uuid:5,name:"job",parentUuid:2}',
      't=2 seq=2 event={categoryIids:[1],type:BEGIN,nameIid:1,trackUuid:5}',
      't=3 seq=2 event={type:END,trackUuid:4}',
      't=5 seq=2 event={type:END}',
      't=0 seq=2 tracerUnfinishedEnd=5',
    ])
  })

  it('leaves open what the end of the recording cut off, unless it lies in what ended', () => {
    const trace = traceOf((builder, thread) => {
      const site = builder.addSite(fn('a', { file: '' }))
      builder.setUnfinished(thread, builder.addSlice(thread, site, 2, 4))
      builder.addSlice(thread, site, 0, 10)
      builder.addSlice(thread, site, 20, NaN)
      builder.addSlice(thread, site, 30, NaN)
    })
    expect(events(trace)).toEqual([
      't=0 seq=1 event={type:BEGIN,nameIid:1}',
      't=2 seq=1 event={type:BEGIN,nameIid:1}',
      't=2 seq=1 event={type:END} tracerUnfinishedEnd=2',
      't=6 seq=1 event={type:END}',
      't=10 seq=1 event={type:BEGIN,nameIid:1}',
      't=10 seq=1 event={type:BEGIN,nameIid:1}',
      't=0 seq=1 tracerUnfinishedEnd=2',
      't=0 seq=1 tracerUnfinishedEnd=2',
    ])
  })

  it('puts instants inside the calls around them', () => {
    const trace = traceOf((builder, thread) => {
      const tick = builder.addSite({ kind: 'instant', name: 'tick', file: '', line: 0, column: 0 })
      builder.addSlice(thread, builder.addSite(fn('a', { file: '' })), 10, 20)
      for (const time of [5, 10, 20, 30]) builder.addInstant(thread, tick, time)
    })
    expect(events(trace).map((line) => line.replace(/seq=1 event=\{(categoryIids:\[1\],)?type:/, ''))).toEqual([
      't=0 INSTANT,nameIid:1}',
      't=5 BEGIN,nameIid:2}',
      't=0 INSTANT,nameIid:1}',
      't=10 INSTANT,nameIid:1}',
      't=0 END}',
      't=10 INSTANT,nameIid:1}',
    ])
  })

  it('writes counters as doubles on tracks of their own', () => {
    const trace = traceOf((builder, thread) => {
      builder.addSample(thread, 'queue', 'length', 3, 1.5)
      builder.addSample(thread, 'queue', 'length', 7, -0)
    })
    expect(lines(write(trace)).filter((line) => /COUNTER|counter/.test(line))).toEqual([
      't=1000000 track={uuid:3,name:"queue length",parentUuid:2,counter:{isIncremental:false}}',
      't=0 seq=2 event={type:COUNTER,doubleCounterValue:1.5}',
      't=4 seq=2 event={type:COUNTER,doubleCounterValue:0}',
    ])
  })

  it('says of a thread that lost records that packets are missing', () => {
    const lost = traceOf((builder, thread) => builder.addDrop(thread, { count: 2, startNs: 0, endNs: 1 }))
    expect(lines(write(lost)).filter((line) => line.includes('flags'))).toEqual([
      'seq=1 flags=1 previousPacketDropped=65 defaults={trackEventDefaults:{trackUuid:2},timestampClockId:64}',
    ])
  })

  it.each([
    [1, 1, { pid: 1, tid: 1 }],
    [1, 5, { pid: 1, tid: 5 }],
    [1, 0, { pid: 1, tid: 1 }],
    [0, 0, { pid: 1, tid: 1 }],
    [2 ** 32, 2 ** 32, { pid: 1, tid: 1 }],
    [9, 2 ** 40, { pid: 9, tid: 10 }],
    [-3, 2.5, { pid: 1, tid: 2 }],
  ])('gives Perfetto numbers it can take for process %d, thread %d', (pid, tid, expected) => {
    const builder = new TraceBuilder()
    builder.addThread({ process: builder.addProcess({ pid, name: '', commandLine: [] }), tid, name: '' })
    const trace = builder.build({ producer: '', clock: '', originEpochMs: 0, originNs: 0 })
    const thread = decode(write(trace)).flatMap(({ trackDescriptor }) =>
      Array.from(
        JSON.stringify(trackDescriptor ?? {}).matchAll(/"thread":\{"pid":(\d+),"tid":"(\d+)"/g),
        ([, p, t]) => ({
          pid: Number(p),
          tid: Number(t),
        }),
      ),
    )
    expect(thread).toEqual([expected])
  })

  it('takes at most 28 bytes a call, and says all anew after a megabyte', () => {
    const CALLS = 200_000
    const trace = traceOf((builder, thread) => {
      const sites = Array.from({ length: 300 }, (_, i) => builder.addSite(fn(`f${i}`, { line: i })))
      for (let i = 0; i < CALLS; i++) {
        builder.addSlice(thread, sites[Math.floor(((i * 0.618) % 1) ** 3 * 300)], i * 1000, i * 1000 + 700)
      }
    })
    const written = pieces(trace)
    const size = written.reduce((sum, { length }) => sum + length, 0)
    expect(size / CALLS).toBeLessThan(28)
    for (const { length } of written) expect(length).toBeLessThanOrEqual(65_536)
    const packets = decode(Buffer.concat(written))
    const restarts = packets.filter(({ sequenceFlags }) => sequenceFlags === 1)
    expect(restarts.length).toBe(Math.floor(size / 2 ** 20) + 1)
    const ofMostUsed = packets.filter(({ internedData }) => JSON.stringify(internedData ?? {}).includes('"iid":"1"'))
    expect(ofMostUsed.length).toBe(restarts.length)
  })

  it('holds no more than it was asked for', () => {
    let asked = 0
    const trace = traceOf((builder, thread) => {
      for (let i = 0; i < 50; i++) builder.addSlice(thread, builder.addSite(fn(`${i}`.padEnd(50_000, 'x'))), i, i)
    })
    const sites = new Proxy(trace.sites, {
      get: (target, key, receiver) => {
        if (key === '49') asked++
        return Reflect.get(target, key, receiver)
      },
    })
    const written = protobuf().serialize({ ...trace, sites, tracks: trace.tracks })
    if (!(Symbol.iterator in written)) throw new Error('the writer is synchronous')
    const iterator = written[Symbol.iterator]()
    iterator.next()
    expect(asked).toBe(1)
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) continue
    expect(asked).toBeGreaterThan(1)
  })
})
