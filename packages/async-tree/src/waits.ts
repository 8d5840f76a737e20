import type { SliceTable, Trace } from '@tracer/core'
import { BusyTime } from './busy-time.js'
import { OutsideWaits } from './outside-waits.js'
import type { Preorder } from './preorder.js'
import { LINKS, NONE, type TaskColumns } from './task-columns.js'
import { holdsSpans, suspendedAtEnd, type TaskTable } from './tasks.js'
import { isRunnable, ITERATION, PROMISE, wakeOf } from './wake.js'

/** How the time of each task went by that it did not run, by task. */
export interface Waits {
  /** Waiting for something to happen. */
  readonly awaitingNs: Float64Array
  /** Ready to go on, but the thread was busy. */
  readonly queuedNs: Float64Array
  /** How long the parent waited for this task, or for what this one caused. */
  readonly awaitedNs: Float64Array
  /** Waiting for what no task did, such as a timer. */
  readonly outside: OutsideWaits
}

/** Works out the waits of all tasks; `preorder` tells who descends from whom. */
export function waitsOf(trace: Trace, table: TaskTable, preorder: Preorder): Waits {
  const { length } = table.columns
  const waits = {
    awaitingNs: new Float64Array(length),
    queuedNs: new Float64Array(length),
    awaitedNs: new Float64Array(length),
    outside: new OutsideWaits(length),
  }
  const family = new Family(table.columns, preorder)
  /** By task, when its last run ended; NaN before that. */
  const pausedNs = new Float64Array(length).fill(NaN)
  trace.tracks.forEach((track, index) => {
    if (track.kind === 'counter') return
    if (holdsSpans(trace, track)) addSpans(table, index, waits)
    else new TrackWaits(track.slices, index, table, family, waits).add(pausedNs)
  })
  return waits
}

function addSpans({ columns, taskOf }: TaskTable, track: number, { awaitingNs }: Waits): void {
  for (const task of taskOf[track]) awaitingNs[task] = columns.endNs[task] - columns.causedNs[task]
}

/** The waits that end on one track. */
class TrackWaits {
  readonly #slices: SliceTable
  readonly #columns: TaskColumns
  readonly #taskOf: Int32Array
  readonly #family: Family
  readonly #waits: Waits
  readonly #busy: BusyTime
  readonly #heads: Int32Array

  constructor(slices: SliceTable, track: number, table: TaskTable, family: Family, waits: Waits) {
    this.#slices = slices
    this.#columns = table.columns
    this.#taskOf = table.taskOf[track]
    this.#family = family
    this.#waits = waits
    this.#busy = new BusyTime(slices)
    this.#heads = table.heads[track]
  }

  add(pausedNs: Float64Array): void {
    const { length, startNs, durationNs } = this.#slices
    const columns = this.#columns
    for (let i = 0; i < length; i++) {
      const task = this.#taskOf[i]
      const isFirst = columns.slice[task] === i
      if (isFirst) this.#addBeginning(task, i)
      if (columns.activation[task] === 0 || this.#slices.activation[i] === 0) continue
      if (!isFirst && !Number.isNaN(pausedNs[task])) this.#addPause(task, i, pausedNs[task])
      pausedNs[task] = startNs[i] + durationNs[i]
    }
    this.#addSuspended()
  }

  /** From the last run of what never settled to the end: as a rule it waited for what it called last that did not either. */
  #addSuspended(): void {
    const { parent, causedNs, endNs } = this.#columns
    const suspended = suspendedAtEnd(this.#slices)
    const awaited = new Map<number, number>()
    for (const slice of suspended) {
      const task = this.#taskOf[slice]
      const before = awaited.get(parent[task])
      if (before === undefined || causedNs[before] <= causedNs[task]) awaited.set(parent[task], task)
    }
    for (const slice of suspended) {
      const task = this.#taskOf[slice]
      const waitedNs = this.#split(task, Math.max(0, endNs[task] - this.#endNs(slice)), 0)
      const child = awaited.get(task)
      if (child !== undefined) this.#waits.awaitedNs[child] += waitedNs
    }
  }

  /** From the cause of a task to its first run. */
  #addBeginning(task: number, slice: number): void {
    const { causedNs, startNs, link } = this.#columns
    const total = startNs[task] - causedNs[task]
    if (total <= 0 || link[task] === 0) return
    if (LINKS[link[task]] === 'drain') {
      this.#split(task, total, total)
      return
    }
    const wake = wakeOf(this.#slices, slice)
    if (wake?.kind === PROMISE) {
      this.#addReaction(task, slice, total)
      return
    }
    const fromNs = wake === undefined || isRunnable(wake.kind) ? causedNs[task] : dueNs(causedNs[task], wake.delayMs)
    const waitedNs = this.#split(task, total, this.#busy.between(fromNs, startNs[task]))
    if (wake !== undefined) this.#waits.outside.add(task, wake.kind, waitedNs)
  }

  /** From when a promise was given a callback until that runs: of what ended in between the promise waited for the last. */
  #addReaction(task: number, slice: number, total: number): void {
    const { causedNs, startNs, parent } = this.#columns
    const settler = this.#settler(parent[task], slice, causedNs[task])
    const readyNs = settler === undefined ? startNs[task] : Math.max(causedNs[task], this.#endNs(settler))
    const waitedNs = this.#split(task, total, startNs[task] - readyNs)
    if (settler === undefined) this.#waits.outside.add(task, PROMISE, waitedNs)
  }

  /** From the end of a run to the next one of the same activation. */
  #addPause(task: number, slice: number, pausedNs: number): void {
    const startNs = this.#slices.startNs[slice]
    const settler = this.#settler(task, slice, pausedNs)
    const total = Math.max(0, startNs - pausedNs)
    if (settler === undefined) {
      const wake = wakeOf(this.#slices, slice)
      // As a rule a timer is started just before the wait for it.
      const dueAtNs = wake === undefined ? Infinity : dueNs(pausedNs, wake.delayMs)
      const waitedNs = this.#split(task, total, this.#busy.between(dueAtNs, startNs))
      if (wake !== undefined) this.#waits.outside.add(task, wake.kind, waitedNs)
      return
    }
    const readyNs = Math.max(pausedNs, this.#endNs(settler))
    this.#split(task, total, startNs - readyNs)
    const child = this.#family.childToward(task, this.#taskOf[settler])
    this.#waits.awaitedNs[child] += total
  }

  /**
   * The slice whose end let an activation go on: the last one in the same drain that ended a task which the
   * activation has caused, or gave it a value. Looks at a limited number of slices, so that the time it takes stays linear.
   */
  #settler(task: number, slice: number, pausedNs: number): number | undefined {
    const { depth, activation, startNs } = this.#slices
    if (depth[slice] > 0 || isEvent(wakeOf(this.#slices, slice)?.kind)) return undefined
    let laterNs = startNs[slice]
    for (let i = slice - 1; i >= Math.max(0, slice - MOST_SLICES_BACK); i--) {
      const endNs = this.#endNs(i)
      if (depth[i] === 0) {
        const isOtherDrain =
          this.#heads.length === 0 ? laterNs - endNs > IDLE_NS : this.#heads[i] !== this.#heads[slice]
        if (isOtherDrain) return undefined
        laterNs = startNs[i]
      }
      const ended = this.#taskOf[i]
      const isRun = depth[i] === 0 || activation[i] !== 0
      const isOver = isRun && (this.#columns.lastSlice[ended] === i || this.#isGoneThrough(ended, task))
      if (isOver && endNs > pausedNs && this.#family.descends(ended, task)) return i
    }
    return undefined
  }

  /** Whether a task is a generator that another one goes through: it runs while that waits for its next value. */
  #isGoneThrough(task: number, by: number): boolean {
    const { parent, slice } = this.#columns
    return parent[task] === by && wakeOf(this.#slices, slice[task])?.kind === ITERATION
  }

  /** Of some time that a task did not run it was ready for a part; gives the other. */
  #split(task: number, totalNs: number, queuedNs: number): number {
    const queued = Math.min(totalNs, Math.max(0, queuedNs))
    this.#waits.queuedNs[task] += queued
    this.#waits.awaitingNs[task] += totalNs - queued
    return totalNs - queued
  }

  #endNs(slice: number): number {
    return this.#slices.startNs[slice] + this.#slices.durationNs[slice]
  }
}

/** Whether a slice was called back for something that no slice did. */
function isEvent(kind: string | undefined): boolean {
  return kind !== undefined && kind !== PROMISE
}

/** When a thing is known to be ready; never when nobody knows. */
function dueNs(causedNs: number, delayMs: number | undefined): number {
  return delayMs === undefined ? Infinity : causedNs + delayMs * NS_PER_MS
}

const NS_PER_MS = 1e6
const MOST_SLICES_BACK = 256
/** Where the recording does not say which slices follow each other at once, those that are no further apart do. */
const IDLE_NS = 100_000

/** Who descends from whom. */
class Family {
  readonly #columns: TaskColumns
  readonly #position: Int32Array
  readonly #subtreeEnd: Int32Array

  constructor(columns: TaskColumns, { order, subtreeEnd }: Preorder) {
    this.#columns = columns
    this.#subtreeEnd = subtreeEnd
    this.#position = new Int32Array(order.length)
    order.forEach((task, position) => {
      this.#position[task] = position
    })
  }

  descends(task: number, ancestor: number): boolean {
    const [position, above] = [this.#position[task], this.#position[ancestor]]
    return position > above && position < this.#subtreeEnd[above]
  }

  /** The child of `ancestor` that `task` is, or descends from. */
  childToward(ancestor: number, task: number): number {
    let child = task
    while (this.#columns.parent[child] !== ancestor && this.#columns.parent[child] !== NONE) {
      child = this.#columns.parent[child]
    }
    return child
  }
}
