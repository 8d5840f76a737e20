import type { AsyncTrack, SliceTable, ThreadTrack, Trace, Track } from '@tracer/core'
import { ActivationTasks } from './activation-tasks.js'
import { drainHeads, linkDrains } from './drains.js'
import { linkFlows } from './flow-links.js'
import { cutCycles } from './preorder.js'
import { linkSpans } from './span-links.js'
import { TakenMessages } from './taken-messages.js'
import { NONE, TaskColumns } from './task-columns.js'

/**
 * The tasks of a trace, and what set each one going. A task is an activation with all its runs, a call at
 * the bottom of its stack, or an asynchronous span:
 *
 * ```
 * time    0    10   20   30   40   50        task  is           parent  link
 *         |-main--|                          0     call main    -1      none
 *           |load|        |load|             1     load         0       call: main was running
 *              '....timer........' |-tick-|  2     call tick    1       flow: load started the timer
 * ```
 *
 * A call that neither suspends nor stands at the bottom is part of the task that it runs in.
 */
export interface TaskTable {
  readonly columns: TaskColumns
  /** By track: the task that each slice is part of; empty for a counter. */
  readonly taskOf: readonly Int32Array[]
  /** By track: for each slice the one with which its drain began; empty where that is not known. */
  readonly heads: readonly Int32Array[]
}

/** Finds the tasks of all tracks. Linear in slices and flows. */
export function tasksOf(trace: Trace): TaskTable {
  const { tracks } = trace
  const columns = new TaskColumns(tracks.reduce((sum, track) => sum + mostTasks(track), 0))
  const taskOf = tracks.map((track, index) =>
    track.kind === 'counter' || holdsNoTasks(trace, track)
      ? new Int32Array(0)
      : addTasks(columns, index, track.slices, holdsSpans(trace, track)),
  )
  const linked = { columns, taskOf }
  linkSpans(trace, linked)
  linkFlows(trace, linked)
  const heads = tracks.map((track, index) =>
    track.kind === 'thread'
      ? drainHeads(trace, track.slices, new TakenMessages(trace, index, track.slices, linked))
      : new Int32Array(0),
  )
  const table = { ...linked, heads }
  linkDrains(trace, table)
  cutCycles(columns)
  return table
}

/** Whether a track holds asynchronous spans: all of its slices do, or none. */
export function holdsSpans(trace: Trace, track: Track): boolean {
  return track.kind === 'async' && track.slices.length > 0 && trace.sites[track.slices.site[0]].kind === 'async-span'
}

/** Whether a track holds no work of its own: turns of the event loop stand around slices, garbage collections lie within. */
function holdsNoTasks(trace: Trace, track: AsyncTrack | ThreadTrack): boolean {
  if (track.slices.length === 0) return false
  const { kind } = trace.sites[track.slices.site[0]]
  return kind === 'turn' || kind === 'collection'
}

function mostTasks(track: Track): number {
  if (track.kind === 'counter') return 0
  const { length, depth, activation } = track.slices
  let count = 0
  for (let i = 0; i < length; i++) if (depth[i] === 0 || (activation.length > 0 && activation[i] !== 0)) count++
  return count
}

function addTasks(columns: TaskColumns, track: number, slices: SliceTable, areSpans: boolean): Int32Array {
  const { length, depth, activation, startNs, durationNs } = slices
  const taskOf = new Int32Array(length)
  const activations = new ActivationTasks(activation)
  /** The open slices, outermost first. */
  const path: number[] = []
  for (let i = 0; i < length; i++) {
    const level = depth[i]
    const caller = level === 0 ? NONE : path[level - 1]
    path[level] = i
    const id = activation.length === 0 ? 0 : Math.abs(activation[i])
    if (id === 0 && caller !== NONE) {
      taskOf[i] = taskOf[caller]
      continue
    }
    let task = id === 0 ? NONE : activations.get(id)
    if (task === NONE) {
      task = columns.begin(track, i, startNs[i], id)
      if (id !== 0) activations.set(id, task)
      if (caller !== NONE) columns.cause(task, 'call', taskOf[caller], track, caller, startNs[i])
    }
    taskOf[i] = task
    columns.run(task, i, startNs[i], areSpans ? 0 : durationNs[i])
    if (areSpans) columns.endNs[task] = startNs[i] + durationNs[i]
    if (caller !== NONE) columns.selfNs[taskOf[caller]] -= durationNs[i]
  }
  for (const i of suspendedAtEnd(slices)) columns.endNs[taskOf[i]] = lastEndNs(slices)
  return taskOf
}

/** The last runs of activations that never settled: they waited until the end of the recording. */
export function suspendedAtEnd({ activation, unfinished }: SliceTable): number[] {
  return activation.length === 0 ? [] : [...unfinished].filter((slice) => activation[slice] !== 0)
}

function lastEndNs({ length, depth, startNs, durationNs }: SliceTable): number {
  let last = length - 1
  while (last > 0 && depth[last] > 0) last--
  return startNs[last] + durationNs[last]
}
