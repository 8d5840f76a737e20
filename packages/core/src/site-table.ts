import { siteKey, type Site, type SiteId } from './site.js'

/** Hands out the ids that probes write; the same site gets the same id. Append-only. */
export class SiteTable {
  readonly #ids = new Map<string, SiteId>()
  readonly #sites: Site[] = []

  /** Number of sites; their ids are 1 to `size`. */
  get size(): number {
    return this.#sites.length
  }

  /** The id of `site`, new or known. */
  add(site: Site): SiteId {
    const key = siteKey(site)
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    // The only place a SiteId is made for this table.
    const id = this.#sites.push(site) as SiteId
    this.#ids.set(key, id)
    return id
  }

  /** The site of an id, or undefined for an id this table did not hand out. */
  get(id: SiteId): Site | undefined {
    return this.#sites[id - 1]
  }

  /** All sites in the order of their ids, from id 1. */
  all(): readonly Site[] {
    return this.#sites.slice()
  }
}
