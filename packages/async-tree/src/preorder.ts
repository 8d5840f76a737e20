import { NONE, type TaskColumns } from './task-columns.js'

/** A forest in preorder: a parent before its children. */
export interface Preorder {
  /** Numbers of tasks. */
  readonly order: Int32Array
  /** By position in `order`; NONE for a root. */
  readonly parent: Int32Array
  readonly depth: Int32Array
  /** The position after the last descendant. */
  readonly subtreeEnd: Int32Array
}

/** All tasks below their parents, siblings and roots by the time at which they were caused. */
export function preorderOf({ length, parent, causedNs }: TaskColumns): Preorder {
  const latestFirst = Int32Array.from({ length }, (_, task) => task)
  latestFirst.sort((a, b) => causedNs[b] - causedNs[a] || b - a)
  const firstChild = new Int32Array(length).fill(NONE)
  const nextSibling = new Int32Array(length).fill(NONE)
  let firstRoot = NONE
  for (const task of latestFirst) {
    const above = parent[task]
    if (above === NONE) {
      nextSibling[task] = firstRoot
      firstRoot = task
    } else {
      nextSibling[task] = firstChild[above]
      firstChild[above] = task
    }
  }
  const order = new Int32Array(length)
  const parents = new Int32Array(length)
  const depth = new Int32Array(length)
  const subtreeEnd = new Int32Array(length)
  /** Positions of the tasks above. */
  const path: number[] = []
  let task = firstRoot
  for (let at = 0; at < length; at++) {
    order[at] = task
    depth[at] = path.length
    parents[at] = path.at(-1) ?? NONE
    if (firstChild[task] !== NONE) {
      path.push(at)
      task = firstChild[task]
      continue
    }
    subtreeEnd[at] = at + 1
    while (task !== NONE && nextSibling[task] === NONE) {
      const above = path.pop()
      if (above !== undefined) subtreeEnd[above] = at + 1
      task = above === undefined ? NONE : order[above]
    }
    if (task !== NONE) task = nextSibling[task]
  }
  return { order, parent: parents, depth, subtreeEnd }
}

/** Arrows may lead in a circle, in a file of another program or where clocks differ: such a one loses its last. */
export function cutCycles({ length, parent, link, causeTrack, causeSlice, causedNs, startNs }: TaskColumns): void {
  const DONE = length + 1
  /** Which walk has come by, from 1. */
  const seen = new Int32Array(length)
  for (let first = 0; first < length; first++) {
    let task = first
    let below = NONE
    while (task !== NONE && seen[task] === 0) {
      seen[task] = first + 1
      below = task
      task = parent[task]
    }
    if (task !== NONE && seen[task] === first + 1) {
      parent[below] = NONE
      link[below] = 0
      causeTrack[below] = NONE
      causeSlice[below] = NONE
      causedNs[below] = startNs[below]
    }
    for (let at = first; at !== NONE && seen[at] === first + 1; at = parent[at]) seen[at] = DONE
  }
}
