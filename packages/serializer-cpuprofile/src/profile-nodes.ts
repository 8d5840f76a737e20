import { sliceEdges, type Site, type SiteIndex, type SliceTable } from '@tracer/core'

/** What V8 gives no name, as it is shown. */
export const ANONYMOUS = '(anonymous)'

/** Numbers of nodes: the root, and what stands for the time outside of all slices. */
export const ROOT = 1
export const IDLE = 2

/** The call tree of a thread as a CPU profile has it: paths by number, a parent before its children. */
export class ProfileNodes {
  /** By node, from `IDLE + 1`: the site. */
  readonly sites: SiteIndex[] = []
  readonly children = new Map<number, number[]>([[ROOT, [IDLE]]])
  readonly hits = new Map<number, number>()
  readonly #nodes = new Map<number, number>()
  readonly #siteCount: number
  readonly #canonical: readonly SiteIndex[]

  constructor(sites: readonly Site[]) {
    this.#siteCount = sites.length
    this.#canonical = canonicalSites(sites)
  }

  /** The node that is on top after each edge of `slices`, and when. */
  *samples(slices: SliceTable): Generator<{ readonly node: number; readonly timeNs: number }, void, undefined> {
    const stack = [ROOT]
    for (const { slice, isBegin, timeNs } of sliceEdges(slices)) {
      if (isBegin) stack.push(this.#childOf(stack[stack.length - 1], this.#canonical[slices.site[slice]]))
      else stack.pop()
      yield { node: stack.length === 1 ? IDLE : stack[stack.length - 1], timeNs }
    }
  }

  /** Takes in the nodes of all slices, and counts their samples. */
  add(slices: SliceTable): void {
    for (const { node } of this.samples(slices)) this.hits.set(node, (this.hits.get(node) ?? 0) + 1)
  }

  #childOf(parent: number, site: SiteIndex): number {
    const key = parent * this.#siteCount + site
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const node = this.sites.push(site) + IDLE
    this.#nodes.set(key, node)
    const siblings = this.children.get(parent)
    if (siblings === undefined) this.children.set(parent, [node])
    else siblings.push(node)
    return node
  }
}

/** Sites that a file cannot tell apart are one: it does not say what kind of slices they have. */
function canonicalSites(sites: readonly Site[]): SiteIndex[] {
  const known = new Map<string, SiteIndex>()
  return sites.map(({ name, file, line, column }, site) => {
    const key = JSON.stringify([name === '' ? ANONYMOUS : name, file, line, column])
    const first = known.get(key)
    if (first === undefined) known.set(key, site)
    return first ?? site
  })
}
