import type { SliceTable, Trace } from '@tracer/core'
import { LINKS, NONE } from './task-columns.js'
import type { TaskTable } from './tasks.js'

/**
 * Messages that a thread takes from a port itself, as workers of pools do that wait by `Atomics.wait`: what it then
 * runs belongs to the message, as if Node.js had called back for it.
 *
 * ```
 * time    0    10   20   30   40   50   60
 *         |-wait-|           |-wait-|            Atomics.wait
 *                |take|             |take|       receiveMessageOnPort, with an arrow from who sent it
 *                     |task|             |task|  of the message before
 * ```
 */
export class TakenMessages {
  readonly #trace: Trace
  readonly #slices: SliceTable
  readonly #table: Pick<TaskTable, 'columns' | 'taskOf'>
  readonly #track: number

  constructor(trace: Trace, track: number, slices: SliceTable, table: Pick<TaskTable, 'columns' | 'taskOf'>) {
    this.#trace = trace
    this.#slices = slices
    this.#table = table
    this.#track = track
  }

  /** Whether a slice at the bottom of the stack takes a message of which it is known who sent it. */
  isTake(slice: number): boolean {
    const { columns, taskOf } = this.#table
    if (!this.#is(slice, 'receiveMessageOnPort', 'node:worker_threads')) return false
    return LINKS[columns.link[taskOf[this.#track][slice]]] === 'flow'
  }

  /** Whether a slice waits for what comes next. */
  isWait(slice: number): boolean {
    return this.#is(slice, 'Atomics.wait', 'node:atomics')
  }

  /** For each slice at the bottom of the stack that follows a taken message at once, the one that took it; else `NONE`. */
  heads(): Int32Array {
    const { length, depth, startNs, durationNs } = this.#slices
    const heads = new Int32Array(length).fill(NONE)
    let head = NONE
    let lastEndNs = 0
    for (let i = 0; i < length; i++) {
      if (depth[i] > 0) continue
      if (this.isTake(i)) head = i
      else if (this.isWait(i) || startNs[i] - lastEndNs > AT_ONCE_NS) head = NONE
      heads[i] = head
      lastEndNs = startNs[i] + durationNs[i]
    }
    return heads
  }

  #is(slice: number, name: string, file: string): boolean {
    const site = this.#trace.sites[this.#slices.site[slice]]
    return site.name === name && site.file === file
  }
}

/** Slices that are no further apart belong together, where nothing else tells. */
const AT_ONCE_NS = 100_000
