import type { SiteIndex, Trace } from '@tracer/core'
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

/** Which part of an inverted tree is made. */
export interface InvertedPart {
  /** Callers are looked for of what took so long at least: 0, for all of them, unless given. What took less ends there. */
  readonly leastNs?: number | undefined
  /** This function at the top alone. */
  readonly root?: SiteIndex | undefined
}

/**
 * Turns a call tree round. Takes as many steps as the depths of its nodes add up to; of a tree with deep recursion that
 * is far more than anybody looks at, which `leastNs` leaves out.
 */
export function inverted(tree: CallTree, { leastNs = 0, root }: InvertedPart = {}): CallTree {
  const { site, parent, calls, runs, selfNs } = tree
  const builder = new CallTreeBuilder()
  // Level by level: what a path took in all is known before anything is put below it.
  const node = new Int32Array(tree.length)
  const at = new Int32Array(tree.length)
  const to = new Int32Array(tree.length)
  let length = 0
  for (let each = 0; each < tree.length; each++) {
    if (root !== undefined && site[each] !== root) continue
    node[length] = at[length] = each
    to[length++] = NONE
  }
  while (length > 0) {
    for (let i = 0; i < length; i++) {
      const from = node[i]
      to[i] = builder.addTo(to[i], site[at[i]], calls[from], runs[from], selfNs[from])
    }
    let left = 0
    for (let i = 0; i < length; i++) {
      const above = parent[at[i]]
      if (above === NONE || builder.totalOf(to[i]) < leastNs) continue
      node[left] = node[i]
      at[left] = above
      to[left++] = to[i]
    }
    length = left
  }
  return builder.build()
}
