import { parentsFirst, sizesByLevel, sizesByTime } from './subtree-sizes.js'

/** How slices nest: their order, parents first, and the level of each. */
export interface Nesting {
  /** Input positions, a parent before its children, siblings by time. */
  readonly order: Int32Array
  /** Nesting level of each entry of `order`, from 0. */
  readonly depth: Int32Array
  /** Input positions of slices that partly overlap another and so can have no place in the nest. */
  readonly overlapping: readonly number[]
}

const NONE = -1

/**
 * Nests slices that are given in the order in which they *ended*, children before their parent:
 * one pass, because a slice that ends encloses exactly the finished ones that started no earlier.
 * Slices that were cut short may come later than that; of those that end together the first one given
 * ended first. One that reaches into another, which ended before it, began when that ended: what runs on
 * one thread cannot overlap, and a start may be known to a tick only. `start` is corrected. Times may be in any unit.
 */
export function nestByEnd(start: Float64Array, end: Float64Array, length: number): Nesting {
  const sizes = sizesByTime(start, end, length)
  return sizes === undefined ? nestAnyByEnd(start, end, length) : { ...parentsFirst(sizes), overlapping: [] }
}

/** Cold: some slices come late, or reach into others. */
function nestAnyByEnd(start: Float64Array, end: Float64Array, length: number): Nesting {
  const firstChild = new Int32Array(length).fill(NONE)
  // For a slice with a parent its next sibling; for one still waiting for a parent the one finished before it.
  const link = new Int32Array(length).fill(NONE)
  const sorted = sortedByEnd(end, length)
  let last = NONE
  for (let place = 0; place < length; place++) {
    const i = sorted === undefined ? place : sorted[place]
    let child = NONE
    while (last !== NONE && start[last] >= start[i]) {
      const before = link[last]
      link[last] = child
      child = last
      last = before
    }
    firstChild[i] = child
    if (last !== NONE && end[last] > start[i]) start[i] = end[last]
    link[i] = last
    last = i
  }
  return { ...preorder(reversed(last, link), firstChild, link, length), overlapping: [] }
}

/**
 * Nests slices that are given in the order in which they ended, each with its level: for files that say
 * how their slices lie in one another, where equal times would leave a choice.
 */
export function nestByLevel(level: Int32Array, length: number): Nesting {
  return { ...parentsFirst(sizesByLevel(level, length)), overlapping: [] }
}

/** Turns a list that is linked from its end around; returns its first entry. */
function reversed(last: number, link: Int32Array): number {
  let first = NONE
  while (last !== NONE) {
    const before = link[last]
    link[last] = first
    first = last
    last = before
  }
  return first
}

/** Undefined when they are given in that order. */
function sortedByEnd(end: Float64Array, length: number): Int32Array | undefined {
  for (let i = 1; i < length; i++) {
    if (end[i] < end[i - 1]) return Int32Array.from({ length }, (_, at) => at).sort((a, b) => end[a] - end[b] || a - b)
  }
  return undefined
}

function preorder(
  root: number,
  firstChild: Int32Array,
  nextSibling: Int32Array,
  length: number,
): { order: Int32Array; depth: Int32Array } {
  const order = new Int32Array(length)
  const depth = new Int32Array(length)
  const parents: number[] = []
  let node = root
  for (let i = 0; i < length; i++) {
    order[i] = node
    depth[i] = parents.length
    if (firstChild[node] !== NONE) {
      parents.push(node)
      node = firstChild[node]
      continue
    }
    let up: number | undefined = node
    while (up !== undefined && nextSibling[up] === NONE) up = parents.pop()
    node = up === undefined ? NONE : nextSibling[up]
  }
  return { order, depth }
}

/**
 * Nests slices given in any order. Of slices that start together the longer one is the parent,
 * of equal ones the one given first. Linear when they are given by start, as most files are.
 */
export function nestByStart(start: Float64Array, end: Float64Array, length: number): Nesting {
  const sorted = sortedByStart(start, end, length)
  const order = new Int32Array(length)
  const depth = new Int32Array(length)
  const overlapping: number[] = []
  const openEnds: number[] = []
  let count = 0
  for (const i of sorted) {
    while (openEnds.length > 0 && endsBefore(openEnds[openEnds.length - 1], start[i], end[i])) openEnds.pop()
    if (openEnds.length > 0 && end[i] > openEnds[openEnds.length - 1]) {
      overlapping.push(i)
      continue
    }
    order[count] = i
    depth[count] = openEnds.length
    count++
    openEnds.push(end[i])
  }
  return { order: order.subarray(0, count), depth: depth.subarray(0, count), overlapping }
}

/** An empty slice at the very end of an open one is its last child; any other starts after it. */
function endsBefore(openEnd: number, start: number, end: number): boolean {
  return openEnd < start || (openEnd === start && end > start)
}

function sortedByStart(start: Float64Array, end: Float64Array, length: number): Int32Array {
  const indexes = new Int32Array(length)
  let isSorted = true
  for (let i = 0; i < length; i++) {
    indexes[i] = i
    if (i > 0 && (start[i] < start[i - 1] || (start[i] === start[i - 1] && end[i] > end[i - 1]))) {
      isSorted = false
    }
  }
  return isSorted ? indexes : indexes.sort((a, b) => start[a] - start[b] || end[b] - end[a] || a - b)
}
