import type { TraceBuilder } from '@tracer/core'
import type { EventSites } from './event-sites.js'
import {
  HEADER_VERSION,
  SITES_EVENT_NAME,
  TRACE_EVENT_NAME,
  UNRECORDED_EVENT_NAME,
  parseHeader,
  parseSites,
  parseUnrecorded,
  type FileHeader,
} from './file-header.js'
import { SOURCES_EVENT_NAME, SourceParts, parseSource } from './file-sources.js'
import { isRawEvent, textOr, type RawEvent } from './raw-event.js'
import type { ReadWarnings } from './read-warnings.js'
import type { ThreadTable } from './thread-table.js'

/** Takes metadata events (`M`): the names of processes and threads, and all that ours hold. */
export class MetadataReader {
  /** The first header of ours. */
  header: FileHeader | undefined
  /** Headers of ours so far. */
  files = 0
  readonly sources = new SourceParts()

  readonly #builder: TraceBuilder
  readonly #threads: ThreadTable
  readonly #sites: EventSites
  readonly #warnings: ReadWarnings

  constructor(builder: TraceBuilder, threads: ThreadTable, sites: EventSites, warnings: ReadWarnings) {
    this.#builder = builder
    this.#threads = threads
    this.#sites = sites
    this.#warnings = warnings
  }

  read(event: RawEvent): void {
    switch (event.name) {
      case 'process_name':
      case 'thread_name': {
        const name = isRawEvent(event.args) ? textOr(event.args.name, '') : ''
        this.#threads.setName(event.name, event.pid, event.tid, name)
        return
      }
      case TRACE_EVENT_NAME:
        this.#readHeader(event.args)
        return
      case SITES_EVENT_NAME:
        this.#sites.addOwn(parseSites(event.args))
        return
      case UNRECORDED_EVENT_NAME:
        this.#readUnrecorded(event.args)
        return
      case SOURCES_EVENT_NAME: {
        const part = parseSource(event.args)
        if (part !== undefined) this.sources.add(part)
      }
    }
  }

  #readUnrecorded(args: unknown): void {
    for (const { thread, site, calls, estimatedNs, laterRuns } of parseUnrecorded(args)) {
      const [threadIndex, siteIndex] = [this.#threads.ownAt(thread), this.#sites.ownAt(site)]
      if (threadIndex !== undefined && siteIndex !== undefined) {
        this.#builder.addUnrecorded(threadIndex, siteIndex, calls, estimatedNs, laterRuns)
      }
    }
  }

  #readHeader(args: unknown): void {
    const header = parseHeader(args)
    if (header === undefined) return
    if (header.version > HEADER_VERSION) {
      this.#warnings.add(
        `The file is of version ${header.version}, this reader knows ${HEADER_VERSION}: some of it may be missing.`,
      )
    }
    if (this.header !== undefined) {
      this.#warnings.add('The file holds several traces, one after the other; their times are taken as they stand.')
    }
    this.header ??= header
    this.files++
    this.#threads.addHeader(header)
    this.#sites.clearOwn()
  }
}
