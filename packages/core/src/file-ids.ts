import type { Process, Trace } from './trace.js'
import type { ThreadIndex } from './units.js'

/**
 * The numbers under which a file knows processes and threads. Importers take them for 32-bit integers,
 * read 0 as "none", and a thread whose number is its process's as the main one; two processes with one
 * number would be drawn as one. Numbers that fit are kept.
 */
export interface FileIds {
  /** By process index. */
  readonly pids: readonly number[]
  /** By thread index. */
  readonly tids: readonly number[]
}

/** The numbers for a file in which they may be `largest` at most. */
export function fileIds(trace: Trace, largest: number): FileIds {
  const pids = distinct(
    trace.processes.map((process) => process.pid),
    1,
    largest,
  )
  const tids = new Array<number>(trace.threads.length)
  const threadsOf = trace.processes.map((): ThreadIndex[] => [])
  trace.threads.forEach(({ process }, thread) => threadsOf.at(process)?.push(thread))
  trace.processes.forEach((process, index) => {
    const threads = threadsOf[index]
    const wanted = wantedTids(trace, process, threads, pids[index])
    distinct(wanted, pids[index] + 1, largest).forEach((tid, i) => (tids[threads[i]] = tid))
  })
  return { pids, tids }
}

/** The main thread follows its process; without one, a thread 0 is taken for it. */
function wantedTids(trace: Trace, process: Process, threads: readonly ThreadIndex[], pid: number): number[] {
  const tids = threads.map((thread) => trace.threads[thread].tid)
  const main = tids.includes(process.pid) ? process.pid : 0
  return tids.map((tid) => (tid === main ? pid : tid))
}

/** Keeps each number that fits and is the first of its kind, and replaces the others by free ones. */
function distinct(wanted: readonly number[], firstFree: number, largest: number): number[] {
  const fits = (id: number): boolean => Number.isInteger(id) && id > 0 && id <= largest
  const taken = new Set(wanted.filter(fits))
  const given = new Set<number>()
  let free = firstFree
  return wanted.map((id) => {
    let result = id
    if (!fits(id) || given.has(id)) {
      while (taken.has(free) || !fits(free)) free = free >= largest ? 1 : free + 1
      result = free
      taken.add(free)
    }
    given.add(result)
    return result
  })
}
