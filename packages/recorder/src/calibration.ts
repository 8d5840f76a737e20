import type { Clock, Nanoseconds, SiteId } from '@tracer/core'
import { LoopWatch } from './loop-watch.js'
import { createProbes, type Probes } from './probes.js'
import { ProcessFacts } from './process-facts.js'
import { RecordRing } from './record-ring.js'
import { tickClock } from './tick-clock.js'
import { CHECKED, CURSOR, TIMED, allocateThreadMemory, type SiteMode } from './thread-memory.js'

/** What probes cost. */
export interface ProbeCosts {
  /** A timed call: both probes. */
  readonly timedNs: Nanoseconds
  /** The part of it that lies within the recorded time of the call. */
  readonly insideNs: Nanoseconds
  /** A tick-checked call. */
  readonly checkedNs: Nanoseconds
}

/**
 * Measures the probes that go by a clock of a kind, `tick` or that of `clock`, with nothing between them, by the fastest of many batches of 1,000 calls;
 * `patience` is how many in a row may not be faster before that is the figure, and `meanwhile` is
 * called after each. Not on a thread whose own probes are still needed: V8 would take these for
 * the same ones.
 */
export function calibrate(clock: Clock, kind: string, patience: number, meanwhile = (): void => undefined): ProbeCosts {
  const memory = allocateThreadMemory()
  const probeClock = kind === 'tick' ? tickClock(memory, clock) : clock
  const ring = new RecordRing(memory, { onPublished: () => undefined, onFull: () => false })
  const facts = new ProcessFacts()
  facts.tickPeriodNs = Infinity
  const loop = LoopWatch.unheard(probeClock.nsPerTick)
  const { probes } = createProbes(ring, memory, probeClock, { maxDepth: Infinity, minDuration: 0 }, facts, loop)
  const cell = new Float64Array(1)
  const rest = (): void => {
    memory.control.fill(0)
    meanwhile()
  }
  const loopIn = (mode: SiteMode) => () => {
    memory.modes[SITE] = mode
    loopProbes(probes, cell)
  }
  const [idle, timed, checked] = fastestOf(
    [
      () => {
        loopIdle(cell)
      },
      loopIn(TIMED),
      loopIn(CHECKED),
    ],
    { clock, patience, rest },
  )
  loopIn(TIMED)()
  const records = memory.control[CURSOR]
  let insideTicks = Infinity
  for (let i = 0; i < records; i++) insideTicks = Math.min(insideTicks, memory.end[i] - memory.start[i])
  const nsPerCall = clock.nsPerTick / CALLS
  const timedNs = Math.max(0, (timed - idle) * nsPerCall)
  return {
    timedNs,
    insideNs: Math.min(timedNs, insideTicks * probeClock.nsPerTick),
    checkedNs: Math.max(0, (checked - idle) * nsPerCall),
  }
}

/**
 * The fastest run of each batch, in ticks. They take turns, so that what V8 learns of one does not
 * undo what it has learned of another.
 */
function fastestOf(
  batches: readonly (() => void)[],
  { clock, patience, rest }: { readonly clock: Clock; readonly patience: number; readonly rest: () => void },
): number[] {
  const least = batches.map(() => Infinity)
  for (let sinceFaster = 0; sinceFaster < patience; sinceFaster++) {
    batches.forEach((batch, i) => {
      const before = clock.now()
      batch()
      const ticks = clock.now() - before
      rest()
      if (ticks < least[i] * MUCH_FASTER) sinceFaster = 0
      least[i] = Math.min(least[i], ticks)
    })
  }
  return least
}

/** As `@tracer/instrument` writes it. */
function loopProbes({ enter, exit }: Probes, cell: Float64Array): void {
  for (let call = 0; call < CALLS; call++) {
    const start = enter(SITE)
    try {
      callee(cell)
    } finally {
      exit(SITE, start)
    }
  }
}

function loopIdle(cell: Float64Array): void {
  for (let call = 0; call < CALLS; call++) callee(cell)
}

/** Something that the compiler cannot leave out. */
function callee(cell: Float64Array): void {
  cell[0]++
}

/** A batch fits into one chunk. */
const CALLS = 1000
const MUCH_FASTER = 0.97
// Of a memory that nothing reads.
const SITE = 1 as SiteId
