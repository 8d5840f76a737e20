import type { Trace } from '@tracer/core'
import { ActivationTable } from './activation-table.js'
import type { CallColumns } from './call-columns.js'
import type { CallTree } from './call-tree.js'
import { GrowingColumn } from './growing-column.js'
import { NONE } from './preorder.js'
import { inGivenOrder } from './tree-columns.js'
import { selectedCalls, type TrackSelection } from './track-selection.js'

/**
 * Who called whom, in the order of time: a function that is called twice in a row by the same caller
 * has one node, and two when its caller called another one between.
 *
 * ```
 * |----------a-----------|        a           3 nodes below it: b of 2 calls, c, b of 1 call
 *  |-b-| |-b-| |-c-| |-b-|
 * ```
 *
 * Threads stand one after the other. Linear in the slices.
 */
export function timeTree(trace: Trace, selection: TrackSelection = {}): CallTree {
  const nodes = new TimeNodes()
  for (const { calls } of selectedCalls(trace, selection)) nodes.add(calls)
  return nodes.build()
}

class TimeNodes {
  readonly #parent = new GrowingColumn(Int32Array)
  readonly #site = new GrowingColumn(Int32Array)
  readonly #calls = new GrowingColumn(Uint32Array)
  readonly #runs = new GrowingColumn(Uint32Array)
  readonly #totalNs = new GrowingColumn(Float64Array)

  add(columns: CallColumns): void {
    const { length, site, durationNs, depth, activation } = columns
    const activations = activation.length === 0 ? undefined : new ActivationTable(columns)
    // The last node of each level; levels below the last call are of an earlier caller when it got a new node.
    const last: number[] = []
    let levels = 0
    for (let i = 0; i < length; i++) {
      const level = depth[i]
      if (level >= levels || this.#site.values[last[level]] !== site[i]) {
        last[level] = this.#addNode(level === 0 ? NONE : last[level - 1], site[i])
        levels = level + 1
      }
      const node = last[level]
      this.#runs.values[node]++
      this.#totalNs.values[node] += durationNs[i]
      if (activations === undefined || activation[i] === 0 || activations.addRun(i)) this.#calls.values[node]++
    }
  }

  build(): CallTree {
    return inGivenOrder({
      length: this.#parent.length,
      parent: this.#parent.values,
      site: this.#site.values,
      calls: this.#calls.values,
      runs: this.#runs.values,
      totalNs: this.#totalNs.values,
    })
  }

  #addNode(parent: number, site: number): number {
    this.#parent.push(parent)
    this.#site.push(site)
    this.#calls.push(0)
    this.#runs.push(0)
    this.#totalNs.push(0)
    return this.#parent.length - 1
  }
}
