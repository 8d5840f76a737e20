import { sampleTraces, traceDifference } from '@tracer/core/testing'
import { TraceBuilder, type Trace } from '@tracer/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combineTraces } from '../src/index.js'
import { eventsOf, traced } from './support/traced-calls.js'

const A = traced({ pid: 7, events: 'call main 0 100\ncall load 10 20\ninstant sync 50' })
const B = traced({ pid: 7, events: 'call main 0 30\ninstant sync 20' })

const combined = (...traces: readonly Trace[]) =>
  combineTraces(traces.map((trace, i) => ({ trace, label: 'abcdef'[i] })))

describe('a combined trace', () => {
  it('has the events of all inputs on one axis, under processes that bear their labels', () => {
    expect(eventsOf(combined(A, B).trace)).toEqual([
      'a: node main 0+100',
      'a: node load 10+10',
      'a: node sync 50',
      'b: node main 30+30',
      'b: node sync 50',
    ])
  })

  it('has each site once, and the calls in no slice with it', () => {
    const counted = (calls: number) => {
      const builder = new TraceBuilder()
      const process = builder.addProcess({ pid: 1, name: '', commandLine: [] })
      const thread = builder.addThread({ process, tid: 1, name: '' })
      builder.addUnrecorded(
        thread,
        builder.addSite({ kind: 'function', name: 'main', file: 'app.js', line: 1, column: 1 }),
        calls,
        5,
        10 * calls,
      )
      return builder.build({ producer: 'other', clock: 'x', originEpochMs: 0 })
    }
    const { sites, unrecorded, metadata, processes } = combined(A, counted(3), counted(4)).trace
    expect(sites.map(({ name }) => name)).toEqual(['main', 'load', 'sync'])
    const { thread, site, calls, laterRuns } = unrecorded
    expect([thread, site, calls, laterRuns].map((column) => [...column])).toEqual([
      [1, 2],
      [0, 0],
      [3, 4],
      [30, 40],
    ])
    expect(metadata.producer).toBe('tracer, other')
    expect(processes.map(({ name }) => name)).toEqual(['a: node', 'b', 'c'])
  })

  it('keeps flows apart, and has one for each request between inputs', () => {
    const client = traced({ events: 'span fetch 0 100 {"spanId":"1"}', originEpochMs: 1 })
    const server = traced({ events: 'span serve 0 50 {"spanId":"2","parentId":"1"}', originEpochMs: 2 })
    const samples = sampleTraces()
    const withFlows = samples.find(({ name }) => name === 'flows between threads')?.trace ?? A
    const { flows, tracks } = combined(withFlows, client, server, withFlows).trace
    expect(new Set(flows.flow)).toEqual(new Set([1, 2, 3, 4, 5]))
    const between = [...flows.flow.keys()].filter((row) => tracks[flows.track[row]].kind === 'async')
    expect(between.map((row) => [tracks[flows.track[row]].thread, flows.slice[row]])).toEqual([
      [2, 0],
      [3, 0],
    ])
    expect(
      flows.timeNs.every(
        (time, row) => row === 0 || flows.flow[row] !== flows.flow[row - 1] || time >= flows.timeNs[row - 1],
      ),
    ).toBe(true)
  })

  it('of one input is that input under its label', () => {
    for (const { trace } of sampleTraces()) {
      const { trace: same, alignments } = combineTraces([{ trace, label: 'x' }])
      expect(alignments).toMatchObject([{ by: 'reference' }])
      expect(eventsOf(same).length).toBe(eventsOf(trace).length)
      expect(same.unrecorded.length).toBe(trace.unrecorded.length)
      expect(same.flows.length).toBe(trace.flows.length)
    }
  })
})

/** Random traces of one thread each. */
const anyTrace = fc
  .record({
    pid: fc.integer({ min: 1, max: 3 }),
    originEpochMs: fc.integer({ min: 0, max: 5 }),
    calls: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(100), fc.nat(100)), { maxLength: 10 }),
  })
  .map(({ pid, originEpochMs, calls }) =>
    traced({
      pid,
      originEpochMs,
      events: [
        'instant begin 0',
        ...calls.map(([name, start, length]) => `span ${name} ${start} ${start + length}`),
      ].join('\n'),
    }),
  )

describe('random traces', () => {
  it('are what they were when a combined trace is split by process again', () => {
    fc.assert(
      fc.property(fc.array(anyTrace, { minLength: 1, maxLength: 4 }), (traces) => {
        const { trace, alignments } = combined(...traces)
        const events = eventsOf(trace)
        for (const [i, input] of traces.entries()) {
          const label = `${'abcdef'[i]}: `
          const { shiftNs } = alignments[i]
          const own = events
            .filter((event) => event.startsWith(label))
            .map((event) =>
              event
                .slice(label.length)
                .replace(/ (-?\d+)(\+\d+)?$/, (_, time, length = '') => ` ${Number(time) - shiftNs}${length}`),
            )
          expect(traceDifference(eventsOf(input), own)).toBeUndefined()
        }
        expect(Math.min(...trace.tracks.map((track) => (track.kind === 'thread' ? track.instants.timeNs[0] : 0)))).toBe(
          0,
        )
      }),
    )
  })
})
