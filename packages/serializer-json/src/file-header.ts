import type {
  Drop,
  FileIds,
  Process,
  Site,
  SiteKind,
  Thread,
  Trace,
  TraceMetadata,
  UnrecordedCalls,
} from '@tracer/core'

/**
 * What the Trace Event format has no place for, in metadata events of our own that stand before all
 * slices. Other readers skip metadata by names they do not know.
 *
 * - `tracer_trace`, once: the version of these events, the facts of {@link TraceMetadata}, and
 *   processes and threads with the numbers that the file uses for them.
 * - `tracer_sites`, 1,000 sites each, so that no line grows with the program: the `site` of an event
 *   is a position in all of them together.
 * - `tracer_unrecorded`, 1,000 rows each: calls that are in no slice, which no importer shall draw.
 *
 * Rows are arrays, because there are many sites and the names of their fields would be most of it.
 */
export const TRACE_EVENT_NAME = 'tracer_trace'
export const SITES_EVENT_NAME = 'tracer_sites'
export const UNRECORDED_EVENT_NAME = 'tracer_unrecorded'

/** Raised when a reader of an earlier version would misread a file. */
export const HEADER_VERSION = 1

const ROWS_PER_EVENT = 1000

/** Arguments of a `tracer_trace` event. */
export interface FileHeader extends TraceMetadata {
  readonly version: number
  readonly processes: readonly HeaderProcess[]
  readonly threads: readonly HeaderThread[]
}

export interface HeaderProcess extends Process {
  /** The pid in the file. */
  readonly filePid: number
}

export interface HeaderThread extends Thread {
  /** The tid in the file. */
  readonly fileTid: number
}

/** The arguments of a `tracer_trace` event, as JSON text. */
export function headerText(trace: Trace, ids: FileIds): string {
  const { producer, clock, originNs, originEpochMs, overheadNs, overheadInsideNs, checkNs, tickNs } = trace.metadata
  const { hostName, bootId } = trace.metadata
  return JSON.stringify({
    version: HEADER_VERSION,
    producer,
    clock,
    originNs,
    originEpochMs,
    overheadNs,
    overheadInsideNs,
    checkNs,
    tickNs,
    ...(hostName !== '' && { hostName }),
    ...(bootId !== '' && { bootId }),
    processes: trace.processes.map(({ pid, name, commandLine, exitCode, signal }, i) => {
      const end = signal ?? exitCode
      return [ids.pids[i], pid, name, commandLine, ...(end === undefined ? [] : [end])]
    }),
    threads: trace.threads.map(({ process, tid, name, complete, drops }, i) => [
      process,
      ids.tids[i],
      tid,
      name,
      complete,
      drops.map(({ count, startNs, endNs }) => [count, startNs, endNs]),
    ]),
  })
}

/** The arguments of the `tracer_sites` events, as JSON text. */
export function* siteTexts(sites: readonly Site[]): Generator<string, void, undefined> {
  for (let from = 0; from < sites.length; from += ROWS_PER_EVENT) {
    const rows = sites
      .slice(from, from + ROWS_PER_EVENT)
      .map(({ kind, name, file, line, column }) => [kind, name, file, line, column])
    yield JSON.stringify({ sites: rows })
  }
}

/** The arguments of the `tracer_unrecorded` events, as JSON text: rows of thread, site, calls, estimated time and, where there are any, later runs. */
export function* unrecordedTexts(unrecorded: UnrecordedCalls): Generator<string, void, undefined> {
  const { length, thread, site, calls, estimatedNs, laterRuns } = unrecorded
  for (let from = 0; from < length; from += ROWS_PER_EVENT) {
    const rows: number[][] = []
    for (let i = from; i < Math.min(length, from + ROWS_PER_EVENT); i++) {
      const row = [thread[i], site[i], calls[i], estimatedNs[i]]
      rows.push(laterRuns[i] > 0 ? [...row, laterRuns[i]] : row)
    }
    yield JSON.stringify({ calls: rows })
  }
}

/** Reads the arguments of a `tracer_trace` event; undefined when they are not what we write. */
export function parseHeader(args: unknown): FileHeader | undefined {
  if (!isFields(args)) return undefined
  const { version, producer, clock, originNs, originEpochMs, processes, threads } = args
  if (typeof version !== 'number' || !Array.isArray(processes) || !Array.isArray(threads)) return undefined
  return {
    version,
    producer: text(producer),
    clock: text(clock),
    originNs: number(originNs),
    originEpochMs: number(originEpochMs),
    overheadNs: number(args['overheadNs']),
    overheadInsideNs: number(args['overheadInsideNs']),
    checkNs: number(args['checkNs']),
    tickNs: number(args['tickNs']),
    hostName: text(args['hostName']),
    bootId: text(args['bootId']),
    processes: rowsOf(processes).map(parseProcess),
    threads: rowsOf(threads)
      .map(parseThread)
      .filter((thread) => thread.process in processes),
  }
}

/** Reads the arguments of a `tracer_sites` event. */
export function parseSites(args: unknown): Site[] {
  if (!isFields(args) || !Array.isArray(args['sites'])) return []
  return rowsOf(args['sites']).map(([kind, name, file, line, column]) => ({
    kind: SITE_KINDS.find((known) => known === kind) ?? 'function',
    name: text(name),
    file: text(file),
    line: number(line),
    column: number(column),
  }))
}

/** A row of a `tracer_unrecorded` event; thread and site are positions in the file's own tables. */
export interface UnrecordedRow {
  readonly thread: number
  readonly site: number
  readonly calls: number
  readonly estimatedNs: number
  readonly laterRuns: number
}

/** Reads the arguments of a `tracer_unrecorded` event. */
export function parseUnrecorded(args: unknown): UnrecordedRow[] {
  if (!isFields(args) || !Array.isArray(args['calls'])) return []
  return rowsOf(args['calls']).map(([thread, site, calls, estimatedNs, laterRuns]) => ({
    thread: number(thread),
    site: number(site),
    calls: number(calls),
    estimatedNs: number(estimatedNs),
    laterRuns: number(laterRuns),
  }))
}

const SITE_KINDS: readonly SiteKind[] = [
  'function',
  'module',
  'span',
  'async-span',
  'instant',
  'counter',
  'turn',
  'collection',
]

function parseProcess([filePid, pid, name, commandLine, end]: readonly unknown[]): HeaderProcess {
  const words: readonly unknown[] = Array.isArray(commandLine) ? commandLine : []
  return {
    filePid: number(filePid),
    pid: number(pid),
    name: text(name),
    commandLine: words.map(text),
    ...(typeof end === 'number' && { exitCode: end }),
    ...(typeof end === 'string' && { signal: end }),
  }
}

function parseThread([process, fileTid, tid, name, complete, drops]: readonly unknown[]): HeaderThread {
  return {
    process: number(process),
    fileTid: number(fileTid),
    tid: number(tid),
    name: text(name),
    complete: complete !== false,
    drops: Array.isArray(drops) ? rowsOf(drops).map(parseDrop) : [],
  }
}

function parseDrop([count, startNs, endNs]: readonly unknown[]): Drop {
  return { count: number(count), startNs: number(startNs), endNs: number(endNs) }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function rowsOf(values: readonly unknown[]): (readonly unknown[])[] {
  return values.filter((value): value is readonly unknown[] => Array.isArray(value))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
