import { portableClock, type Clock, type EpochMilliseconds, type Nanoseconds, type Ticks } from '@tracer/core'
import { loadAddon, type Addon, type CounterSource } from './addon.js'

export type { CounterSource } from './addon.js'
export { COLLECTION_RING, watchCollections } from './collections.js'

/** One moment on two clocks. Two pairs give the rate between them; a list of pairs follows its drift. */
export interface TickPair {
  readonly ticks: Ticks
  /** CLOCK_MONOTONIC, which is what `process.hrtime` reads. */
  readonly monotonicNs: Nanoseconds
}

/** The CPU's time counter. Its ticks are the same in all threads of a process, and never negative. */
export interface NativeClock extends Clock {
  readonly id: 'native'
  readonly source: CounterSource
  /** Where `read` stores the time; `now` does both. */
  readonly cell: Float64Array
  /** Stores the time in the first element of `cell`. */
  readonly read: () => void
  /** A moment of now on both clocks, good to some ten nanoseconds. */
  readonly samplePair: () => TickPair
}

/** What the clock is made of. */
export interface NativeClockOptions {
  /** Path of `clock-native.node`. */
  readonly addon: string
  /** Where the times go, in shared memory, which cannot be taken away; one of its own when left out. */
  readonly cell?: Float64Array<SharedArrayBuffer>
}

/** A clock, or a sentence that says why there is none. */
export type OpenedNativeClock =
  { readonly clock: NativeClock; readonly whyNot?: undefined } | { readonly clock?: undefined; readonly whyNot: string }

/** Opens the native clock from a file: for code that is bundled, which cannot know where its package lies. */
export function openNativeClock({ addon: file, cell = newCell() }: NativeClockOptions): OpenedNativeClock {
  const addon = loadAddon(file)
  if (typeof addon === 'string') return { whyNot: addon }

  const read = addon.bind(cell)
  const samplePair = () => pairOf(addon)
  const nsPerTick = addon.nsPerTick || measureNsPerTick(samplePair)
  const { ticks, monotonicNs } = samplePair()
  const nowEpochMs = wallClock.originEpochMs + wallClock.now()
  return {
    clock: {
      id: 'native',
      source: addon.source,
      cell,
      read,
      now: () => {
        read()
        return cell[0]
      },
      nsPerTick,
      originNs: Math.round(monotonicNs - ticks * nsPerTick),
      originEpochMs: nowEpochMs - (ticks * nsPerTick) / NS_PER_MS,
      samplePair,
    },
  }
}

const NS_PER_MS = 1e6

/** Of when this module loads, as fake timers may replace what it reads. */
const wallClock: { readonly originEpochMs: EpochMilliseconds; readonly now: () => number } = portableClock()

/** A pair is good to some 20 ns, so this gives the rate to some 60 millionths: later pairs correct what that is off. */
const MEASURED_NS = 0.6e6

function measureNsPerTick(samplePair: () => TickPair): Nanoseconds {
  const first = samplePair()
  let last: TickPair
  do last = samplePair()
  while (last.monotonicNs - first.monotonicNs < MEASURED_NS)
  return (last.monotonicNs - first.monotonicNs) / (last.ticks - first.ticks)
}

function pairOf(addon: Addon): TickPair {
  const [ticks, monotonicNs] = addon.pair()
  return { ticks, monotonicNs }
}

function newCell() {
  return new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
}
