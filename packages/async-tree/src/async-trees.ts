import type { Trace } from '@tracer/core'
import { addUp, treeOf, type AsyncTree } from './async-tree.js'
import { preorderOf, type Preorder } from './preorder.js'
import { endOfSubtree, slicesOf, type SliceRef } from './slice-ref.js'
import { NONE } from './task-columns.js'
import { tasksOf, type TaskTable } from './tasks.js'
import { waitsOf, type Waits } from './waits.js'

/** The async trees of a trace, and what leads from slice to slice. Made once for a trace: n log n in its slices and flows. */
export class AsyncTrees {
  readonly #trace: Trace
  readonly #table: TaskTable
  readonly #preorder: Preorder
  /** Links from slice to slice do without, and are wanted at once. */
  #waits: Waits | undefined
  /** Position in the preorder, by task. */
  readonly #position: Int32Array

  constructor(trace: Trace) {
    this.#trace = trace
    this.#table = tasksOf(trace)
    this.#preorder = preorderOf(this.#table.columns)
    this.#position = new Int32Array(this.#table.columns.length)
    this.#preorder.order.forEach((task, position) => {
      this.#position[task] = position
    })
  }

  /** Everything, from all roots. */
  all(): AsyncTree {
    return this.#treeOf(this.#preorder)
  }

  /**
   * A slice and everything that it caused. The first run of a task, or a later one, stands for the task; any other slice
   * for itself and what was caused in it.
   */
  from({ track, slice }: SliceRef): AsyncTree {
    const task = this.#table.taskOf[track][slice]
    const isRun = this.#isRun(track, slice, task)
    const part = this.#subtree(this.#position[task], (at) => isRun || this.#isCausedIn(at, track, slice))
    const tree = this.#treeOf(part)
    if (!isRun) this.#makeRoot(tree, track, slice)
    return tree
  }

  /**
   * What set a slice going, if anything is known to have: what called its task, or what an arrow or its drain says.
   * Of a run that was resumed where an arrow comes from, or else the run before it.
   */
  causeOf({ track, slice }: SliceRef): SliceRef | undefined {
    const { columns, taskOf } = this.#table
    const task = taskOf[track][slice]
    if (columns.slice[task] !== slice) {
      return this.#isRun(track, slice, task)
        ? (this.#arrowTo(track, slice) ?? this.#runBefore(track, slice))
        : undefined
    }
    if (columns.causeSlice[task] === NONE) return undefined
    return { track: columns.causeTrack[task], slice: columns.causeSlice[task] }
  }

  /** The first slices of the tasks that a slice has set going, itself or in what it called, in the order of time. */
  effectsOf({ track, slice }: SliceRef): SliceRef[] {
    const { columns, taskOf } = this.#table
    const { order, subtreeEnd } = this.#preorder
    const first = this.#position[taskOf[track][slice]]
    const effects: SliceRef[] = []
    for (let at = first + 1; at < subtreeEnd[first]; at = subtreeEnd[at]) {
      const task = order[at]
      if (this.#isCausedIn(at, track, slice)) effects.push({ track: columns.track[task], slice: columns.slice[task] })
    }
    return effects
  }

  #treeOf(part: Preorder): AsyncTree {
    this.#waits ??= waitsOf(this.#trace, this.#table, this.#preorder)
    return treeOf(this.#trace, this.#table.columns, this.#waits, part)
  }

  /** Where an arrow to a slice comes from. */
  #arrowTo(track: number, slice: number): SliceRef | undefined {
    const { flows } = this.#trace
    for (let row = 1; row < flows.length; row++) {
      const isEnd = flows.slice[row] === slice && flows.track[row] === track
      if (isEnd && flows.flow[row] === flows.flow[row - 1]) {
        return { track: flows.track[row - 1], slice: flows.slice[row - 1] }
      }
    }
    return undefined
  }

  /** The run before one of the same activation. */
  #runBefore(track: number, slice: number): SliceRef | undefined {
    const activation = slicesOf(this.#trace, track)?.activation
    if (activation === undefined) return undefined
    const id = Math.abs(activation[slice])
    for (let at = slice - 1; at >= 0; at--) if (Math.abs(activation[at]) === id) return { track, slice: at }
    return undefined
  }

  /** Whether a slice is a run of its task, not a call within one. */
  #isRun(track: number, slice: number, task: number): boolean {
    const slices = slicesOf(this.#trace, track)
    if (slices === undefined) return false
    return this.#table.columns.activation[task] === 0 ? slices.depth[slice] === 0 : slices.activation[slice] !== 0
  }

  /** Whether what set the task at a position going is a slice, or one below it. */
  #isCausedIn(at: number, track: number, slice: number): boolean {
    const { causeTrack, causeSlice } = this.#table.columns
    const task = this.#preorder.order[at]
    const slices = slicesOf(this.#trace, track)
    if (causeTrack[task] !== track || slices === undefined || causeSlice[task] < slice) return false
    return causeSlice[task] < endOfSubtree(slices, slice)
  }

  /** The part of the preorder below a position, with those children of the first that are wanted. */
  #subtree(first: number, isWanted: (at: number) => boolean): Preorder {
    const { order, depth, subtreeEnd, parent } = this.#preorder
    const end = subtreeEnd[first]
    const positions: number[] = [first]
    for (let at = first + 1; at < end;) {
      if (parent[at] === first && !isWanted(at)) {
        at = subtreeEnd[at]
      } else {
        positions.push(at)
        at++
      }
    }
    /** Where each is now, and what follows its last descendant. */
    const moved = new Int32Array(end - first + 1)
    for (let index = 0, at = first; at <= end; at++) {
      moved[at - first] = index
      if (positions[index] === at) index++
    }
    const column = (value: (at: number) => number): Int32Array => Int32Array.from(positions, value)
    return {
      order: column((at) => order[at]),
      depth: column((at) => depth[at] - depth[first]),
      subtreeEnd: column((at) => moved[subtreeEnd[at] - first]),
      parent: column((at) => (at === first ? NONE : moved[parent[at] - first])),
    }
  }

  /** Puts a slice in the place of the task that it is part of. */
  #makeRoot(tree: AsyncTree, track: number, slice: number): void {
    const slices = slicesOf(this.#trace, track)
    if (slices === undefined) return
    const { startNs, durationNs, activation } = slices
    const end = endOfSubtree(slices, slice)
    let othersNs = 0
    for (let at = slice + 1; at < end;) {
      const isRun = activation.length > 0 && activation[at] !== 0
      if (isRun) othersNs += durationNs[at]
      at = isRun ? endOfSubtree(slices, at) : at + 1
    }
    tree.slice[0] = slice
    tree.site[0] = slices.site[slice]
    tree.causedNs[0] = startNs[slice]
    tree.startNs[0] = startNs[slice]
    tree.endNs[0] = startNs[slice] + durationNs[slice]
    tree.runs[0] = 1
    tree.runNs[0] = durationNs[slice]
    tree.selfNs[0] = durationNs[slice] - othersNs
    tree.awaitingNs[0] = 0
    tree.queuedNs[0] = 0
    addUp(tree)
  }
}

/** All that a slice caused, or everything when none is given. For more than one question make an {@link AsyncTrees}. */
export function asyncTree(trace: Trace, root?: SliceRef): AsyncTree {
  const trees = new AsyncTrees(trace)
  return root === undefined ? trees.all() : trees.from(root)
}
