import type { Site, SiteIndex } from '@tracer/core'
import { categoryOf } from './category.js'

const encoder = new TextEncoder()

/** Where a thread's events belong in the file. */
export interface Place {
  readonly pid: number
  readonly tid: number
}

/**
 * The start of every event of one phase on one thread, up to its time, as bytes, one a site: names
 * are encoded once, not once an event. Only of sites that the thread used.
 */
export class EventPrefixes {
  readonly #bytes: (Uint8Array | undefined)[] = []
  readonly #sites: readonly Site[]
  readonly #phase: string
  readonly #place: Place

  /** `phase` may carry more fields, such as `i","s":"t`. */
  constructor(sites: readonly Site[], phase: string, place: Place) {
    this.#sites = sites
    this.#phase = phase
    this.#place = place
  }

  /** Hot: the prefix of a site's events, with the separator before it. */
  of(site: SiteIndex): Uint8Array {
    return this.#bytes[site] ?? this.#encode(site)
  }

  #encode(index: SiteIndex): Uint8Array {
    const site = this.#sites[index]
    const head = eventHead(site.name, categoryOf(site), this.#phase, this.#place)
    const bytes = encoder.encode(`,\n${head},"site":${index},"ts":`)
    this.#bytes[index] = bytes
    return bytes
  }
}

/** The fields that every event has, without the closing brace. */
export function eventHead(name: string, category: string, phase: string, place: Place): string {
  return (
    `{"name":${JSON.stringify(name)},"cat":${JSON.stringify(category)},` +
    `"ph":"${phase}","pid":${place.pid},"tid":${place.tid}`
  )
}
