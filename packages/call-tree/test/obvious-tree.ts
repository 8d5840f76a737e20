import type { SliceTable, Trace, TraceMetadata } from '@tracer/core'
import type { CallTree, TrackSelection } from '../src/index.js'

// Trees made the slow way: a trace as objects within objects, on which each part of a selection works in turn.

/** A slice with those below it. */
export interface Call {
  readonly site: number
  readonly slice: number
  readonly startNs: number
  readonly endNs: number
  /** Without what probes cost. */
  readonly ns: number
  readonly activation: number
  readonly below: readonly Call[]
}

/** A node with those below it; times may be below 0. */
export interface Node {
  readonly site: number
  readonly calls: number
  readonly runs: number
  readonly totalNs: number
  readonly below: readonly Node[]
}

/** The outermost calls of each thread that is selected. */
export function obviousCalls(trace: Trace, selection: TrackSelection = {}): (readonly Call[])[] {
  return trace.tracks.flatMap((track, index) => {
    if (track.kind !== 'thread' || !(selection.threads?.includes(track.thread) ?? true)) return []
    const { range, sites, slices } = selection
    const { fromNs, toNs } = range ?? { fromNs: -Infinity, toNs: Infinity }
    const isWithin = ({ startNs, endNs }: Call): boolean => startNs < toNs && (endNs > fromNs || startNs >= fromNs)
    const isChosen = ({ site, slice }: Call): boolean =>
      (sites?.(trace.sites[site], site) ?? true) && (slices?.(index, slice) ?? true)
    const within = nested(track.slices).flatMap((call) => only(call, isWithin))
    const cut = within.map((call) => changed(call, (one) => ({ ...one, ...cutOff(one, fromNs, toNs) })))
    const cost = selection.raw === true ? { overheadNs: 0, overheadInsideNs: 0 } : trace.metadata
    const timed = cut.map((call) => changed(call, (one) => ({ ...one, ns: withoutCost(one, cost) })))
    return [timed.flatMap((call) => only(call, isChosen))]
  })
}

export function groupedNodes(threads: readonly (readonly Call[])[]): Node[] {
  return dearestFirst(grouped(threads.flatMap((calls) => asNodes(calls))))
}

export function nodesByTime(threads: readonly (readonly Call[])[]): Node[] {
  return threads.flatMap((calls) => joined(asNodes(calls)))
}

/** A call tree turned round: each node adds its self time to the path from it to its root. */
export function invertedNodes(nodes: readonly Node[]): Node[] {
  const paths: Node[] = []
  const visit = (node: Node, callers: readonly Node[]): void => {
    const totalNs = Math.max(0, selfOf(node))
    const { calls, runs } = node
    const upwards = [...callers, node].reduce<readonly Node[]>(
      (above, { site }) => [{ site, calls, runs, totalNs, below: above }],
      [],
    )
    paths.push(...upwards)
    for (const child of node.below) visit(child, [...callers, node])
  }
  for (const node of nodes) visit(node, [])
  return dearestFirst(grouped(paths))
}

/** One line a node, for comparison. */
export function linesOf(nodes: readonly Node[], depth = 0): string[] {
  return nodes.flatMap((node) => [
    line(depth, node.site, node.calls, node.runs, Math.max(0, selfOf(node)), Math.max(0, node.totalNs)),
    ...linesOf(node.below, depth + 1),
  ])
}

/** The same lines of a tree in columns, from its links. */
export function linesOfTree(tree: CallTree): string[] {
  const lines: string[] = []
  const visit = (first: number, end: number, parent: number, depth: number): void => {
    for (let node = first; node < end; node = tree.subtreeEnd[node]) {
      if (tree.parent[node] !== parent || tree.depth[node] !== depth) lines.push(`node ${node} is out of place`)
      lines.push(line(depth, tree.site[node], tree.calls[node], tree.runs[node], tree.selfNs[node], tree.totalNs[node]))
      visit(node + 1, tree.subtreeEnd[node], node, depth + 1)
    }
  }
  visit(0, tree.length, -1, 0)
  return lines
}

function line(depth: number, site: number, calls: number, runs: number, selfNs: number, totalNs: number): string {
  return `${'  '.repeat(depth)}${site}: ${calls} calls, ${runs} runs, self ${selfNs}, total ${totalNs}`
}

function nested(slices: SliceTable, from = 0, to = slices.length): Call[] {
  const calls: Call[] = []
  for (let slice = from; slice < to;) {
    let end = slice + 1
    while (end < to && slices.depth[end] > slices.depth[slice]) end++
    const startNs = slices.startNs[slice]
    calls.push({
      site: slices.site[slice],
      slice,
      startNs,
      endNs: startNs + slices.durationNs[slice],
      ns: 0,
      activation: slices.activation.length === 0 ? 0 : Math.abs(slices.activation[slice]),
      below: nested(slices, slice + 1, end),
    })
    slice = end
  }
  return calls
}

/** A call, or those below it in its place. */
function only(call: Call, keeps: (call: Call) => boolean): readonly Call[] {
  const below = call.below.flatMap((one) => only(one, keeps))
  return keeps(call) ? [{ ...call, below }] : below
}

function changed(call: Call, change: (call: Call) => Call): Call {
  return { ...change(call), below: call.below.map((one) => changed(one, change)) }
}

function cutOff({ startNs, endNs }: Call, fromNs: number, toNs: number): Pick<Call, 'startNs' | 'endNs'> {
  return { startNs: Math.max(startNs, fromNs), endNs: Math.min(endNs, toNs) }
}

function withoutCost(
  call: Call,
  { overheadNs, overheadInsideNs }: Pick<TraceMetadata, 'overheadNs' | 'overheadInsideNs'>,
): number {
  return call.endNs - call.startNs - overheadInsideNs - descendants(call) * overheadNs
}

function descendants({ below }: Call): number {
  return below.reduce((sum, one) => sum + 1 + descendants(one), 0)
}

/** Each call as a node of its own; the first run that is met of an activation is the call. */
function asNodes(calls: readonly Call[], met = new Set<number>()): Node[] {
  return calls.map(({ site, activation, ns, below }) => {
    const isCall = activation === 0 || !met.has(activation)
    met.add(activation)
    return { site, calls: isCall ? 1 : 0, runs: 1, totalNs: ns, below: asNodes(below, met) }
  })
}

function grouped(nodes: readonly Node[]): Node[] {
  return [...new Set(nodes.map(({ site }) => site))].map((site) => {
    const one = together(nodes.filter((node) => node.site === site))
    return { ...one, below: grouped(one.below) }
  })
}

/** Neighbours of one site as one. */
function joined(nodes: readonly Node[]): Node[] {
  const found: Node[] = []
  for (const node of nodes) {
    const last = found.at(-1)
    if (last?.site === node.site) found.splice(-1, 1, together([last, node]))
    else found.push(node)
  }
  return found.map((node) => ({ ...node, below: joined(node.below) }))
}

function together(nodes: readonly Node[]): Node {
  const sum = (of: (node: Node) => number): number => nodes.reduce((total, node) => total + of(node), 0)
  return {
    site: nodes[0].site,
    calls: sum((node) => node.calls),
    runs: sum((node) => node.runs),
    totalNs: sum((node) => node.totalNs),
    below: nodes.flatMap((node) => node.below),
  }
}

function dearestFirst(nodes: readonly Node[]): Node[] {
  return nodes
    .map((node) => ({ ...node, below: dearestFirst(node.below) }))
    .sort((one, other) => other.totalNs - one.totalNs)
}

function selfOf({ totalNs, below }: Node): number {
  return below.reduce((selfNs, child) => selfNs - child.totalNs, totalNs)
}
