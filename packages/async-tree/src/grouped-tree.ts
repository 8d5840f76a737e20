import type { AsyncTree } from './async-tree.js'
import type { OutsideWait } from './outside-waits.js'
import { NONE } from './task-columns.js'

/**
 * Tasks that were set going on the same path of functions put together, as columns in preorder, siblings by
 * `elapsedNs`, longest first. What times mean is said in {@link AsyncTree}; here they are sums.
 */
export interface GroupedTree {
  readonly length: number
  readonly site: Int32Array
  /** -1 for a root. */
  readonly parent: Int32Array
  readonly subtreeEnd: Int32Array
  readonly depth: Int32Array
  /** Tasks. */
  readonly tasks: Float64Array
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
  readonly awaitingNs: Float64Array
  readonly queuedNs: Float64Array
  readonly awaitedNs: Float64Array
  /** From when each was set going to its end. */
  readonly elapsedNs: Float64Array
  /** From when each was set going to the end of the last below it. */
  readonly lastingNs: Float64Array
  /** The longest of those. */
  readonly maxLastingNs: Float64Array
  /** What was waited for that no task did, longest first. */
  readonly outside: ReadonlyMap<number, readonly OutsideWait[]>
}

/** Puts tasks together by path. */
export function groupedTree(tree: AsyncTree): GroupedTree {
  const groups = new Groups()
  const groupOf = new Int32Array(tree.length)
  for (let node = 0; node < tree.length; node++) {
    const above = tree.parent[node]
    const group = groups.of(above === NONE ? NONE : groupOf[above], tree.site[node])
    groupOf[node] = group.number
    const lastingNs = tree.lastNs[node] - tree.causedNs[node]
    group.tasks++
    group.selfNs += tree.selfNs[node]
    group.totalNs += tree.totalNs[node]
    group.awaitingNs += tree.awaitingNs[node]
    group.queuedNs += tree.queuedNs[node]
    group.awaitedNs += tree.awaitedNs[node]
    group.elapsedNs += tree.endNs[node] - tree.causedNs[node]
    group.lastingNs += lastingNs
    group.maxLastingNs = Math.max(group.maxLastingNs, lastingNs)
    for (const { kind, ns } of tree.outside.get(node) ?? []) {
      group.outside.set(kind, (group.outside.get(kind) ?? 0) + ns)
    }
  }
  return groups.build()
}

class Group {
  tasks = 0
  selfNs = 0
  totalNs = 0
  awaitingNs = 0
  queuedNs = 0
  awaitedNs = 0
  elapsedNs = 0
  lastingNs = 0
  maxLastingNs = 0
  readonly outside = new Map<string, number>()
  readonly children = new Map<number, Group>()

  constructor(
    readonly number: number,
    readonly site: number,
  ) {}
}

class Groups {
  readonly #all: Group[] = []
  readonly #roots = new Map<number, Group>()

  of(parent: number, site: number): Group {
    const siblings = parent === NONE ? this.#roots : this.#all[parent].children
    let group = siblings.get(site)
    if (group === undefined) {
      group = new Group(this.#all.length, site)
      this.#all.push(group)
      siblings.set(site, group)
    }
    return group
  }

  build(): GroupedTree {
    const order: Group[] = []
    const parent: number[] = []
    const depth: number[] = []
    const subtreeEnd = new Int32Array(this.#all.length)
    const waiting: { readonly group: Group; readonly above: number }[] = []
    const put = (groups: Map<number, Group>, above: number): void => {
      const sorted = [...groups.values()].sort((a, b) => a.elapsedNs - b.elapsedNs || b.number - a.number)
      for (const group of sorted) waiting.push({ group, above })
    }
    put(this.#roots, NONE)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const at = order.push(next.group) - 1
      parent.push(next.above)
      depth.push(next.above === NONE ? 0 : depth[next.above] + 1)
      put(next.group.children, at)
    }
    for (let at = order.length - 1; at >= 0; at--) {
      subtreeEnd[at] = Math.max(subtreeEnd[at], at + 1)
      if (parent[at] !== NONE) subtreeEnd[parent[at]] = Math.max(subtreeEnd[parent[at]], subtreeEnd[at])
    }
    const column = (value: (group: Group) => number): Float64Array => Float64Array.from(order, value)
    return {
      length: order.length,
      site: Int32Array.from(order, ({ site }) => site),
      parent: Int32Array.from(parent),
      subtreeEnd,
      depth: Int32Array.from(depth),
      tasks: column(({ tasks }) => tasks),
      selfNs: column(({ selfNs }) => selfNs),
      totalNs: column(({ totalNs }) => totalNs),
      awaitingNs: column(({ awaitingNs }) => awaitingNs),
      queuedNs: column(({ queuedNs }) => queuedNs),
      awaitedNs: column(({ awaitedNs }) => awaitedNs),
      elapsedNs: column(({ elapsedNs }) => elapsedNs),
      lastingNs: column(({ lastingNs }) => lastingNs),
      maxLastingNs: column(({ maxLastingNs }) => maxLastingNs),
      outside: new Map(order.map(({ outside }, at) => [at, waitsOf(outside)])),
    }
  }
}

function waitsOf(outside: ReadonlyMap<string, number>): OutsideWait[] {
  return [...outside].map(([kind, ns]) => ({ kind, ns })).sort((a, b) => b.ns - a.ns)
}
