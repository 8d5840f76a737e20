import { readSpool, SpoolWriter, type LoggedEvent } from '@tracer/spool'
import fc from 'fast-check'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventDrain } from '../src/event-drain.js'
import { EventLog, type EventTaker } from '../src/event-log.js'
import { allocateThreadMemory, CONTROL, EVENT_UNITS } from '../src/thread-memory.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracer-events-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A log whose clock goes on by one with each reading, and its drain to a file; `units` were written before. */
function logged(taker: Partial<EventTaker> = {}, { path = join(folder, 'thread.spool'), units = 0 } = {}) {
  rmSync(join(folder, 'thread.spool'), { force: true })
  const memory = allocateThreadMemory()
  memory.control[CONTROL.eventsWritten] = memory.control[CONTROL.eventsTaken] = units
  const spool = new SpoolWriter(path)
  const drain = new EventDrain(memory, spool)
  let ticks = 0
  const take = (): void => {
    drain.take()
  }
  const clock = (): number => ++ticks
  const log = new EventLog(memory, clock, { onHalfFull: () => undefined, onFull: () => undefined, take, ...taker })
  /** All events that were taken, without names; a line each. */
  const written = (): string[] => {
    const names = new Map<number, string>()
    const lines: string[] = []
    for (const block of readSpool(path)) {
      if (block.kind !== 'events') continue
      for (const event of block.events) {
        if (event.kind === 'name') names.set(event.name, event.text)
        else lines.push(eventText(event, names))
      }
    }
    return lines
  }
  return { memory, drain, spool, log, take, written }
}

function eventText(event: LoggedEvent, names: ReadonlyMap<number, string>): string {
  const nameOf = (name: number | undefined): string => (name === undefined ? '' : (names.get(name) ?? '?'))
  switch (event.kind) {
    case 'name':
      return ''
    case 'spanName': {
      const { name, track, callback, args } = event
      return `spanName ${nameOf(name)} of ${nameOf(track)}, ${callback} ${args ?? ''}`.trim()
    }
    case 'endCounted':
      return `${event.atTicks} endCounted ${event.id} ${nameOf(event.counted)} ${event.count}`
    case 'beginSpan':
    case 'endSpan':
      return `${event.atTicks} ${event.kind} ${event.id} ${nameOf(event.name)} ${event.args ?? ''}`.trim()
    case 'instant':
      return `${event.atTicks} instant ${nameOf(event.name)} ${event.args ?? ''}`.trim()
    case 'sample':
      return `${event.atTicks} sample ${nameOf(event.name)}.${nameOf(event.series)} ${event.value}`
    case 'flow':
    case 'flowNext':
    case 'flowBranch':
      return `${event.atTicks} ${event.kind} ${event.key}`
    case 'flowSpan':
      return `flowSpan ${event.key} ${event.id}`
    case 'left':
      return `${event.atTicks} left`
    case 'back':
      return `${event.atTicks} back ${event.turns} ${event.waitedMs}`
  }
}

describe('a log of events', () => {
  it('is read as it was written', () => {
    const { log, take, written } = logged()
    const [request, queue, length] = [log.name('request'), log.name('queue'), log.name('length')]
    log.beginSpan(request, 7, '{"method":"GET"}')
    log.instant(log.name('request'))
    log.sample(queue, length, -0.5)
    log.flow('a → b')
    log.flowNext('key')
    log.flowBranch('branch')
    log.flowSpan('other', 7)
    log.endSpan(7, '{"status":200}', log.name('GET /'))
    take()
    expect(written()).toEqual([
      '4 beginSpan 7 request {"method":"GET"}',
      '5 instant request',
      '6 sample queue.length -0.5',
      '7 flow a → b',
      '8 flowNext key',
      '9 flowBranch branch',
      'flowSpan other 7',
      '12 endSpan 7 GET / {"status":200}',
    ])
  })

  it('tells once what the spans of a name have in common', () => {
    const { log, take, written } = logged()
    const track = log.name('requests')
    const [a, b] = [{ track, args: '{"a":1}', callback: 'in-turn' } as const, { track }].map((kind) =>
      log.spanName('GET', kind),
    )
    log.beginSpan(a, -(2 ** 31))
    log.endCounted(-(2 ** 31), log.name('bytes'), 2 ** 40)
    log.beginSpan(b, -1)
    take()
    expect(a).not.toBe(b)
    expect(written()).toEqual([
      'spanName GET of requests, in-turn {"a":1}',
      'spanName GET of requests, none',
      `6 beginSpan ${-(2 ** 31)} GET`,
      `8 endCounted ${-(2 ** 31)} bytes ${2 ** 40}`,
      '9 beginSpan -1 GET',
    ])
  })

  it('keeps any text, wherever in the ring it lies and however it is taken', () => {
    const texts = fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean()), { maxLength: 40 })
    fc.assert(
      // The ring goes around, and the cursor beyond 32 bits.
      fc.property(texts, fc.integer({ min: 0, max: 500 }), (flows, left) => {
        const { log, spool, take, written } = logged({}, { units: 2 ** 31 - left })
        for (const [key, isTaken] of flows) {
          log.flow(key)
          if (isTaken) take()
        }
        take()
        spool.close()
        expect(written()).toEqual(flows.map(([key], i) => `${i + 1} flow ${key}`))
      }),
    )
  })

  it('counts exactly what there was no room for, and when that was', () => {
    let asked = 0
    const { log, memory, drain, take, written } = logged({ onHalfFull: () => void asked++ })
    const name = log.name('tick')
    const events = EVENT_UNITS
    for (let i = 0; i < events; i++) log.instant(name)
    take()
    const kept = written()
    expect(kept).toHaveLength(Math.floor((EVENT_UNITS - 4) / 3))
    const lost = events - kept.length
    expect(asked).toBe(1)
    expect(drain.takeLost()).toEqual([{ count: lost, fromTicks: kept.length + 2, toTicks: events + 1 }])
    expect(drain.takeLost()).toEqual([])
    log.instant(name, '{"after":1}')
    take()
    expect(written().at(-1)).toBe(`${events + 2} instant tick {"after":1}`)
    expect([...memory.eventsLost].slice(0, 1)).toEqual([0])
  })

  it('asks to be taken when half is full, and loses nothing when somebody comes', () => {
    let asked = 0
    const { log, drain, written, take } = logged({ onHalfFull: () => void asked++, onFull: () => void drain.take() })
    const name = log.name('tick')
    for (let i = 0; i < EVENT_UNITS; i++) log.instant(name)
    take()
    expect(written()).toHaveLength(EVENT_UNITS)
    expect(asked).toBeGreaterThan(1)
    expect(asked).toBeLessThan(8)
    expect(drain.takeLost()).toEqual([])
  })

  it('never drops a name', () => {
    const { log, take, written } = logged()
    const name = log.name('tick')
    for (let i = 0; i < EVENT_UNITS; i++) log.instant(name)
    log.instant(log.name('late'))
    take()
    expect(written().at(-1)).toMatch(/instant late$/)
  })

  it('drops what happens while it makes room, also a name', () => {
    const { log, drain, take, written } = logged({
      onFull: () => {
        log.instant(log.name('nested'))
        log.instant(log.spanName('nested', { track: name }))
      },
    })
    const name = log.name('tick')
    for (let i = 0; i < EVENT_UNITS; i++) log.instant(name)
    take()
    const [{ count }] = drain.takeLost()
    const kept = written()
    expect(kept.filter((line) => line.includes('nested'))).toEqual([])
    expect(count).toBe(3 * (EVENT_UNITS - kept.length))
  })

  it('says nothing while recording is stopped, but for the ends of spans', () => {
    const { log, memory, take, written } = logged()
    const name = log.name('request')
    log.beginSpan(name, 1)
    memory.control[CONTROL.stopped] = 1
    log.beginSpan(name, 2)
    log.instant(name)
    log.sample(name, name, 1)
    log.flow('a')
    log.flowNext('a')
    log.flowSpan('a', 1)
    log.endSpan(1)
    take()
    expect(written()).toEqual(['2 beginSpan 1 request', '3 endSpan 1'])
  })

  it('leaves arguments out that are longer than it can keep', () => {
    const { log, take, written } = logged()
    log.instant(log.name('long'), 'x'.repeat(2 ** 16 + 1))
    take()
    expect(written()).toEqual(['2 instant long'])
  })

  it('takes nothing of few events when only many are worth it', () => {
    const { log, drain, written } = logged()
    log.flow('a')
    drain.take('many')
    expect(written()).toEqual([])
    drain.take()
    expect(written()).toEqual(['1 flow a'])
  })

  it.runIf(existsSync('/dev/full'))('counts what the disk does not take', () => {
    const { log, drain, take } = logged({}, { path: '/dev/full' })
    const name = log.name('a')
    log.instant(name, '{}')
    log.instant(name)
    take()
    expect(drain.takeLost()).toEqual([{ count: 2, fromTicks: 2, toTicks: 3 }])
  })
})
