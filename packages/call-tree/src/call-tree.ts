import type { ThreadIndex, Trace } from '@tracer/core'
import { CallTreeBuilder } from './call-tree-builder.js'
import { selectedCalls, type TrackSelection } from './track-selection.js'

/**
 * Who called whom, with the calls that took the same path put together ("left-heavy"). Nodes are
 * columns, a parent before its children, siblings dearest total first:
 *
 * ```
 * time  0    10   20   30        node  site  parent  subtreeEnd  depth  calls  self  total
 *       |----a----------|        0     a     -1      3           0      1      8     30
 *        |-b-| |--b---|          1     b      0      3           1      2      18    22
 *                |c|             2     c      1      3           2      1      4     4
 * ```
 *
 * The children of `node` are `node + 1`, then `subtreeEnd` of that one, and so on while it is less
 * than `subtreeEnd[node]`; the roots likewise from 0 while less than `length`.
 */
export interface CallTree {
  readonly length: number
  readonly site: Int32Array
  /** -1 for a root. */
  readonly parent: Int32Array
  /** The node after the last descendant. */
  readonly subtreeEnd: Int32Array
  /** Nesting level, 0 for a root. */
  readonly depth: Uint16Array | Int32Array
  /**
   * Calls that began here. Resumed runs of an async function belong to the call that began
   * elsewhere: a node that holds nothing but such runs has 0 calls. Calls in no slice have no node.
   */
  readonly calls: Uint32Array
  /** Slices: calls, and runs that were resumed here. The same column as `calls` when none was. */
  readonly runs: Uint32Array
  /** Nanoseconds in the node itself, without its children. */
  readonly selfNs: Float64Array
  /** Nanoseconds in the node and all below it. */
  readonly totalNs: Float64Array
  /** Nanoseconds in all roots. */
  readonly rootNs: number
}

/** The call tree of all threads, or of some, as one. Linear in the slices. */
export function callTree(trace: Trace, selection: TrackSelection = {}): CallTree {
  const builder = new CallTreeBuilder()
  for (const { calls } of selectedCalls(trace, selection)) builder.add(calls)
  return builder.build()
}

/** The call tree of each thread, by its index, in one pass over all of them. */
export function threadTrees(trace: Trace, selection: TrackSelection = {}): CallTree[] {
  const trees: CallTree[] = []
  let builder = new CallTreeBuilder()
  // There may be thousands of threads: only the tree that grows has room to do so.
  const finishUntil = (thread: ThreadIndex): void => {
    while (trees.length < thread) {
      trees.push(builder.build())
      builder = new CallTreeBuilder()
    }
  }
  for (const { thread, calls } of selectedCalls(trace, selection)) {
    finishUntil(thread)
    builder.add(calls)
  }
  finishUntil(trace.threads.length)
  return trees
}
