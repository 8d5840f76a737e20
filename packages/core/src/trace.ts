import type { Site } from './site.js'
import type { EpochMilliseconds, Nanoseconds, ProcessIndex, SiteIndex, SliceIndex, ThreadIndex } from './units.js'

/**
 * What a run left behind, ready to read: immutable, in columns, in time order.
 *
 * All times are nanoseconds from the trace's own zero, `metadata.originNs` on the machine's
 * monotonic axis. A trace is made by a {@link TraceBuilder}.
 */
export interface Trace {
  readonly metadata: TraceMetadata
  readonly sites: readonly Site[]
  readonly processes: readonly Process[]
  readonly threads: readonly Thread[]
  readonly tracks: readonly Track[]
  readonly flows: FlowTable
  readonly unrecorded: UnrecordedCalls
  /** Text of source files, by the `file` of their sites; those of which the text is known. */
  readonly sources: ReadonlyMap<string, string>
}

/** Facts about the recording as a whole. */
export interface TraceMetadata {
  /** Who wrote the records, such as `tracer 0.1.0`. */
  readonly producer: string
  /** Id of the clock that gave the times. */
  readonly clock: string
  /** Time zero of the trace on the machine's monotonic axis; 0 when unknown. */
  readonly originNs: Nanoseconds
  /** Time zero of the trace as wall-clock time; 0 when unknown. */
  readonly originEpochMs: EpochMilliseconds
  /** Calibrated cost of one pair of timed probes, which leaves a slice; 0 when unknown. */
  readonly overheadNs: Nanoseconds
  /** The part of `overheadNs` that lies inside the slice; the rest is part of the caller's time. */
  readonly overheadInsideNs: Nanoseconds
  /** Calibrated cost of one pair of tick-checked probes, which left no slice; 0 when unknown. */
  readonly checkNs: Nanoseconds
  /** Period of the tick that tick-checked probes compare; 0 when there was none. */
  readonly tickNs: Nanoseconds
  /** Name of the machine that it ran on; empty when unknown, or when there were several. */
  readonly hostName: string
  /** What tells apart the boots of machines: with one id there is one monotonic clock. Empty when unknown. */
  readonly bootId: string
}

/** One operating-system process. */
export interface Process {
  readonly pid: number
  readonly name: string
  /** Program and arguments; empty when unknown. */
  readonly commandLine: readonly string[]
  /** What it ended with; absent when it is not known, or when a signal ended it. */
  readonly exitCode?: number
  /** The signal that ended it, such as `SIGKILL`; absent when none did, or none that is known. */
  readonly signal?: string
}

/** One thread of a process. */
export interface Thread {
  readonly process: ProcessIndex
  /** Unique within the process; equals the pid for the main thread. */
  readonly tid: number
  readonly name: string
  /** Records that were overwritten or refused, by span of time; empty when nothing was lost. */
  readonly drops: readonly Drop[]
  /** False when the thread ended without handing over its last records (a kill, a crash). */
  readonly complete: boolean
}

/** Records that were lost, exactly counted. The span may begin before zero, the first moment that is left. */
export interface Drop {
  readonly count: number
  readonly startNs: Nanoseconds
  readonly endNs: Nanoseconds
}

/** A row of the timeline. */
export type Track = ThreadTrack | AsyncTrack | CounterTrack

/** What ran on one thread: slices that nest and never partly overlap, and instants. */
export interface ThreadTrack {
  readonly kind: 'thread'
  readonly thread: ThreadIndex
  readonly slices: SliceTable
  readonly instants: InstantTable
}

/** Spans of asynchronous work; slices of one track may overlap and all have depth 0. */
export interface AsyncTrack {
  readonly kind: 'async'
  readonly thread: ThreadIndex
  readonly name: string
  readonly slices: SliceTable
}

/** One series of numbers over time. */
export interface CounterTrack {
  readonly kind: 'counter'
  readonly thread: ThreadIndex
  /** Name of the counter, such as `queue`. */
  readonly name: string
  /** Name of the series within it, such as `length`. */
  readonly series: string
  readonly samples: SampleTable
}

/**
 * Slices of one track as columns of equal length, a parent before its children, siblings by time:
 *
 * ```
 * time  0    10   20   30        index  site  startNs  durationNs  depth
 *       |----a----------|        0      a     0        30          0
 *        |-b-| |--c--|           1      b     2        8           1
 *                |d|             2      c     12       12          1
 *                                3      d     16       4           2
 * ```
 */
export interface SliceTable {
  readonly length: number
  readonly site: Int32Array
  readonly startNs: Float64Array
  readonly durationNs: Float64Array
  /** Nesting level, 0 for a root. */
  readonly depth: Int32Array
  /**
   * Links the runs of one activation of an async function or generator, which suspends and
   * resumes: 0 for a call that never suspended, `+id` for the first run of activation `id`,
   * `-id` for each later one. So a *call* is a slice whose value is not negative.
   * Empty when no slice of the track belongs to an activation; ids are unique within the track.
   */
  readonly activation: Int32Array
  /** Arguments given to a span, as JSON text of an object. */
  readonly args: ReadonlyMap<SliceIndex, string>
  /** Slices that were still open when recording ended or was stopped; their end is that moment. */
  readonly unfinished: ReadonlySet<SliceIndex>
}

/** Moments on a thread, by time. */
export interface InstantTable {
  readonly length: number
  readonly site: Int32Array
  readonly timeNs: Float64Array
  /** Arguments as JSON text of an object, by index. */
  readonly args: ReadonlyMap<number, string>
}

/** Values of a counter, by time. */
export interface SampleTable {
  readonly length: number
  readonly timeNs: Float64Array
  readonly value: Float64Array
}

/**
 * Arrows from cause to effect, as columns of equal length: a row for each end. A flow is the rows with
 * its number, two or more that follow each other by time; flows are numbered from 1 by their first end.
 */
export interface FlowTable {
  readonly length: number
  readonly flow: Int32Array
  /** Position in `Trace.tracks` of a track with slices. */
  readonly track: Int32Array
  /** Position in the slices of the track. */
  readonly slice: Int32Array
  /** When it was: within the slice, or before it when the slice is what the arrow set going. */
  readonly timeNs: Float64Array
}

/**
 * Calls, and runs of calls, that are in no slice, counted exactly, as columns of equal length: a row for each thread
 * and site that has any, by thread, then by site. Records that were dropped are among them.
 */
export interface UnrecordedCalls {
  readonly length: number
  readonly thread: Int32Array
  readonly site: Int32Array
  readonly calls: Float64Array
  /** How long the calls and runs of a row took together, what they called included: an estimate. */
  readonly estimatedNs: Float64Array
  /** Runs of async functions and generators but the first ones, which are `calls`; those may have left slices. */
  readonly laterRuns: Float64Array
}

/** The id of the activation a slice belongs to, or 0. */
export function activationOf(slices: SliceTable, index: SliceIndex): number {
  return slices.activation.length === 0 ? 0 : Math.abs(slices.activation[index])
}

/** Whether a slice continues an earlier run of its activation, so that it is not a call of its own. */
export function isResumed(slices: SliceTable, index: SliceIndex): boolean {
  return slices.activation.length !== 0 && slices.activation[index] < 0
}

/** The site of a slice. */
export function siteOf(trace: Trace, slices: SliceTable, index: SliceIndex): Site {
  const siteIndex: SiteIndex = slices.site[index]
  return trace.sites[siteIndex]
}
