import { sliceEdges, type Nanoseconds, type SiteIndex, type SliceTable } from '@tracer/core'

/** A stretch of time in which the same call was innermost; `node` is undefined where none was. */
export interface StackSample {
  readonly node: number | undefined
  readonly timeNs: Nanoseconds
  readonly weightNs: Nanoseconds
}

/** The stacks of one thread: paths of calls by number, a parent before its children. */
export class StackNodes {
  /** By node: its parent, or -1, and the position of its function in `sites`. */
  readonly parents: number[] = []
  readonly functions: number[] = []
  readonly sites: SiteIndex[] = []
  readonly #functionOf = new Map<SiteIndex, number>()
  /** By node, its children by site. */
  readonly #children: Map<SiteIndex, number>[] = []
  readonly #roots = new Map<SiteIndex, number>()
  #slices: SliceTable | undefined

  /** Takes in the slices of the thread. */
  add(slices: SliceTable): void {
    this.#slices = slices
    const stack: number[] = []
    for (const { slice, isBegin } of sliceEdges(slices)) {
      if (isBegin) stack.push(this.#childOf(stack.at(-1), slices.site[slice]))
      else stack.pop()
    }
  }

  /** What was innermost, from each begin or end to the next; stretches of no length are left out. */
  *samples(): Generator<StackSample, void, undefined> {
    const slices = this.#slices
    if (slices === undefined) return
    const stack: number[] = []
    let sinceNs = -Infinity
    for (const { slice, isBegin, timeNs } of sliceEdges(slices)) {
      const weightNs = timeNs - sinceNs
      if (sinceNs !== -Infinity && weightNs > 0) yield { node: stack.at(-1), timeNs: sinceNs, weightNs }
      sinceNs = timeNs
      if (isBegin) stack.push(this.#childOf(stack.at(-1), slices.site[slice]))
      else stack.pop()
    }
  }

  #childOf(parent: number | undefined, site: SiteIndex): number {
    const siblings = parent === undefined ? this.#roots : this.#children[parent]
    const known = siblings.get(site)
    if (known !== undefined) return known
    const node = this.parents.push(parent ?? -1) - 1
    this.functions.push(this.#functionFor(site))
    this.#children.push(new Map<SiteIndex, number>())
    siblings.set(site, node)
    return node
  }

  #functionFor(site: SiteIndex): number {
    const known = this.#functionOf.get(site)
    if (known !== undefined) return known
    const position = this.sites.push(site) - 1
    this.#functionOf.set(site, position)
    return position
  }
}
