import type { CallTree } from './call-tree.js'
import { heaviestFirst, NONE } from './preorder.js'

/** What is known of the nodes of a tree while it is made: columns, a parent before its children. They may be longer. */
export interface NodeColumns {
  readonly length: number
  /** -1 for a root. */
  readonly parent: Int32Array
  readonly site: Int32Array
  readonly calls: Uint32Array
  readonly runs: Uint32Array
  /** With what is below; sums of means, which may come out below 0. */
  readonly totalNs: Float64Array
}

/** The tree with siblings dearest first, of equal ones the one with the lower number. */
export function dearestFirstTree(nodes: NodeColumns): CallTree {
  const { length } = nodes
  const { place, subtreeEnd } = heaviestFirst(nodes.parent, nodes.totalNs, length)
  const parent = new Int32Array(length)
  for (let node = 0; node < length; node++) {
    const above = nodes.parent[node]
    parent[place[node]] = above === NONE ? NONE : place[above]
  }
  const site = moved(nodes.site, new Int32Array(length), place)
  const calls = moved(nodes.calls, new Uint32Array(length), place)
  const runs = moved(nodes.runs, new Uint32Array(length), place)
  const totalNs = moved(nodes.totalNs, new Float64Array(length), place)
  return preorderTree({ length, parent, site, calls, runs, totalNs, subtreeEnd })
}

/** The tree of nodes that are in preorder already. */
export function inGivenOrder(nodes: NodeColumns): CallTree {
  const { length } = nodes
  const parent = nodes.parent.slice(0, length)
  const subtreeEnd = new Int32Array(length)
  for (let node = length - 1; node >= 0; node--) {
    subtreeEnd[node] = Math.max(subtreeEnd[node], node + 1)
    const above = parent[node]
    if (above !== NONE) subtreeEnd[above] = Math.max(subtreeEnd[above], subtreeEnd[node])
  }
  return preorderTree({
    length,
    parent,
    site: nodes.site.slice(0, length),
    calls: nodes.calls.slice(0, length),
    runs: nodes.runs.slice(0, length),
    totalNs: nodes.totalNs.slice(0, length),
    subtreeEnd,
  })
}

/**
 * The columns that follow from the others. Self times come from totals as they add up; what is below
 * 0 then, less than its probes cost on average, is 0.
 */
function preorderTree(nodes: NodeColumns & { readonly subtreeEnd: Int32Array }): CallTree {
  const { length, parent, site, subtreeEnd, calls, totalNs } = nodes
  const selfNs = totalNs.slice()
  for (let node = 0; node < length; node++) if (parent[node] !== NONE) selfNs[parent[node]] -= totalNs[node]
  let rootNs = 0
  for (let node = 0; node < length; node++) {
    selfNs[node] = Math.max(0, selfNs[node])
    totalNs[node] = Math.max(0, totalNs[node])
    if (parent[node] === NONE) rootNs += totalNs[node]
  }
  const runs = areEqual(calls, nodes.runs) ? calls : nodes.runs
  return { length, site, parent, subtreeEnd, depth: depths(parent), calls, runs, selfNs, totalNs, rootNs }
}

const DEEPEST_OF_16_BITS = 0xffff

function depths(parent: Int32Array): Uint16Array | Int32Array {
  const short = new Uint16Array(parent.length)
  for (let node = 0; node < parent.length; node++) {
    if (parent[node] === NONE) continue
    const above = short[parent[node]]
    if (above === DEEPEST_OF_16_BITS) return longDepths(parent)
    short[node] = above + 1
  }
  return short
}

function longDepths(parent: Int32Array): Int32Array {
  const depth = new Int32Array(parent.length)
  for (let node = 0; node < parent.length; node++) {
    if (parent[node] !== NONE) depth[node] = depth[parent[node]] + 1
  }
  return depth
}

function areEqual(one: Uint32Array, other: Uint32Array): boolean {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}

function moved<Column extends Int32Array | Uint32Array | Float64Array>(
  from: Column,
  to: Column,
  place: Int32Array,
): Column {
  for (let node = 0; node < place.length; node++) to[place[node]] = from[node]
  return to
}
