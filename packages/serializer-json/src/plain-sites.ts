import type { SiteIndex } from '@tracer/core'
import type { EventSites } from './event-sites.js'
import { ABSENT, type PlainEvent } from './plain-event.js'

/** Finds the sites of plain events by numbers, and asks {@link EventSites} once for each. */
export class PlainSites {
  readonly #sites: EventSites
  /** By id of a name: the category it had last, and the site of both. */
  readonly #categories: number[] = []
  readonly #foreign: SiteIndex[] = []
  /** By position in our own table: the id of the name that was found to be its name, and the site. */
  #ownNames: number[] = []
  #own: SiteIndex[] = []
  #forgotten = 0

  constructor(sites: EventSites) {
    this.#sites = sites
  }

  /** Hot: the site by our own table, unless someone has renamed the event since. */
  ownOf(event: PlainEvent): SiteIndex | undefined {
    const { site, name } = event
    if (site === ABSENT) return undefined
    if (this.#forgotten !== this.#sites.forgotten) this.#forget()
    if (this.#ownNames[site] === name) return this.#own[site]
    const found = this.#sites.ownNamed(site, event.texts.textAt(name))
    if (found === undefined) return undefined
    this.#ownNames[site] = name
    this.#own[site] = found
    return found
  }

  /** Hot: the site that name and category make. */
  foreignOf(event: PlainEvent): SiteIndex {
    const { name, category, texts } = event
    if (this.#categories[name] === category) return this.#foreign[name]
    const categoryText = category === ABSENT ? undefined : texts.textAt(category)
    const found = this.#sites.foreignOf(texts.textAt(name), categoryText, 'function')
    this.#categories[name] = category
    this.#foreign[name] = found
    return found
  }

  #forget(): void {
    this.#ownNames = []
    this.#own = []
    this.#forgotten = this.#sites.forgotten
  }
}
