import type { EpochMilliseconds, Nanoseconds, Site, SiteKind, Ticks } from '@tracer/core'

/** Who writes a file and how its ticks become times. */
export interface ThreadHeader {
  /** 1; a reader rejects what it does not know. */
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
    /** Tick 0 on the machine's monotonic axis. */
    readonly originNs: Nanoseconds
    readonly originEpochMs: EpochMilliseconds
  }
}

export const SPOOL_VERSION = 1

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
    }
  /** Runs as it is although it was to be traced. */
  | { readonly outcome: 'skipped'; readonly file: string; readonly reason: string; readonly message: string }
  /** Modules that were not to be traced. */
  | { readonly outcome: 'filtered'; readonly reason: string; readonly count: number }

/** A site as an array, because there are thousands: kind, name, file, line, column. */
export type PackedSite = readonly [SiteKind, string, string, number, number]

/** How a thread ended. */
export interface ThreadEnd {
  /** Records that could not be written, exactly counted; 0 as a rule. */
  readonly lost: number
  /** Start of the first lost record. */
  readonly lostFrom: Ticks
  /** Calibrated cost of one probe pair. */
  readonly overheadNs: Nanoseconds
}

export function packSite({ kind, name, file, line, column }: Site): PackedSite {
  return [kind, name, file, line, column]
}

export function unpackSite([kind, name, file, line, column]: PackedSite): Site {
  return { kind, name, file, line, column }
}
