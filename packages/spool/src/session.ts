import { TraceBuilder, type Trace } from '@tracer/core'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readChildNotes } from './children-log.js'
import { SpoolError } from './errors.js'
import { readMachine } from './machine.js'
import type { SiteMoves } from './mode-moves.js'
import { ModuleSummaryBuilder, type ModuleSummary } from './module-summary.js'
import { byStart, ProcessTable } from './process-table.js'
import type { ThreadStops } from './recording-gaps.js'
import type { LeftOutCalls } from './reports.js'
import { readSpool } from './spool-reader.js'
import { SiteSpace } from './site-space.js'
import type { ThreadCosts } from './thread-costs.js'
import { ThreadReader } from './thread-reader.js'

/** Everything that the threads of a run left in a folder. */
export interface Session {
  readonly trace: Trace
  readonly modules: ModuleSummary
  /** What recording cost, by thread of the trace. */
  readonly costs: readonly ThreadCosts[]
  /** Calls that limits kept out, by thread of the trace; they are among its unrecorded ones. */
  readonly leftOut: readonly LeftOutCalls[]
  /** How often and how long recording was stopped, by thread of the trace. */
  readonly stops: readonly ThreadStops[]
  /** What the budget decided, a row for each site that it moved, on whichever thread. */
  readonly moves: readonly SiteMoves[]
  /** Whether garbage collections were recorded. */
  readonly hasCollections: boolean
  /** One sentence for each thing that is missing or was repaired; empty as a rule. */
  readonly warnings: readonly string[]
}

/**
 * File name of a thread's spool. `space` names the thread among all of the run; its site ids are
 * unique within it.
 */
export function spoolFileName(space: string): string {
  return `${space}${SPOOL_EXTENSION}`
}

/** File name of the module reports that a thread's hooks write when they run in a thread of their own. */
export function modulesFileName(space: string): string {
  return `${space}${MODULES_EXTENSION}`
}

/** Node.js tells of them when the event loop turns again, and there is no next turn. */
const LAST_COLLECTIONS_UNKNOWN =
  'garbage collections in the last turn of each event loop are not known, nor how much of the heap was in use: ' +
  'the native clock, which tells of them, is not built'

const SPOOL_EXTENSION = '.spool'
const MODULES_EXTENSION = '.modules'

/**
 * Reads a session folder, also one whose writers were killed. `producer` is what the trace's
 * metadata will say of who wrote it.
 *
 * @throws SpoolError with code `NO_SESSION` when the folder cannot be read.
 */
export async function readSession(folder: string, producer = 'tracer'): Promise<Session> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new SpoolError('NO_SESSION', `cannot read the session folder ${folder}`, { cause })
  })
  const builder = new TraceBuilder()
  const modules = new ModuleSummaryBuilder()
  const warnings: string[] = []
  const spaces = new Map<string, SiteSpace>()
  const spaceOf = (name: string): SiteSpace => {
    const key = name.slice(0, name.lastIndexOf('.'))
    const known = spaces.get(key)
    if (known !== undefined) return known
    const space = new SiteSpace(builder, modules)
    spaces.set(key, space)
    return space
  }

  // Modules first: records refer to their sites.
  for (const name of names.filter((file) => file.endsWith(MODULES_EXTENSION))) {
    for (const block of readSpool(join(folder, name))) {
      if (block.kind === 'module') spaceOf(name).add(block.report)
    }
  }
  const processes = new ProcessTable(builder)
  const threads = new ThreadReader(builder, warnings, processes)
  for (const name of names.filter((file) => file.endsWith(SPOOL_EXTENSION)).sort(byStart)) {
    threads.read(join(folder, name), spaceOf(name))
  }
  warnings.push(...processes.finish(readChildNotes(folder)))
  if (threads.collections.has('observer')) warnings.push(LAST_COLLECTIONS_UNKNOWN)
  return {
    trace: builder.build({ ...threads.metadata(producer), ...readMachine(folder) }),
    modules: modules.build(),
    costs: threads.costs,
    leftOut: threads.leftOut,
    stops: threads.stops,
    moves: threads.moves(),
    hasCollections: threads.collections.size > 0,
    warnings: [...warnings, ...modules.warnings()],
  }
}
