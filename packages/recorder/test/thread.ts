import { ACTIVATION_MARKER, type Clock, type RecordColumns, type SiteId } from '@tracer/core'
import type { Causes } from '../src/causes.js'
import { LoopWatch } from '../src/loop-watch.js'
import { createProbes } from '../src/probes.js'
import type { RecordLimits } from '../src/record-limits.js'
import { ProcessFacts } from '../src/process-facts.js'
import { RecordRing, type ChunkTaker } from '../src/record-ring.js'
import { tell } from '../src/moment.js'
import { switchRecording } from '../src/recording-switch.js'
import { CHECKED, CONTROL, CURSOR, TIMED, allocateThreadMemory, type ThreadMemory } from '../src/thread-memory.js'

export const [a, b, c] = [1, 2, 3] as SiteId[]

export const TICK_PERIOD = 100

/** A thread whose clock goes on by one with each reading, and that nobody drains. */
export function thread(
  limits: Partial<RecordLimits> = {},
  taker: Partial<ChunkTaker> = {},
  causesOf: (memory: ThreadMemory, now: () => number) => Causes | undefined = () => undefined,
  loop = LoopWatch.unheard(1),
) {
  let ticks = 1
  const clock: Clock = { id: 'test', now: () => ticks++, nsPerTick: 1, originNs: 0, originEpochMs: 0 }
  const memory = allocateThreadMemory()
  const facts = new ProcessFacts()
  facts.tickPeriodNs = TICK_PERIOD
  memory.modes.fill(TIMED, 1, 10)
  memory.control[CONTROL.ownSitesEnd] = 10
  tell(memory, 1)
  const ring = new RecordRing(memory, { onPublished: () => undefined, onFull: () => false, ...taker })
  const causes = causesOf(memory, clock.now)
  const { probes, closeAbove } = createProbes(
    ring,
    memory,
    clock,
    { maxDepth: Infinity, minDuration: 0, ...limits },
    facts,
    loop,
    causes,
  )
  return {
    causes,
    probes,
    closeAbove,
    memory,
    ring,
    /** Of the chunk that is being written. */
    records: () => recordText(memory, memory.control[CURSOR]),
    pass: (n: number) => (ticks += n),
    /** What the recorder does at each tick. */
    tick: () => tell(memory, ticks),
    want: (wanted: 'started' | 'stopped') => switchRecording(memory, wanted, clock.now),
    check: (...sites: readonly SiteId[]) => {
      for (const site of sites) memory.modes[site] = CHECKED
    },
    call: (site: SiteId, inside: () => void = () => undefined) => {
      const start = probes.enter(site)
      try {
        inside()
      } finally {
        probes.exit(site, start)
      }
    },
  }
}

/** One line a record: site, start and end, or the activation's id and run. */
export function recordText({ site, start, end }: Omit<RecordColumns, 'length'>, length: number): string[] {
  return Array.from({ length }, (_, i) =>
    site[i] === ACTIVATION_MARKER
      ? `  activation ${Math.abs(start[i])} run ${end[i]}${start[i] < 0 ? ', over' : ''}`
      : `${site[i]}: ${start[i]}-${end[i]}`,
  )
}
