import { collectionFacts, factsOf } from '@tracer/call-tree'
import { learned, tickChecked, warningsOf } from './budget.js'
import { leftOutCalls } from './left-out.js'
import { overheadOf } from './overhead.js'
import { longestStopNs } from './stops.js'
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
  /** Calls that are in no slice, exactly; those of lost slices are among them. */
  readonly unrecordedCalls: number
  /** Of these, calls that `--min-duration` and `--max-depth` left out. */
  readonly leftOut: { readonly minDuration: number; readonly maxDepth: number }
  readonly threads: number
  /** Threads that ended without handing over their last records. */
  readonly threadsUnfinished: number
  readonly processes: number
  /** How each of them ended, as far as it is known. */
  readonly ends: readonly ProcessEndRow[]
  /** From the first moment of the trace to the last. */
  readonly durationMs: number
  /** Of that, how long recording was stopped, on the thread where that was longest. */
  readonly stoppedMs: number
  /** How much was garbage collection; null when that was not recorded. */
  readonly garbage: GarbageRow | null
  readonly modulesInstrumented: number
  readonly functionsInstrumented: number
  /** Counts by reason. */
  readonly functionsSkipped: Readonly<Record<string, number>>
  /** Modules that ran untouched although they were to be traced. */
  readonly modulesSkipped: readonly { readonly file: string; readonly reason: string; readonly message: string }[]
  /** Modules that were not to be traced: counts by reason. */
  readonly modulesFiltered: Readonly<Record<string, number>>
  /** Calibrated cost of one pair of timed probes; 0 when it is not known. */
  readonly overheadNs: number
  /** The part of it that lies inside the slice. */
  readonly overheadInsideNs: number
  /** Calibrated cost of one pair of tick-checked probes. */
  readonly checkNs: number
  /** Period of the tick; 0 when there was none. */
  readonly tickNs: number
  /** The longest time between two ticks, on any thread. */
  readonly latestTickNs: number
  /** Share of the busiest thread's time that recording took, by the costs above; null when not known. */
  readonly overheadPercent: number | null
  /** The same where probes cost as much as they do among other work. */
  readonly overheadMostPercent: number | null
  /** What that share was to stay under; null when it was not limited. */
  readonly budgetPercent: number | null
  readonly overBudget: boolean
  /** Functions that were tick-checked at some time. */
  readonly functionsTickChecked: number
  /** Those among them that began so, because an earlier run had learned it. */
  readonly functionsLearned: number
  /** What the budget decided, a row for each function that it moved. */
  readonly moves: readonly FunctionMoves[]
  readonly warnings: readonly string[]
}

/** How a process ended; null for what is not known, and for the one of code and signal that it did not end with. */
export interface ProcessEndRow {
  readonly pid: number
  readonly name: string
  readonly exitCode: number | null
  readonly signal: string | null
}

/** Garbage collections of all threads, and how long the thread was stopped that was stopped most. */
export interface GarbageRow {
  readonly collections: number
  readonly totalMs: number
  readonly longestMs: number
  readonly mostMs: number
}

/** How often a function was moved, and what its last move rested on. */
export interface FunctionMoves {
  readonly function: string
  readonly file: string
  readonly line: number
  readonly toChecked: number
  readonly toTimed: number
  readonly calls: number
  readonly meanNs: number
  readonly reason: string
}

export function jsonSummary({ session, output, bytes }: RunResult): JsonSummary {
  const { trace, modules, costs } = session
  const { overheadNs, overheadInsideNs, checkNs, tickNs } = trace.metadata
  const facts = factsOf(trace)
  const leftOut = leftOutCalls(session)
  const overhead = overheadOf(session, facts.spanNs)
  return {
    output,
    bytes,
    events: facts.events,
    dropped: facts.dropped,
    unrecordedCalls: facts.unrecordedCalls,
    leftOut: { minDuration: leftOut.short, maxDepth: leftOut.deep },
    threads: facts.threads,
    threadsUnfinished: facts.unfinished.length,
    processes: facts.processes,
    ends: trace.processes.map(({ pid, name, exitCode = null, signal = null }) => ({ pid, name, exitCode, signal })),
    durationMs: facts.spanNs / NS_PER_MS,
    stoppedMs: longestStopNs(session.stops) / NS_PER_MS,
    garbage: session.hasCollections ? garbageRow(session) : null,
    modulesInstrumented: modules.instrumented,
    functionsInstrumented: modules.functionsInstrumented,
    functionsSkipped: modules.functionsSkipped,
    modulesSkipped: modules.skipped.map(({ file, reason, message }) => ({ file, reason, message })),
    modulesFiltered: modules.filtered,
    overheadNs,
    overheadInsideNs,
    checkNs,
    tickNs,
    latestTickNs: Math.max(0, ...costs.map(({ latestTickNs }) => latestTickNs)),
    overheadPercent: overhead.share === undefined ? null : overhead.share.least * 100,
    overheadMostPercent: overhead.share === undefined ? null : overhead.share.most * 100,
    budgetPercent: overhead.budgetPercent ?? null,
    overBudget: overhead.isOverBudget,
    functionsTickChecked: tickChecked(session).length,
    functionsLearned: learned(session).length,
    moves: functionMoves(session),
    warnings: warningsOf(session),
  }
}

function garbageRow({ trace }: RunResult['session']): GarbageRow {
  const { count = 0, totalNs = 0, longest, most } = collectionFacts(trace) ?? {}
  return {
    collections: count,
    totalMs: totalNs / NS_PER_MS,
    longestMs: (longest?.ns ?? 0) / NS_PER_MS,
    mostMs: (most?.ns ?? 0) / NS_PER_MS,
  }
}

function functionMoves({ trace, moves }: RunResult['session']): FunctionMoves[] {
  return moves.map(({ site, toChecked, toTimed, calls, meanNs, reason }) => {
    const { name, file, line } = trace.sites[site]
    return { function: name, file, line, toChecked, toTimed, calls, meanNs, reason }
  })
}
