import type { Trace } from '@tracer/core'
import { describe, expect, it } from 'vitest'
import { readSession } from '../src/index.js'
import { writtenSession } from './written-session.js'

/** Async slices, instants, samples and flows, a line each; times as they were written, in ns. */
function eventsText(trace: Trace): string[] {
  const { sites, tracks, flows, metadata } = trace
  const at = (ns: number): number => ns + metadata.originNs
  const lines = tracks.flatMap((track) => {
    const thread = trace.threads[track.thread].name
    switch (track.kind) {
      case 'thread': {
        const { site, timeNs, args } = track.instants
        return Array.from(site, (s, i) => `${thread} @${at(timeNs[i])} ${sites[s].name} ${args.get(i) ?? ''}`.trim())
      }
      case 'async': {
        const { startNs, durationNs, args, unfinished } = track.slices
        return Array.from(startNs, (start, i) =>
          `${thread} ${at(start)}-${at(start + durationNs[i])}${unfinished.has(i) ? '*' : ''} ${track.name} ${args.get(i) ?? ''}`.trim(),
        )
      }
      case 'counter':
        return Array.from(
          track.samples.value,
          (value, i) => `${thread} @${at(track.samples.timeNs[i])} ${track.name}.${track.series} ${value}`,
        )
    }
  })
  const ends = Array.from(flows.flow, (flow, i) => {
    const track = tracks[flows.track[i]]
    const name = track.kind === 'counter' ? '' : sites[track.slices.site[flows.slice[i]]].name
    return `flow ${flow}: ${trace.threads[track.thread].name} ${name} @${at(flows.timeNs[i])}`
  })
  return [...lines, ...ends]
}

async function eventsOf(session: string): Promise<string[]> {
  return eventsText((await readSession(writtenSession(session))).trace)
}

describe('events of a thread', () => {
  it('are spans, instants and values of counters', async () => {
    const events = await eventsOf(`
      thread main
      f 0-100
      event name 1 request
      event name 2 queue
      event name 3 length
      event beginSpan @5 1 #7 {"method":"GET"}
      event instant @6 1 #0 {"a":1}
      event sample @7 2 #2.5 3
      event endSpan @9 0 #7 {"status":200}
    `)
    expect(events).toEqual([
      'main @1012 request {"a":1}',
      'main 1010-1018 request {"method":"GET","status":200}',
      'main @1014 queue.length 2.5',
    ])
  })

  it('are spans of a kind, with its track and arguments, that end with a count', async () => {
    const session = `
      thread main
      f 0-100
      event name 1 incoming
      event name 2 GET /a
      event name 3 GET /:id
      event name 4 "status":200,"bytes"
      event spanName @0 2 #1 {"method":"GET"}
      event spanName @0 3 #1
      event beginSpan @5 2 #-7
      event beginSpan @6 2 #-8 {"traceId":"1"}
      event endCounted @9 -7 #12 4
      event endSpan @10 3 #-8 {"status":404}
    `
    expect(await eventsOf(session)).toEqual([
      'main 1010-1018 incoming {"method":"GET","status":200,"bytes":12}',
      'main 1012-1020 incoming {"method":"GET","traceId":"1","status":404}',
    ])
    const { sites, tracks } = (await readSession(writtenSession(session))).trace
    const track = tracks[1]
    const names = track.kind === 'async' ? Array.from(track.slices.site, (site) => sites[site].name) : []
    expect(names).toEqual(['GET /a', 'GET /:id'])
  })

  it('lead from spans of a kind that calls back to the next call of the thread', async () => {
    const events = await eventsOf(`
      thread main
      f 0-4
      g 6-10
      f 20-30
      event name 1 incoming
      event name 2 GET /a
      event spanName @0 2 #4294967297
      event beginSpan @5 2 #-7
      event endSpan @40 0 #-7
      event beginSpan @15 2 #-8
    `)
    expect(events.slice(2)).toEqual([
      'flow 1: main GET /a @1010',
      'flow 1: main g @1012',
      'flow 2: main GET /a @1030',
      'flow 2: main f @1040',
    ])
  })

  it('lead from spans that begin together to the calls of the thread in turn', async () => {
    const events = await eventsOf(`
      thread main
      f 6-10
      g 20-30
      event name 1 incoming
      event name 2 a
      event name 3 b
      event spanName @0 2 #8589934593
      event spanName @0 3 #8589934593
      event beginSpan @4 2 #-7
      event beginSpan @5 3 #-8
      event beginSpan @6 3 #-9
    `)
    expect(events.slice(3)).toEqual([
      'flow 1: main a @1008',
      'flow 1: main f @1012',
      'flow 2: main b @1010',
      'flow 2: main g @1040',
    ])
  })

  it('end a span under another name, and leave those open that nothing ends', async () => {
    const events = await eventsOf(`
      thread main
      f 0-100
      event name 1 GET
      event name 2 GET /users/:id
      event beginSpan @5 1 #1 {}
      event beginSpan @6 1 #2
      event endSpan @9 2 #1 {"status":200}
      event endSpan @9 0 #3
    `)
    expect(events).toEqual(['main 1010-1018 GET /users/:id {"status":200}', 'main 1012-1200* GET'])
  })

  it('end a span whose number begins another one', async () => {
    const events = await eventsOf(`
      thread main
      f 0-100
      event name 1 job
      event beginSpan @5 1 #1
      event beginSpan @8 1 #1 {"second":true}
      event endSpan @9 0 #1
    `)
    expect(events).toEqual(['main 1010-1200* job', 'main 1016-1018 job {"second":true}'])
  })

  it('are ends of flows, across threads and processes, by their key', async () => {
    const events = await eventsOf(`
      thread main
      f 0-100
      event flow @20 0 #0 m1
      event name 1 request
      event beginSpan @30 1 #4
      event flowSpan @31 0 #4 m2
      event endSpan @40 0 #4
      event flow @50 0 #0 alone
      thread worker
      g 40-60
      event flowNext @35 0 #0 m1
      event flow @45 0 #0 m2
    `)
    expect(events).toEqual([
      'main 1060-1080 request',
      'flow 1: main f @1040',
      'flow 1: worker g @1070',
      'flow 2: main request @1060',
      'flow 2: worker g @1090',
    ])
  })

  it('keep a name that was lost from being another one', async () => {
    expect(await eventsOf('thread main\nevent instant @5 4 #0')).toEqual(['main @1010 (unknown)'])
  })

  it('end where a block holds no event', async () => {
    const events = await eventsOf('thread main\nf 0-10\nevent name 1 a\nevent instant @5 1 #0\nbroken event')
    expect(events).toEqual(['main @1010 a'])
  })
})
