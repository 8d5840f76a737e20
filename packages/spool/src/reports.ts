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
 * can hand out ids without asking each other.
 */
export const HOOKS_THREAD_FIRST_SITE_ID = 2 ** 30

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

/** How a thread ended. */
export interface ThreadEnd {
  /** Records that could not be written, exactly counted; 0 as a rule. */
  readonly lost: number
  /** Start of the first lost record. */
  readonly lostFrom: Ticks
  /** Calibrated cost of one probe pair. */
  readonly overheadNs: Nanoseconds
}

/** Packs a site of the module `moduleFile`. */
export function packSite({ kind, name, file, line, column }: Site, moduleFile: string): PackedSite {
  return [kind, name, file === moduleFile ? '' : file, line, column]
}

export function unpackSite([kind, name, file, line, column]: PackedSite, moduleFile: string): Site {
  return { kind, name, file: file === '' ? moduleFile : file, line, column }
}
