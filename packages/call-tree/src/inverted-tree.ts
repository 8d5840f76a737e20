import type { Trace } from '@tracer/core'
import { CallTreeBuilder } from './call-tree-builder.js'
import { callTree, type CallTree } from './call-tree.js'
import { NONE } from './preorder.js'
import type { TrackSelection } from './track-selection.js'

/**
 * The call tree from the other end: a root for each function, below it who called it, below these who
 * called them. Times are of the root: `totalNs` is the root's self time that came about this way,
 * `calls` its calls; `selfNs` and the calls that no child has are those that nobody called.
 *
 * ```
 * main 10             parse 30
 *   load 5              load 20
 *     parse 20            main 20
 *   parse 10            main 10
 *                     main 10
 *                     load 5
 *                       main 5
 * ```
 */
export function invertedTree(trace: Trace, selection: TrackSelection = {}): CallTree {
  return inverted(callTree(trace, selection))
}

/** Turns a call tree round. Takes as many steps as the depths of its nodes add up to. */
export function inverted(tree: CallTree): CallTree {
  const { length, site, parent, calls, runs, selfNs } = tree
  const builder = new CallTreeBuilder()
  for (let node = 0; node < length; node++) {
    let to = NONE
    for (let at = node; at !== NONE; at = parent[at]) {
      to = builder.addTo(to, site[at], calls[node], runs[node], selfNs[node])
    }
  }
  return builder.build()
}
