import type { EpochMilliseconds, Nanoseconds, Site, SiteKind, Ticks } from '@tracer/core'
import type { CollectionSource } from './collections.js'

/** Who writes a file and how its ticks become times. */
export interface ThreadHeader {
  /** 2; a reader rejects what it does not know. */
  readonly version: typeof SPOOL_VERSION
  readonly pid: number
  /** 0 for the main thread. */
  readonly threadId: number
  readonly threadName: string
  readonly processName: string
  readonly commandLine: readonly string[]
  readonly clock: {
    readonly id: string
    readonly nsPerTick: Nanoseconds
    /** Tick 0 on the machine's monotonic axis. Pairs in CLOCK blocks say it better. */
    readonly originNs: Nanoseconds
    readonly originEpochMs: EpochMilliseconds
  }
  /** By what the process that started this one knows it; absent on other threads than the main one. */
  readonly spawnKey?: string
  /** Of a process that is to outlive its parents. */
  readonly isDetached?: true
  /** Share of the thread's time that recording may take; absent when it is not limited. */
  readonly budgetPercent?: number
  /** Who tells of garbage collections; absent when nobody does. */
  readonly collections?: CollectionSource
}

/** The version of the interim files; a reader rejects what it does not know. */
export const SPOOL_VERSION = 3

/**
 * Ids of sites found by hooks that run in a thread of their own begin here, so that two threads
 * can hand out ids without asking each other. A thread's own ids stay below.
 */
export const HOOKS_THREAD_FIRST_SITE_ID = 2 ** 19

/** All site ids are below this: they are indices of arrays that a thread keeps for as long as it runs. */
export const SITE_ID_LIMIT = 2 ** 20

/** What became of modules. */
export type ModuleReport =
  | {
      readonly outcome: 'instrumented'
      readonly file: string
      /** Id of the first site; the others count up. */
      readonly firstSiteId: number
      readonly sites: readonly PackedSite[]
      readonly functionsSkipped: Readonly<Record<string, number>>
      /** Why its source map was not used; its sites have the positions of the text that was loaded. */
      readonly sourceMapProblem?: string
    }
  /** What the thread does in a module of Node.js itself; sites as above. */
  | {
      readonly outcome: 'built-in'
      readonly file: string
      readonly firstSiteId: number
      readonly sites: readonly PackedSite[]
    }
  /** Runs as it is although it was to be traced. */
  | { readonly outcome: 'skipped'; readonly file: string; readonly reason: string; readonly message: string }
  /** Modules that were not to be traced. */
  | { readonly outcome: 'filtered'; readonly reason: string; readonly count: number }

/**
 * A report as it is written: sites may be given as JSON text, as a cache keeps them. Then they are
 * taken as they are.
 */
export type NewModuleReport =
  | Exclude<ModuleReport, InstrumentedReport>
  | (Omit<InstrumentedReport, 'sites'> & { readonly sites: readonly PackedSite[] | string })

type InstrumentedReport = Extract<ModuleReport, { outcome: 'instrumented' }>

/**
 * A site as an array, because there are thousands: kind, name, file, line, column. An empty file
 * is the module's own.
 */
export type PackedSite = readonly [SiteKind, string, string, number, number]

/** A moment on both clocks, as a CLOCK block holds it. */
export interface ClockPair {
  readonly ticks: Ticks
  readonly monotonicNs: Nanoseconds
}

/** Calls and later runs in no record, as a COUNTS block holds them: columns of equal length. */
export interface CallCounts {
  readonly length: number
  readonly site: Int32Array
  readonly calls: Float64Array
  /** How long they took together, by estimate, what they called included. */
  readonly ticks: Float64Array
  /** Runs but the first ones, whether those left records or not; their time is among `ticks`. */
  readonly laterRuns: Float64Array
}

/** A decision of the budget: from now on the calls of a site are timed, or only tick-checked. */
export interface ModeMove {
  readonly site: number
  readonly to: 'timed' | 'checked'
  readonly atTicks: Ticks
  /** Calls of the site so far, and their mean length, which the decision rests on. */
  readonly calls: number
  readonly meanNs: Nanoseconds
  /** A few words for people. */
  readonly reason: string
  /** Whether an earlier run decided it, of which the calls and the mean are not known. */
  readonly isLearned?: boolean
}

/** Records that could not be written, exactly counted, and when they lay. */
export interface DroppedRecords {
  readonly count: number
  readonly fromTicks: Ticks
  readonly toTicks: Ticks
}

/** Calls of known length that limits kept out since the thread began, by reason; they are among {@link CallCounts}. */
export interface LeftOutCalls {
  /** Shorter than was asked for. */
  readonly short: number
  /** Nested deeper than was asked for. */
  readonly deep: number
}

/** A thread stopped recording, started again, or ended while it was stopped. */
export interface RecordingSwitch {
  readonly to: 'stopped' | 'started' | 'ended'
  readonly atTicks: Ticks
}

/** How a thread ended. */
export interface ThreadEnd {
  /** Calibrated cost of one pair of timed probes. */
  readonly overheadNs: Nanoseconds
  /** The part of it that lies between the two readings of the clock. */
  readonly overheadInsideNs: Nanoseconds
  /** Calibrated cost of one pair of tick-checked probes. */
  readonly checkNs: Nanoseconds
  /** Period of the tick; 0 when there was none. */
  readonly tickNs: Nanoseconds
  /** The longest time between two ticks. */
  readonly latestTickNs: Nanoseconds
  /** Time that the thread used a processor, where the runtime tells. */
  readonly cpuNs?: Nanoseconds
  /** What the process is about to end with, said by its main thread. */
  readonly exitCode?: number
}

/** Packs a site of the module `moduleFile`. */
export function packSite({ kind, name, file, line, column }: Site, moduleFile: string): PackedSite {
  return [kind, name, file === moduleFile ? '' : file, line, column]
}

export function unpackSite([kind, name, file, line, column]: PackedSite, moduleFile: string): Site {
  return { kind, name, file: file === '' ? moduleFile : file, line, column }
}
