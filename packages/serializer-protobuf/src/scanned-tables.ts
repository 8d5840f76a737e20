import type { Process, Site, Thread, ThreadIndex, Trace, TrackIndex } from '@tracer/core'
import { emptyTrack } from './empty-track.js'
import type { OwnMetadata, OwnTrack, OwnUnrecorded } from './own-header.js'
import type { OwnTables } from './own-tables.js'

/** The tables of a file of ours, of which events are not read. */
export class ScannedTables implements OwnTables {
  readonly #processes: Process[] = []
  readonly #threads: Thread[] = []
  readonly #sites: Site[] = []
  readonly #tracks: OwnTrack[] = []
  readonly #unrecorded: OwnUnrecorded[] = []
  readonly #sources = new Map<string, string>()

  addProcess(process: Process): void {
    this.#processes.push(process)
  }

  addThread(thread: Thread): ThreadIndex {
    return this.#threads.push(thread) - 1
  }

  addSite(site: Site): void {
    this.#sites.push(site)
  }

  addTrack(track: OwnTrack): void {
    this.#tracks.push(track)
  }

  addUnrecorded(row: OwnUnrecorded): void {
    this.#unrecorded.push(row)
  }

  addSource(file: string, text: string): void {
    this.#sources.set(file, text)
  }

  /** The track with the slices of a thread; -1 when there is none. */
  trackOf(thread: ThreadIndex): TrackIndex {
    return this.#tracks.findIndex((row) => row.kind === 'thread' && row.thread === thread)
  }

  /** A trace that has all but the events. */
  traceOf({ zero: _, version: __, ...metadata }: OwnMetadata): Trace {
    const rows = this.#unrecorded
    return {
      metadata,
      sites: this.#sites,
      processes: this.#processes,
      threads: this.#threads,
      tracks: this.#tracks.map(emptyTrack),
      flows: {
        length: 0,
        flow: new Int32Array(),
        track: new Int32Array(),
        slice: new Int32Array(),
        timeNs: new Float64Array(),
      },
      unrecorded: {
        length: rows.length,
        thread: Int32Array.from(rows, ({ thread }) => thread),
        site: Int32Array.from(rows, ({ site }) => site),
        calls: Float64Array.from(rows, ({ calls }) => calls),
        estimatedNs: Float64Array.from(rows, ({ estimatedNs }) => estimatedNs),
        laterRuns: Float64Array.from(rows, ({ laterRuns }) => laterRuns),
      },
      sources: this.#sources,
    }
  }
}
