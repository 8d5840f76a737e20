import { COLLECTION_RING } from '@tracer/clock-native/from-file'
import { HOOKS_THREAD_FIRST_SITE_ID, SITE_ID_LIMIT } from '@tracer/spool'

export { CHECKED, CURSOR, DEPTH, KEPT, LEARNED, STOPPED, TICK, TIMED, type SiteMode } from './probe-constants.js'

/**
 * What one traced thread shares with the recorder. The thread writes records, counts and its
 * stack with plain stores; a chunk is published whole, so a record costs no atomic operation.
 *
 * ```
 * records   chunk 0 | chunk 1 | ... each CHUNK_SLOTS long
 *   site    Int32     a site id, ACTIVATION_MARKER or CAUSE_MARKER
 *   start   Float64   clock ticks
 *   end     Float64
 * by site   modes, calls, laterRuns, spentTicks, and what a full disk took: lostCalls, lostLaterRuns, lostTicks
 * stack     stackSite, stackStart: the timed calls that are open, the outermost first
 *           stackActivation, stackRunStart: of later runs among them, whose they are, and when they began
 * events    a ring of EVENT_UNITS, 8 bytes each: see event-layout.ts of the spool
 * collections  a ring of garbage collections, where they are recorded: see COLLECTION_RING of the native clock
 * control   cells of CONTROL, those of the hot path on a cache line of their own
 * ticks     tickTimes and tickMoments, by the number of the tick: what the recorder tells at each
 * tick      [0] the shared tick, where the thread's clock is the tick itself
 * ```
 */
export interface ThreadMemory {
  readonly site: Int32Array
  readonly start: Float64Array
  readonly end: Float64Array
  /** Slots used of each published chunk. */
  readonly chunkLengths: Int32Array
  /** By site id: a {@link SiteMode}, {@link LEARNED}, {@link KEPT} and {@link STOPPED}. Others than the thread itself change it by atomic operations. */
  readonly modes: Uint8Array
  /** By site id: calls that are in no record. */
  readonly calls: Float64Array
  /** By site id: runs that are in no record, but the first ones, which are `calls`. */
  readonly laterRuns: Float64Array
  /** By site id: estimated ticks of the calls and runs that are in no record. */
  readonly spentTicks: Float64Array
  /** By site id: records that could not be written to disk; whoever holds the lock may write. */
  readonly lostCalls: Float64Array
  readonly lostLaterRuns: Float64Array
  readonly lostTicks: Float64Array
  /** Number of these records, and the time they span; of whoever holds the lock. */
  readonly lost: Float64Array
  /** Calls of known length that a limit kept out, by reason: cells of {@link LEFT_OUT}; they are among `calls`. */
  readonly leftOut: Float64Array
  /** What the thread tells besides its calls: units of events. */
  readonly events: Float64Array
  /** Events that were not written: cells of {@link EVENTS_LOST}. */
  readonly eventsLost: Float64Array
  /** Garbage collections of the thread's heap. */
  readonly collections: Float64Array<SharedArrayBuffer>
  /** The head of these as Int32. */
  readonly collectionCells: Int32Array
  readonly stackSite: Int32Array
  readonly stackStart: Float64Array
  /** By depth: of whom a later run was that stood there. It still stands there if it began when the call on the stack did. */
  readonly stackActivation: Float64Array
  readonly stackRunStart: Float64Array
  readonly control: Int32Array
  /** When a tick was, in the thread's time; never later than the thread would have read it. */
  readonly tickTimes: Float64Array
  /** What {@link momentOf} was when the tick came. */
  readonly tickMoments: Int32Array
  readonly tick: Float64Array
}

/** The other cells of `control`. */
export const CONTROL = {
  /** Chunks that are full, since the start; atomic. */
  published: 16,
  /** Of these, chunks that are on disk; atomic. */
  taken: 32,
  /** Slots of the chunk after those that are on disk already; belongs to the lock. */
  takenSlots: 33,
  /** 0 or 1: who may write to the thread's spool; atomic. */
  lock: 48,
  /** {@link ThreadState}; atomic. */
  state: 64,
  /** Behind the last site id that was given out, of the thread's own and of its hooks thread's. */
  ownSitesEnd: 65,
  hooksSitesEnd: 66,
  /** 1 while recording is stopped; atomic. */
  stopped: 67,
  /** The tick with which recording was started last; a tick-checked call that began before is only counted. */
  firstTick: 68,
  /** Counts how often there were new {@link LEARNED} sites; atomic. */
  learned: 69,
  /** Units of events that were written, since the start, as an Int32 that goes on from below; atomic. */
  eventsWritten: 80,
  /** Of these, units that are on disk; atomic, of whoever holds the lock. */
  eventsTaken: 96,
} as const

const CONTROL_CELLS = 112

/** Who cares for the thread's records. */
export const ThreadState = {
  /** The thread itself. */
  own: 0,
  /** The recorder drains, ticks and decides. */
  adopted: 1,
  /** The thread has ended in order. */
  finished: 2,
} as const

/** Cells of `ThreadMemory.leftOut`. */
export const LEFT_OUT = { short: 0, deep: 1 } as const

/** Cells of `ThreadMemory.eventsLost`: how many, and over which time, because the ring was full or the disk failed. */
export const EVENTS_LOST = { byRing: 0, byDisk: 4, from: 1, to: 2 } as const

/** 1 MB: some 20,000 events with short arguments. */
export const EVENT_UNITS = 2 ** 17

/** Collections that are late by so many are lost: a thousand of the shortest take a second. */
export const COLLECTION_SLOTS = 2 ** 14

/** 320 KB a chunk is written with one system call; eight absorb what the recorder is late. */
export const CHUNK_SLOTS = 16_384
export const CHUNKS = 8

/** Ticks that are remembered: some ten minutes. */
export const TICKS = 2 ** 20

/** The slot of a position is its last bits. */
export const SLOT_MASK = CHUNKS * CHUNK_SLOTS - 1

export function slotOf(position: number): number {
  return position & SLOT_MASK
}

/** Deeper than Node's default stack allows by a factor of five. */
export const MAX_DEPTH = 65_536

/** The site ids that were given out: from the first up to, not including, the second. */
export function siteRanges(control: Int32Array): readonly (readonly [from: number, to: number])[] {
  return [
    [0, control[CONTROL.ownSitesEnd]],
    [HOOKS_THREAD_FIRST_SITE_ID, control[CONTROL.hooksSitesEnd]],
  ]
}

/**
 * Pages that nothing touches cost nothing. So that they come from the system, and not from what was used
 * and freed before, all columns lie in one piece, which is larger than what the C library keeps.
 */
export function allocateThreadMemory(): ThreadMemory {
  const shared = new SharedArrayBuffer(TOTAL_BYTES)
  let at = 0
  const next = (bytes: number): number => {
    const start = at
    at += Math.ceil(bytes / LINE_BYTES) * LINE_BYTES
    return start
  }
  const int32 = (length: number): Int32Array => new Int32Array(shared, next(4 * length), length)
  const float64 = (length: number): Float64Array<SharedArrayBuffer> =>
    new Float64Array(shared, next(8 * length), length)
  // Two more slots than the chunks have: where dropped records are written and forgotten.
  const slots = CHUNKS * CHUNK_SLOTS + 2
  const { headDoubles, slotDoubles } = COLLECTION_RING
  const collections = float64(headDoubles + slotDoubles * COLLECTION_SLOTS)
  return {
    site: int32(slots),
    start: float64(slots),
    end: float64(slots),
    chunkLengths: int32(CHUNKS),
    modes: new Uint8Array(shared, next(SITE_ID_LIMIT), SITE_ID_LIMIT),
    calls: float64(SITE_ID_LIMIT),
    laterRuns: float64(SITE_ID_LIMIT),
    spentTicks: float64(SITE_ID_LIMIT),
    lostCalls: float64(SITE_ID_LIMIT),
    lostLaterRuns: float64(SITE_ID_LIMIT),
    lostTicks: float64(SITE_ID_LIMIT),
    lost: float64(8),
    leftOut: float64(8),
    events: float64(EVENT_UNITS),
    eventsLost: float64(8),
    collections,
    collectionCells: new Int32Array(shared, collections.byteOffset, 2),
    stackSite: int32(MAX_DEPTH),
    stackStart: float64(MAX_DEPTH),
    stackActivation: float64(MAX_DEPTH),
    stackRunStart: float64(MAX_DEPTH),
    control: int32(CONTROL_CELLS),
    tickTimes: float64(TICKS),
    tickMoments: int32(TICKS),
    tick: float64(8),
  }
}

/** What is written by different threads does not share one. */
const LINE_BYTES = 128

/** More than the columns take; glibc keeps pieces of up to 32 MB. */
const TOTAL_BYTES = 72 * 2 ** 20
