import type { SliceTable } from '@tracer/core'
import { ActivationTable } from './activation-table.js'
import type { CallTree } from './call-tree.js'
import { GrowingColumn } from './growing-column.js'
import { PairIndex } from './pair-index.js'

const NONE = -1

/** Collects slices into nodes in the order in which paths are first seen; `build` sorts them. */
export class CallTreeBuilder {
  /** Pairs of parent and site: a node is the number of its pair. */
  readonly #nodes = new PairIndex()
  readonly #calls = new GrowingColumn(Float64Array)
  readonly #runs = new GrowingColumn(Float64Array)
  readonly #totalNs = new GrowingColumn(Float64Array)

  /** Adds the slices of one track; `durationNs` are the lengths to go by, of each slice. */
  add(slices: SliceTable, durationNs: Float64Array): void {
    const { length, site, depth, activation } = slices
    const activations = activation.length === 0 ? undefined : new ActivationTable(slices, durationNs)
    const path: number[] = []
    for (let i = 0; i < length; i++) {
      const level = depth[i]
      const node = this.#child(level === 0 ? NONE : path[level - 1], site[i])
      path[level] = node
      this.#runs.values[node]++
      this.#totalNs.values[node] += durationNs[i]
      if (activations === undefined || activation[i] === 0 || activations.addRun(i)) this.#calls.values[node]++
    }
  }

  /** The tree; the builder may not be used again. */
  build(): CallTree {
    const { length } = this.#nodes
    const [parent, site] = [this.#nodes.first.values, this.#nodes.second.values]
    const [calls, runs, totalNs] = [this.#calls.values, this.#runs.values, this.#totalNs.values]
    const order = dearestFirst(parent, totalNs, length)
    const position = new Int32Array(length)
    for (let to = 0; to < length; to++) position[order[to]] = to

    const tree = {
      length,
      site: Int32Array.from(order, (node) => site[node]),
      parent: Int32Array.from(order, (node) => (parent[node] === NONE ? NONE : position[parent[node]])),
      subtreeEnd: new Int32Array(length),
      depth: new Int32Array(length),
      calls: Float64Array.from(order, (node) => calls[node]),
      runs: Float64Array.from(order, (node) => runs[node]),
      selfNs: new Float64Array(length),
      totalNs: Float64Array.from(order, (node) => totalNs[node]),
    }
    return { ...tree, rootNs: derive(tree) }
  }

  #child(parent: number, site: number): number {
    const node = this.#nodes.numberOf(parent, site)
    if (node === this.#calls.length) {
      this.#calls.push(0)
      this.#runs.push(0)
      this.#totalNs.push(0)
    }
    return node
  }
}

/** Nodes in preorder, siblings by total, of equal ones the one seen first. A parent has a lower number than its children. */
function dearestFirst(parent: Int32Array, totalNs: Float64Array, length: number): Int32Array {
  // Cheapest first, each put before the siblings that are there already: every list ends up dearest first.
  const cheapestFirst = Int32Array.from({ length }, (_, node) => node)
  cheapestFirst.sort((a, b) => totalNs[a] - totalNs[b] || b - a)
  const firstChild = new Int32Array(length).fill(NONE)
  const nextSibling = new Int32Array(length).fill(NONE)
  let firstRoot = NONE
  for (const node of cheapestFirst) {
    if (parent[node] === NONE) {
      nextSibling[node] = firstRoot
      firstRoot = node
    } else {
      nextSibling[node] = firstChild[parent[node]]
      firstChild[parent[node]] = node
    }
  }

  const order = new Int32Array(length)
  let node = firstRoot
  for (let to = 0; to < length; to++) {
    order[to] = node
    if (firstChild[node] !== NONE) {
      node = firstChild[node]
      continue
    }
    while (node !== NONE && nextSibling[node] === NONE) node = parent[node]
    if (node !== NONE) node = nextSibling[node]
  }
  return order
}

/**
 * Fills the columns that follow from parents and totals; returns the time of all roots. Self times
 * come from totals as they add up; what is below 0 then, less than its probes cost on average, is 0.
 */
function derive(tree: Pick<CallTree, 'length' | 'parent' | 'subtreeEnd' | 'depth' | 'selfNs' | 'totalNs'>): number {
  const { length, parent, subtreeEnd, depth, selfNs, totalNs } = tree
  selfNs.set(totalNs)
  for (let node = 0; node < length; node++) {
    const above = parent[node]
    if (above === NONE) continue
    depth[node] = depth[above] + 1
    selfNs[above] -= totalNs[node]
  }
  let rootNs = 0
  for (let node = length - 1; node >= 0; node--) {
    selfNs[node] = Math.max(0, selfNs[node])
    totalNs[node] = Math.max(0, totalNs[node])
    subtreeEnd[node] = Math.max(subtreeEnd[node], node + 1)
    const above = parent[node]
    if (above === NONE) rootNs += totalNs[node]
    else subtreeEnd[above] = Math.max(subtreeEnd[above], subtreeEnd[node])
  }
  return rootNs
}
