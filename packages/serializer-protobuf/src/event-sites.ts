import type { Site, SiteIndex, SiteKind, TraceBuilder } from '@tracer/core'
import type { InternedLocation, InternedName, Sequence } from './sequence.js'

/** Name of an event that has none. */
const UNNAMED = '(unnamed)'

/** Finds the site of an event: in our own table, or made from its name and place, each once. */
export class EventSites {
  readonly #builder: TraceBuilder
  /** By position in our own table. */
  readonly #own: SiteIndex[] = []
  readonly #foreign = new Map<string, SiteIndex>()

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  addOwn(site: Site): void {
    this.#own.push(this.#builder.addSite(site))
  }

  ownAt(position: number): SiteIndex | undefined {
    return position < this.#own.length ? this.#own[position] : undefined
  }

  /** Hot: the site of a slice whose name has a number. */
  ofSlice(name: InternedName, locationIid: number, isAsync: boolean, sequence: Sequence): SiteIndex {
    if (name.site >= 0 && name.locationIid === locationIid && name.isAsync === isAsync) return name.site
    name.locationIid = locationIid
    name.isAsync = isAsync
    return (name.site = this.of(name, sequence.locations.get(locationIid), isAsync ? 'async-span' : 'function'))
  }

  of(name: InternedName, location: InternedLocation | undefined, kind: SiteKind): SiteIndex {
    return (name.ownSite >= 0 ? this.ownAt(name.ownSite) : undefined) ?? this.ofText(name.name, location, kind)
  }

  /** The site of an event by what it says itself. */
  ofText(text: string, location: InternedLocation | undefined, kind: SiteKind): SiteIndex {
    const name = text === '' ? location?.functionName || UNNAMED : text
    const [file, line] = [location?.file ?? '', location?.line ?? 0]
    const key = `${kind}\n${line}\n${file}\n${name}`
    let site = this.#foreign.get(key)
    if (site === undefined) {
      site = this.#builder.addSite({ kind, name, file, line, column: 0 })
      this.#foreign.set(key, site)
    }
    return site
  }
}
