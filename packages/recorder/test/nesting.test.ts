import type { SiteId } from '@tracer/core'
import { RecordingGaps, type RecordingSwitch } from '@tracer/spool'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LoopWatch } from '../src/loop-watch.js'
import { createProbes } from '../src/probes.js'
import { ProcessFacts } from '../src/process-facts.js'
import { RecordRing } from '../src/record-ring.js'
import { tell } from '../src/moment.js'
import { isStopped, switchRecording } from '../src/recording-switch.js'
import {
  CHECKED,
  CHUNK_SLOTS,
  CONTROL,
  CURSOR,
  STOPPED,
  TICK,
  TIMED,
  allocateThreadMemory,
} from '../src/thread-memory.js'
import { tickClock } from '../src/tick-clock.js'
import { nested, programs, run, stoppingPrograms, type Machine, type Slice, type TrueSlice } from './call-trees.js'

const TICK_PERIOD = 100

const memory = allocateThreadMemory()

/** A thread that writes from the slot `from` on, with a precise clock or that of the ticks. */
function machine(clockName: 'precise' | 'tick', from: number): Machine & { readonly switches: RecordingSwitch[] } {
  memory.control.fill(0)
  memory.control[CONTROL.ownSitesEnd] = 2000
  memory.control[CURSOR] = from
  memory.calls.fill(0, 0, 2000)
  let ticks = 1
  memory.tick[0] = 1
  // What an earlier program left.
  memory.end.fill(0, from - 2, from)
  memory.site.fill(0, from - 2, from)
  tell(memory, 1)
  const precise = { id: 'test', now: () => ticks++, nsPerTick: 1, originNs: 0, originEpochMs: 0 }
  const clock = clockName === 'tick' ? tickClock(memory, precise) : precise
  const facts = new ProcessFacts()
  facts.tickPeriodNs = TICK_PERIOD
  const ring = new RecordRing(memory, { onPublished: () => undefined, onFull: () => false })
  const limits = { maxDepth: Infinity, minDuration: 0 }
  const { probes } = createProbes(ring, memory, clock, limits, facts, LoopWatch.unheard(1))
  const switches: RecordingSwitch[] = []
  return {
    probes,
    switches,
    want: (wanted) => {
      const change = switchRecording(memory, wanted, clock.now)
      if (change !== undefined) switches.push(change)
      return change?.atTicks
    },
    pass: (n) => (ticks += n),
    tick: (lag) => {
      tell(memory, ticks - lag)
    },
    setTimed: (site, isTimed) => {
      memory.modes[site] = (isTimed ? TIMED : CHECKED) | (isStopped(memory) ? STOPPED : 0)
    },
    now: () => ticks,
    told: () => memory.tickTimes[memory.control[TICK]],
  }
}

/** `2.0` for the first run of site 2, with two spaces for each level. */
function outline(slices: readonly Slice[]): string[] {
  return slices.map(({ site, run, depth }) => `${'  '.repeat(depth)}${site}.${run}`)
}

const key = ({ site, run }: Slice): string => `${site}.${run}`

/** The slices that are recorded, without the others: what those called moves out. */
function recordedOf(slices: readonly TrueSlice[], recorded: ReadonlySet<string>): Slice[] {
  const open: TrueSlice[] = []
  return slices.flatMap((slice) => {
    while (open.length > 0 && open[open.length - 1].depth >= slice.depth) open.pop()
    const depth = open.filter((parent) => parent.epoch === slice.epoch && recorded.has(key(parent))).length
    open.push(slice)
    return recorded.has(key(slice)) ? [{ ...slice, depth }] : []
  })
}

/** Slots before the end of a chunk, so that many programs go on in the next one. */
const slotsLeft = fc.integer({ min: 1, max: 120 }).map((left) => CHUNK_SLOTS - 64 - left)

describe('calls nest as they were made', () => {
  it('by the tick clock, whenever it ticks', () => {
    fc.assert(
      fc.property(programs, slotsLeft, (program, from) => {
        const thread = machine('tick', from)
        const setTimed = (site: SiteId): void => {
          thread.setTimed(site, true)
        }
        const slices = run(program, { ...thread, setTimed })
        const found = nested(memory, from)
        expect({ lines: outline(found.slices), tracks: found.tracks }).toEqual({ lines: outline(slices), tracks: 1 })
      }),
      { numRuns: 500 },
    )
  })

  it('by a precise clock, with calls that are tick-checked, timed, or both in turn', () => {
    fc.assert(
      fc.property(programs, slotsLeft, (program, from) => {
        const slices = run(program, machine('precise', from))
        const found = nested(memory, from)
        const expected = recordedOf(slices, new Set(found.slices.map(key)))
        expect({ lines: outline(found.slices), tracks: found.tracks }).toEqual({ lines: outline(expected), tracks: 1 })
        found.slices.forEach(({ start, end }, i) => {
          expect(start).toBeLessThanOrEqual(expected[i].start)
          expect(end).toBe(expected[i].end - 1)
        })
      }),
      { numRuns: 500 },
    )
  })
})

describe('whatever the modes of their sites', () => {
  it('each call is recorded or counted, and one during which two ticks were told is recorded', () => {
    fc.assert(
      fc.property(programs, slotsLeft, (program, from) => {
        const slices = run(program, machine('precise', from))
        const recorded = new Set(nested(memory, from).slices.map(key))
        for (const slice of slices) {
          if (slice.seen >= 2 * TICK_PERIOD) expect(recorded).toContain(key(slice))
          if (slice.run === 0) expect(memory.calls[slice.site]).toBe(recorded.has(key(slice)) ? 0 : 1)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('whenever recording is stopped and started', () => {
  it('by a precise clock: calls nest, those that are open when it stops end there, and each is recorded or counted', () => {
    fc.assert(
      fc.property(stoppingPrograms, slotsLeft, (program, from) => {
        const thread = machine('precise', from)
        const slices = run(program, thread)
        const found = nested(memory, from, new RecordingGaps(thread.switches))
        const recorded = new Set(found.slices.map(key))
        const expected = recordedOf(slices, recorded)
        expect({ lines: outline(found.slices), tracks: found.tracks }).toEqual({ lines: outline(expected), tracks: 1 })
        found.slices.forEach(({ start, end }, i) => {
          expect(start).toBeLessThanOrEqual(expected[i].start)
          expect(end).toBe(expected[i].end - 1)
        })
        for (const slice of slices) {
          const isStopped = slice.epoch % 2 === 1
          if (isStopped) expect(recorded).not.toContain(key(slice))
          else if (slice.seen >= 2 * TICK_PERIOD && !slice.isCut) expect(recorded).toContain(key(slice))
          if (slice.run === 0) expect(memory.calls[slice.site]).toBe(isStopped || recorded.has(key(slice)) ? 0 : 1)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('by the tick clock: each call that began while it was recorded is there, and they nest', () => {
    fc.assert(
      fc.property(stoppingPrograms, slotsLeft, (program, from) => {
        const thread = machine('tick', from)
        const setTimed = (site: SiteId): void => {
          thread.setTimed(site, true)
        }
        const slices = run(program, { ...thread, setTimed })
        const found = nested(memory, from, new RecordingGaps(thread.switches))
        const expected = recordedOf(slices, new Set(slices.filter(({ epoch }) => epoch % 2 === 0).map(key)))
        expect({ lines: outline(found.slices), tracks: found.tracks }).toEqual({ lines: outline(expected), tracks: 1 })
      }),
      { numRuns: 1000 },
    )
  })
})
