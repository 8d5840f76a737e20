import type { Trace } from '@tracer/core'
import { siteOfSlice } from './slice-ref.js'
import { NONE } from './task-columns.js'
import { tasksOf } from './tasks.js'

/**
 * Activations of async functions and generators, as columns: a row for each, by track and first run.
 *
 * ```
 * time  0    10   20   30   40      row  slice  lastSlice  runs  startNs  endNs  runNs  awaitingNs  parent
 *       |-load-|         |load|     0    0      3          2     0        40     22     18          -1
 *          |get|   |get|            1    1      2          2     5        25     14     6           0
 * ```
 */
export interface ActivationTable {
  readonly length: number
  /** Position in `Trace.tracks`. */
  readonly track: Int32Array
  /** Its first run that the trace holds. */
  readonly slice: Int32Array
  readonly lastSlice: Int32Array
  readonly site: Int32Array
  readonly runs: Int32Array
  /** When it was called. */
  readonly startNs: Float64Array
  /** When its last run ended: at settlement, unless it never went on after an `await`. */
  readonly endNs: Float64Array
  /** In its runs, with what they called. */
  readonly runNs: Float64Array
  /** Between its runs. */
  readonly awaitingNs: Float64Array
  /** The row whose activation, or what that has set going, called this one; -1 when none did. */
  readonly parent: Int32Array
}

/** The activations of all threads. Linear in slices and flows. */
export function activations(trace: Trace): ActivationTable {
  const { columns } = tasksOf(trace)
  const rowOf = new Int32Array(columns.length).fill(NONE)
  const tasks: number[] = []
  for (let task = 0; task < columns.length; task++) {
    if (columns.activation[task] !== 0) rowOf[task] = tasks.push(task) - 1
  }
  const nearest = nearestRows(columns.parent, rowOf)
  const picked = <Column extends Int32Array | Float64Array>(column: Column, to: Column): Column => {
    tasks.forEach((task, row) => (to[row] = column[task]))
    return to
  }
  const ints = (column: Int32Array): Int32Array => picked(column, new Int32Array(tasks.length))
  const floats = (column: Float64Array): Float64Array => picked(column, new Float64Array(tasks.length))
  const { track, slice, startNs, endNs, runNs } = columns
  return {
    length: tasks.length,
    track: ints(track),
    slice: ints(slice),
    lastSlice: ints(columns.lastSlice),
    site: Int32Array.from(tasks, (task) => siteOfSlice(trace, track[task], slice[task])),
    runs: ints(columns.runs),
    startNs: floats(startNs),
    endNs: floats(endNs),
    runNs: floats(runNs),
    awaitingNs: Float64Array.from(tasks, (task) => Math.max(0, endNs[task] - startNs[task] - runNs[task])),
    parent: Int32Array.from(tasks, (task) => nearest[task]),
  }
}

/** For each task the row of its nearest ancestor that has one. */
function nearestRows(parent: Int32Array, rowOf: Int32Array): Int32Array {
  const UNKNOWN = -2
  const nearest = new Int32Array(parent.length).fill(UNKNOWN)
  const path: number[] = []
  for (let first = 0; first < parent.length; first++) {
    let task = first
    for (; task !== NONE && nearest[task] === UNKNOWN; task = parent[task]) path.push(task)
    // Of the task above the last of the path what is nearest to it, or that task itself.
    let above = task === NONE ? NONE : rowOf[task] === NONE ? nearest[task] : rowOf[task]
    for (let last = path.pop(); last !== undefined; last = path.pop()) {
      nearest[last] = above
      if (rowOf[last] !== NONE) above = rowOf[last]
    }
  }
  return nearest
}
