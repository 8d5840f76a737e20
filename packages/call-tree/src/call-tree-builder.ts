import { ActivationTable } from './activation-table.js'
import type { CallColumns } from './call-columns.js'
import type { CallTree } from './call-tree.js'
import { GrowingColumn } from './growing-column.js'
import { PairIndex } from './pair-index.js'
import { NONE } from './preorder.js'
import { dearestFirstTree, type NodeColumns } from './tree-columns.js'

/** Collects paths into nodes in the order in which they are first seen; `build` sorts them. */
export class CallTreeBuilder {
  /** Pairs of parent and site: a node is the number of its pair. */
  readonly #nodes = new PairIndex()
  readonly #calls = new GrowingColumn(Uint32Array)
  readonly #runs = new GrowingColumn(Uint32Array)
  readonly #totalNs = new GrowingColumn(Float64Array)

  /** Adds the calls of one track. */
  add(columns: CallColumns): void {
    const { length, site, durationNs, depth, activation } = columns
    const activations = activation.length === 0 ? undefined : new ActivationTable(columns)
    const path: number[] = []
    for (let i = 0; i < length; i++) {
      const level = depth[i]
      const isCall = activations === undefined || activation[i] === 0 || activations.addRun(i)
      path[level] = this.addTo(level === 0 ? NONE : path[level - 1], site[i], isCall ? 1 : 0, 1, durationNs[i])
    }
  }

  /** Adds to the node of a site below `parent`, which is made if need be; returns it. */
  addTo(parent: number, site: number, calls: number, runs: number, totalNs: number): number {
    const node = this.#nodes.numberOf(parent, site)
    if (node === this.#calls.length) {
      this.#calls.push(0)
      this.#runs.push(0)
      this.#totalNs.push(0)
    }
    this.#calls.values[node] += calls
    this.#runs.values[node] += runs
    this.#totalNs.values[node] += totalNs
    return node
  }

  /** What was added to a node so far. */
  totalOf(node: number): number {
    return this.#totalNs.values[node]
  }

  /** The tree; the builder may not be used again. */
  build(): CallTree {
    return dearestFirstTree(this.#columns())
  }

  #columns(): NodeColumns {
    return {
      length: this.#nodes.length,
      parent: this.#nodes.first.values,
      site: this.#nodes.second.values,
      calls: this.#calls.values,
      runs: this.#runs.values,
      totalNs: this.#totalNs.values,
    }
  }
}
