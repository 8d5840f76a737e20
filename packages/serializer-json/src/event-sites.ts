import type { Site, SiteIndex, SiteKind, TraceBuilder } from '@tracer/core'
import { positionOf } from './category.js'
import { isMarked } from './chrome-names.js'
import { textOr, type RawEvent } from './raw-event.js'

/** Name of an event that has none. */
const UNNAMED = '(unnamed)'

/** `f (/srv/app/t.py:1)`, as VizTracer names functions. */
const PYTHON_FUNCTION = /^(.+) \((.+):(\d{1,9})\)$/s

/** VizTracer's category of functions, "function entry and exit", in both of its spellings. */
const VIZTRACER_CATEGORIES: readonly string[] = ['FEE', 'fee']

/** Finds the site of an event: in our own table, or made from its name and category, each once. */
export class EventSites {
  readonly #builder: TraceBuilder
  /** By the `site` of an event. */
  #ownNames: (string | undefined)[] = []
  #ownIndexes: SiteIndex[] = []
  readonly #foreign = new Map<string, SiteIndex>()

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  /** Takes the next rows of our own table. */
  addOwn(sites: readonly Site[]): void {
    for (const site of sites) {
      this.#ownNames.push(site.name)
      this.#ownIndexes.push(this.#builder.addSite(site))
    }
  }

  /** Number of tables of ours that were forgotten. */
  forgotten = 0

  /** Forgets our own table: another file begins in the same one. */
  clearOwn(): void {
    this.#ownNames = []
    this.#ownIndexes = []
    this.forgotten++
  }

  /** The site at a position of our own table; undefined when the file lacks it. */
  ownAt(position: number): SiteIndex | undefined {
    return position in this.#ownIndexes ? this.#ownIndexes[position] : undefined
  }

  /** Hot: the site by our own table, unless someone has renamed the event since. */
  ownOf(event: RawEvent): SiteIndex | undefined {
    const { site, name } = event
    return typeof site === 'number' && typeof name === 'string' ? this.ownNamed(site, name) : undefined
  }

  /** Hot: the site at a position of our own table, if it has that name. */
  ownNamed(position: number, name: string): SiteIndex | undefined {
    const own = this.#ownNames[position]
    return own !== undefined && (own === name || isMarked(name, own)) ? this.#ownIndexes[position] : undefined
  }

  /** Hot: the site of an event; `kind` is for one that no table describes. */
  of(event: RawEvent, kind: SiteKind): SiteIndex {
    return this.ownOf(event) ?? this.foreignOf(event.name, event.cat, kind)
  }

  /** The site that name and category make. */
  foreignOf(name: unknown, category: unknown, kind: SiteKind): SiteIndex {
    const [nameText, categoryText] = [textOr(name, ''), textOr(category, '')]
    const key = `${kind}\n${categoryText}\n${nameText}`
    let index = this.#foreign.get(key)
    if (index === undefined) {
      index = this.#builder.addSite(foreignSite(nameText, categoryText, kind))
      this.#foreign.set(key, index)
    }
    return index
  }
}

function foreignSite(name: string, category: string, kind: SiteKind): Site {
  const text = name === '' ? UNNAMED : name
  const python = VIZTRACER_CATEGORIES.includes(category) ? PYTHON_FUNCTION.exec(text) : null
  if (python !== null) return { kind, name: python[1], file: python[2], line: Number(python[3]), column: 0 }
  return { kind, name: text, file: '', line: 0, column: 0, ...positionOf(category) }
}
