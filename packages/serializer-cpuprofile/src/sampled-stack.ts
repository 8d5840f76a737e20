import type { RawNode } from './raw-profile.js'

type AddSlice = (node: number, startNs: number, endNs: number, level: number) => void

/**
 * The calls that are open from one sample to the next. Samples of V8's own nodes are no calls:
 *
 * - `(root)` and `(idle)`: nothing ran.
 * - `(program)`: native code without a known caller. Between two samples of the same outermost call that
 *   call went on, as Chrome's tools take it; elsewhere nothing ran.
 * - `(garbage collector)`: ran within whatever ran before.
 */
export class SampledStack {
  /** Whether some node is its own caller, so that there are no stacks. */
  readonly isCyclic: boolean
  readonly #nodes: readonly RawNode[]
  /** Of each node how many calls are around it, and the outermost of these. */
  readonly #level: Int32Array
  readonly #outermost: Int32Array
  readonly #kind: readonly Kind[]
  readonly #open: { readonly node: number; readonly startNs: number }[] = []

  constructor(nodes: readonly RawNode[]) {
    this.#nodes = nodes
    this.#kind = nodes.map(kindOf)
    this.#level = new Int32Array(nodes.length).fill(UNKNOWN)
    this.#outermost = new Int32Array(nodes.length).fill(UNKNOWN)
    this.isCyclic = !nodes.every((_, node) => this.#place(node))
  }

  /** Ends and begins calls so that those of `node` are open; `next` is the node of the next sample, or -1. */
  changeTo(node: number, next: number, timeNs: number, add: AddSlice): void {
    const kind = this.#kind[node]
    if (kind === 'nothing') return this.end(timeNs, add)
    if (kind === 'program') {
      const isWithin = next !== UNKNOWN && this.#open.length > 0 && this.#outermost[next] === this.#open[0].node
      return isWithin && this.#kind[next] === 'call' ? undefined : this.end(timeNs, add)
    }
    if (kind === 'collector') {
      if (this.#open.at(-1)?.node !== node) this.#open.push({ node, startNs: timeNs })
      return
    }
    const path: number[] = []
    let at = node
    while (at !== UNKNOWN && this.#kind[at] === 'call' && this.#open[this.#level[at]]?.node !== at) {
      path.push(at)
      at = this.#nodes[at].parent
    }
    this.#endFrom(this.#level[node] + 1 - path.length, timeNs, add)
    while (path.length > 0) this.#open.push({ node: path.pop() ?? node, startNs: timeNs })
  }

  /** Ends all calls. */
  end(timeNs: number, add: AddSlice): void {
    this.#endFrom(0, timeNs, add)
  }

  #endFrom(level: number, timeNs: number, add: AddSlice): void {
    while (this.#open.length > level) {
      const { node, startNs } = this.#open[this.#open.length - 1]
      this.#open.pop()
      add(node, startNs, timeNs, this.#open.length)
    }
  }

  /** Finds the level of a node and of those around it; false when they go round in a circle. */
  #place(node: number): boolean {
    const path: number[] = []
    let at = node
    while (at !== UNKNOWN && this.#level[at] === UNKNOWN) {
      if (path.length > this.#nodes.length) return false
      path.push(at)
      at = this.#nodes[at].parent
    }
    for (const one of path.reverse()) {
      const { parent } = this.#nodes[one]
      const isOutermost = parent === UNKNOWN || this.#kind[parent] !== 'call'
      this.#level[one] = isOutermost ? 0 : this.#level[parent] + 1
      this.#outermost[one] = isOutermost ? one : this.#outermost[parent]
    }
    return true
  }
}

const UNKNOWN = -1

type Kind = 'call' | 'nothing' | 'program' | 'collector'

const KINDS = new Map<string, Kind>([
  ['(root)', 'nothing'],
  ['(idle)', 'nothing'],
  ['(program)', 'program'],
  ['(garbage collector)', 'collector'],
])

function kindOf({ site }: RawNode): Kind {
  return site.file === '' && site.line === 0 ? (KINDS.get(site.name) ?? 'call') : 'call'
}
