import type { Site, SiteIndex } from '@tracer/core'
import { EVENT, EVENT_TYPE, INTERNED, INTERNED_ENTRY, PACKET, SOURCE_LOCATION, TRACER_SITE } from './fields.js'
import { Message } from './message.js'

/**
 * What a sequence has said of sites: their names and places have a number each, the same one, and the end of the
 * packet in which a slice begins is ready as bytes. Sites of many slices have low numbers, which take one byte.
 */
export class InternedSites {
  /** By site: where its bytes start in `tails`; 0 when it is not interned. */
  readonly tailOf: Int32Array
  /** Ends of packets, each with its length in front. The first is that of the end of a slice. */
  tails = new Uint8Array(1024)
  readonly #sites: readonly Site[]
  readonly #sequence: number
  readonly #iidOf: Int32Array
  #iids: number
  #tailsLength = 0
  readonly #categories = new Map<string, number>()
  readonly #message = new Message()

  /** `uses` says how often the sequence will have each site, where it will have many. */
  constructor(sites: readonly Site[], uses: Int32Array | undefined, sequence: number) {
    this.#sites = sites
    this.#sequence = sequence
    this.tailOf = new Int32Array(sites.length)
    this.#iidOf = uses === undefined ? new Int32Array(sites.length) : byUse(uses)
    this.#iids = uses?.length ?? 0
    this.clear()
  }

  clear(): void {
    this.tailOf.fill(0)
    this.#tailsLength = 0
    this.#categories.clear()
    this.#addTail(() => this.#message.uint(EVENT.type, EVENT_TYPE.end))
  }

  has(site: SiteIndex): boolean {
    return this.tailOf[site] !== 0
  }

  /** Writes what the number of a site stands for. */
  intern(site: SiteIndex, message: Message): void {
    const { name, file, line, kind } = this.#sites[site]
    const iid = (this.#iidOf[site] ||= ++this.#iids)
    message.message(PACKET.internedData, () => {
      message.message(INTERNED.eventNames, () => {
        message
          .uint(INTERNED_ENTRY.iid, iid)
          .text(INTERNED_ENTRY.name, name)
          .uint(TRACER_SITE, site + 1)
      })
      if (file !== '') {
        message.message(INTERNED.sourceLocations, () => {
          message
            .uint(SOURCE_LOCATION.iid, iid)
            .text(SOURCE_LOCATION.file, file)
            .text(SOURCE_LOCATION.functionName, name)
          if (line > 0 && line <= MAX_UINT32) message.uint(SOURCE_LOCATION.line, Math.floor(line))
        })
      }
      if (kind === 'function' || this.#categories.has(kind)) return
      const category = this.#categories.size + 1
      this.#categories.set(kind, category)
      message.message(INTERNED.categories, () => {
        message.uint(INTERNED_ENTRY.iid, category).text(INTERNED_ENTRY.name, kind)
      })
    })
    this.tailOf[site] = this.#addTail(() => {
      this.#message.uint(EVENT.type, EVENT_TYPE.begin)
      this.writeSite(site, this.#message)
    })
  }

  /** Writes the fields of an event that say its site. */
  writeSite(site: SiteIndex, message: Message): void {
    const { file, kind } = this.#sites[site]
    const iid = this.#iidOf[site]
    message.uint(EVENT.nameIid, iid)
    if (file !== '') message.uint(EVENT.sourceLocationIid, iid)
    // Most slices are of functions: a category would only make them longer.
    const category = this.#categories.get(kind)
    if (category !== undefined) message.uint(EVENT.categoryIids, category)
  }

  #addTail(writeEvent: () => void): number {
    const message = this.#message.clear()
    message.uint(PACKET.sequenceId, this.#sequence).message(PACKET.trackEvent, writeEvent)
    const start = this.#tailsLength
    if (start + message.length + 1 > this.tails.length) {
      const grown = new Uint8Array(this.tails.length * 2)
      grown.set(this.tails)
      this.tails = grown
    }
    this.tails[start] = message.length
    this.tails.set(message.view(), start + 1)
    this.#tailsLength += message.length + 1
    return start
  }
}

const MAX_UINT32 = 2 ** 32 - 1

/** Numbers from 1, by how often each is used; 0 for those that are not. */
function byUse(uses: Int32Array): Int32Array {
  const iids = new Int32Array(uses.length)
  const order = Array.from(uses.keys()).filter((site) => uses[site] > 0)
  order.sort((a, b) => uses[b] - uses[a] || a - b)
  order.forEach((site, index) => (iids[site] = index + 1))
  return iids
}
