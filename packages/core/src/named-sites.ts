import type { Site, SiteId, SiteKind } from './site.js'
import type { SiteTable } from './site-table.js'

/** Ids of sites that have nothing but a name, all of one kind. */
export class NamedSites {
  readonly #ids = new Map<string, SiteId>()
  readonly #table: SiteTable
  readonly #kind: SiteKind

  constructor(table: SiteTable, kind: SiteKind) {
    this.#table = table
    this.#kind = kind
  }

  /** Hot: the id for `name`, new or known. */
  idOf(name: string): SiteId {
    return this.#ids.get(name) ?? this.#add(name)
  }

  #add(name: string): SiteId {
    const id = this.#table.add(namedSite(this.#kind, name))
    this.#ids.set(name, id)
    return id
  }
}

/** A site that is no place in a source. */
export function namedSite(kind: SiteKind, name: string): Site {
  // A caller in JavaScript may pass anything; an event is no reason to throw into its program.
  return { kind, name: typeof name === 'string' ? name : '(no name)', file: '', line: 0, column: 0 }
}
