import type { Trace } from '@tracer/core'
import type { OutsideWait } from './outside-waits.js'
import type { Preorder } from './preorder.js'
import { siteOfSlice } from './slice-ref.js'
import { LINKS, NONE, type Link, type TaskColumns } from './task-columns.js'
import type { Waits } from './waits.js'

/**
 * What caused what, on all threads: tasks as columns in preorder, siblings by the time they were caused. A
 * task is an activation with all its runs, a call at the bottom of its stack, or an asynchronous span.
 *
 * Children of `node` are `node + 1`, then `subtreeEnd` of that one, and so on while it is less than
 * `subtreeEnd[node]`; the roots likewise from 0 while less than `length`. For each node
 * `causedNs` + `runNs` + `awaitingNs` + `queuedNs` gives `endNs`.
 */
export interface AsyncTree {
  readonly length: number
  /** Position in `Trace.tracks` of the first run's slice. */
  readonly track: Int32Array
  /** Its first run. */
  readonly slice: Int32Array
  readonly site: Int32Array
  /** -1 for a root. */
  readonly parent: Int32Array
  readonly subtreeEnd: Int32Array
  readonly depth: Int32Array
  /** How it is known what set it going. */
  readonly link: readonly Link[]
  /** The very slice that set it going, and its track; -1 when nobody knows. */
  readonly causeTrack: Int32Array
  readonly causeSlice: Int32Array
  /** When it was set going; its start when it was called, or nobody knows. */
  readonly causedNs: Float64Array
  readonly startNs: Float64Array
  readonly endNs: Float64Array
  /** Runs that the trace holds. */
  readonly runs: Int32Array
  /** In its runs, with all that they called. */
  readonly runNs: Float64Array
  /** In its runs, without those of other nodes inside them. */
  readonly selfNs: Float64Array
  /** `selfNs` of the node and all below it, on whichever thread. */
  readonly totalNs: Float64Array
  /** Waiting for something to happen. */
  readonly awaitingNs: Float64Array
  /** Ready to go on, while its thread was busy with other things. */
  readonly queuedNs: Float64Array
  /** How much of the waiting of its parent was for this node. */
  readonly awaitedNs: Float64Array
  /** What a node waited for that no other node did: each type that Node.js has for such things, with the time. */
  readonly outside: ReadonlyMap<number, readonly OutsideWait[]>
  /** When the last of the node and all below it ended. */
  readonly lastNs: Float64Array
}

/** The columns of the tasks that a preorder holds. */
export function treeOf(trace: Trace, columns: TaskColumns, waits: Waits, preorder: Preorder): AsyncTree {
  const { order, parent } = preorder
  const { length } = order
  const ints = (column: Int32Array): Int32Array => pick(column, order, new Int32Array(length))
  const floats = (column: Float64Array): Float64Array => pick(column, order, new Float64Array(length))
  const tree = {
    length,
    track: ints(columns.track),
    slice: ints(columns.slice),
    site: Int32Array.from(order, (task) => siteOfSlice(trace, columns.track[task], columns.slice[task])),
    parent,
    subtreeEnd: preorder.subtreeEnd,
    depth: preorder.depth,
    link: Array.from(order, (task) => LINKS[columns.link[task]]),
    causeTrack: ints(columns.causeTrack),
    causeSlice: ints(columns.causeSlice),
    causedNs: floats(columns.causedNs),
    startNs: floats(columns.startNs),
    endNs: floats(columns.endNs),
    runs: ints(columns.runs),
    runNs: floats(columns.runNs),
    selfNs: floats(columns.selfNs),
    totalNs: floats(columns.selfNs),
    awaitingNs: floats(waits.awaitingNs),
    queuedNs: floats(waits.queuedNs),
    awaitedNs: floats(waits.awaitedNs),
    outside: waits.outside.byNode(order),
    lastNs: floats(columns.endNs),
  }
  addUp(tree)
  return tree
}

/** Fills what is of a node and all below it. */
export function addUp({ length, parent, selfNs, endNs, totalNs, lastNs }: AsyncTree): void {
  totalNs.set(selfNs)
  lastNs.set(endNs)
  for (let node = length - 1; node >= 0; node--) {
    const above = parent[node]
    if (above === NONE) continue
    totalNs[above] += totalNs[node]
    lastNs[above] = Math.max(lastNs[above], lastNs[node])
  }
}

/** The values of a column at the places that `order` gives. A loop: `from` with a function takes five times as long. */
function pick<Column extends Int32Array | Float64Array>(column: Column, order: Int32Array, to: Column): Column {
  for (let at = 0; at < order.length; at++) to[at] = column[order[at]]
  return to
}
