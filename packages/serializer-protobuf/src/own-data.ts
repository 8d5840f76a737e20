import type { Process, Site, Thread, TraceBuilder } from '@tracer/core'
import type { Clocks } from './clocks.js'
import type { Cursor } from './cursor.js'
import type { EventSites } from './event-sites.js'
import { TRACER_PACKET } from './fields.js'
import { readHeader, readThread, type OwnMetadata, type OwnTrack, type OwnUnrecorded } from './own-header.js'
import { readRows, type OwnTables } from './own-tables.js'
import { cursorAt, type PacketFields } from './packet-fields.js'
import type { TrackDraft } from './track-draft.js'

/** What fields of our own say of the trace as a whole. */
export class OwnData implements OwnTables {
  /** Undefined while the file is not known to be ours. */
  metadata: OwnMetadata | undefined
  readonly processes: Process[] = []
  readonly threads: Thread[] = []
  readonly tracks: OwnTrack[] = []
  readonly unrecorded: OwnUnrecorded[] = []
  readonly #builder: TraceBuilder
  readonly #sites: EventSites

  constructor(builder: TraceBuilder, sites: EventSites) {
    this.#builder = builder
    this.#sites = sites
  }

  takeHeader(cursor: Cursor, clocks: Clocks): void {
    this.metadata = readHeader(cursor)
    clocks.setBase(BigInt(this.metadata.zero))
  }

  /** Takes a field of a packet; false when it is none of ours. */
  take(field: number, cursor: Cursor): boolean {
    return this.metadata !== undefined && readRows(field, cursor, this)
  }

  addProcess(process: Process): void {
    this.processes.push(process)
  }

  addSite(site: Site): void {
    this.#sites.addOwn(site)
  }

  addTrack(track: OwnTrack): void {
    this.tracks.push(track)
  }

  addUnrecorded(row: OwnUnrecorded): void {
    this.unrecorded.push({ ...row, site: this.#sites.ownAt(row.site) ?? -1 })
  }

  addSource(file: string, text: string): void {
    this.#builder.addSource(file, text)
  }

  /** Takes what stands beside the description of a track. */
  takeTrackFields({ bytes, rare }: PacketFields, track: TrackDraft): void {
    if (this.metadata === undefined) return
    for (const field of rare) {
      if (field.field === TRACER_PACKET.trackIndex) {
        track.ownIndex = cursorAt(bytes, field).value - 1
      } else if (field.field === TRACER_PACKET.thread) {
        track.ownThread = this.threads.push(readThread(cursorAt(bytes, field).message())) - 1
      }
    }
  }
}
