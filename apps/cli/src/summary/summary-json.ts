import { factsOf } from './facts.js'
import type { RunResult } from './run-result.js'

const NS_PER_MS = 1e6

/** What `--summary json` prints: one object, for machines; names are never taken away again. */
export interface JsonSummary {
  readonly output: string
  /** Size of the output. */
  readonly bytes: number
  /** Recorded slices. */
  readonly events: number
  /** Slices that were lost, exactly. */
  readonly dropped: number
  readonly threads: number
  /** Threads that ended without handing over their last records. */
  readonly threadsUnfinished: number
  readonly processes: number
  /** From the first moment of the trace to the last. */
  readonly durationMs: number
  readonly modulesInstrumented: number
  readonly functionsInstrumented: number
  /** Counts by reason. */
  readonly functionsSkipped: Readonly<Record<string, number>>
  /** Modules that ran untouched although they were to be traced. */
  readonly modulesSkipped: readonly { readonly file: string; readonly reason: string; readonly message: string }[]
  /** Modules that were not to be traced: counts by reason. */
  readonly modulesFiltered: Readonly<Record<string, number>>
  /** Calibrated cost of one pair of probes; 0 when it is not known. */
  readonly overheadNs: number
  readonly warnings: readonly string[]
}

export function jsonSummary({ session, output, bytes }: RunResult): JsonSummary {
  const { trace, modules, warnings } = session
  const facts = factsOf(trace)
  return {
    output,
    bytes,
    events: facts.events,
    dropped: facts.dropped,
    threads: facts.threads,
    threadsUnfinished: facts.unfinished.length,
    processes: facts.processes,
    durationMs: facts.spanNs / NS_PER_MS,
    modulesInstrumented: modules.instrumented,
    functionsInstrumented: modules.functionsInstrumented,
    functionsSkipped: modules.functionsSkipped,
    modulesSkipped: modules.skipped.map(({ file, reason, message }) => ({ file, reason, message })),
    modulesFiltered: modules.filtered,
    overheadNs: trace.metadata.overheadNs,
    warnings,
  }
}
