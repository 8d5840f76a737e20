import type { Process, ThreadIndex, Trace } from '@tracer/core'

/**
 * The numbers under which Perfetto knows processes and threads. It takes them for signed 32-bit integers, reads 0 as
 * "none", and a thread whose number is its process's as the main one; two processes with one number would be drawn as
 * one. Numbers that fit are kept.
 */
export interface FileIds {
  /** By process index. */
  readonly pids: readonly number[]
  /** By thread index. */
  readonly tids: readonly number[]
}

export function fileIds(trace: Trace): FileIds {
  const pids = distinct(
    trace.processes.map((process) => process.pid),
    1,
  )
  const tids = new Array<number>(trace.threads.length)
  trace.processes.forEach((process, index) => {
    const threads = [...trace.threads.keys()].filter((thread) => trace.threads[thread].process === index)
    const wanted = wantedTids(trace, process, threads, pids[index])
    distinct(wanted, pids[index] + 1).forEach((tid, i) => (tids[threads[i]] = tid))
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
function distinct(wanted: readonly number[], firstFree: number): number[] {
  const taken = new Set(wanted.filter(fits))
  const given = new Set<number>()
  let free = firstFree
  return wanted.map((id) => {
    let result = id
    if (!fits(id) || given.has(id)) {
      while (taken.has(free) || !fits(free)) free = free >= MAX_ID ? 1 : free + 1
      result = free
      taken.add(free)
    }
    given.add(result)
    return result
  })
}

const MAX_ID = 2 ** 31 - 1

function fits(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= MAX_ID
}
