import { COLLECTION_RING } from '@tracer/clock-native/from-file'
import type { Clock, Ticks } from '@tracer/core'
import { monotonicClock } from '@tracer/core/node'
import { COLLECTION_FLAG_STEP } from '@tracer/spool'
import type { PerformanceEntry } from 'node:perf_hooks'
import { isDrifting, type DriftingClock } from './clock-choice.js'
import { COLLECTION_SLOTS, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { load, store } = Atomics
const { apply, get } = Reflect

/**
 * Writes what Node.js tells of garbage collections to the thread's memory. It does so in a later turn of the event
 * loop, and never of those in the last one. It keeps no loop alive and wakes none for that; an observer as it is meant
 * would have Node.js set an immediate for each, which is a turn more and an asynchronous resource that can be seen.
 */
export function observeCollections(memory: ThreadMemory, clock: Clock | DriftingClock): void {
  // Not imported: without the option it is not loaded either.
  const { PerformanceEntry, PerformanceObserver } = process.getBuiltinModule('node:perf_hooks')
  const take = takerFor(memory, clock, PerformanceEntry.prototype)
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) take(entry)
  })
  // What Node.js calls for each entry. It would put the entry off to an immediate.
  const buffer = Object.getOwnPropertySymbols(PerformanceObserver.prototype).find(
    ({ description }) => description === 'kMaybeBuffer',
  )
  if (buffer !== undefined) Object.defineProperty(observer, buffer, { value: take })
  observer.observe({ entryTypes: ['gc'] })
}

function takerFor(
  memory: ThreadMemory,
  clock: Clock | DriftingClock,
  prototype: PerformanceEntry,
): (entry: PerformanceEntry) => void {
  const typeOf = getterOf(prototype, 'entryType')
  const startMsOf = getterOf(prototype, 'startTime')
  const durationMsOf = getterOf(prototype, 'duration')
  const { collections: ring, collectionCells: cells } = memory
  const ticksOf = ticksFor(clock)
  const { headDoubles, slotDoubles, written, taken, lost, lostFrom, lostTo } = COLLECTION_RING
  return (entry) => {
    if (typeOf(entry) !== 'gc') return
    const startMs = Number(startMsOf(entry))
    const start = ticksOf(startMs)
    const end = ticksOf(startMs + Number(durationMsOf(entry)))
    const count = cells[written]
    if (((count - load(cells, taken)) | 0) >= COLLECTION_SLOTS) {
      if (ring[lost]++ === 0) ring[lostFrom] = start
      ring[lostTo] = end
      return
    }
    const at = headDoubles + slotDoubles * (count & (COLLECTION_SLOTS - 1))
    ring[at] = start
    ring[at + 1] = end
    ring[at + 2] = typeAndFlags(entry)
    ring[at + 3] = NaN
    ring[at + 4] = NaN
    store(cells, written, (count + 1) | 0)
  }
}

/** V8's numbers, as Node.js passes them on; 0 where somebody else stands in the way. */
function typeAndFlags(entry: PerformanceEntry): number {
  try {
    const { kind, flags } = get(entry, 'detail') as { readonly kind: number; readonly flags: number }
    return kind + COLLECTION_FLAG_STEP * flags
  } catch {
    return 0
  }
}

/** Entries have the time of `performance.now`. */
function ticksFor(clock: Clock | DriftingClock): (ms: number) => Ticks {
  const { nsPerTick } = clock
  if (!isDrifting(clock)) return (ms) => (ms * NS_PER_MS) / nsPerTick
  const { originNs } = monotonicClock()
  return (ms) => {
    const { ticks, monotonicNs } = clock.samplePair()
    return ticks - (monotonicNs - originNs - ms * NS_PER_MS) / nsPerTick
  }
}

/** A program may put other getters in their place. */
function getterOf(prototype: PerformanceEntry, name: string): (entry: PerformanceEntry) => unknown {
  const property = Object.getOwnPropertyDescriptor(prototype, name)
  const getter = property && (get(property, 'get') as (() => unknown) | undefined)
  return getter === undefined ? () => undefined : (entry) => apply(getter, entry, [])
}

const NS_PER_MS = 1e6
