import type { ThreadIndex, TraceBuilder } from '@tracer/core'
import type { OwnData } from './own-data.js'
import type { ReadWarnings } from './read-warnings.js'
import type { TrackDraft } from './track-draft.js'
import type { ProcessNames, TrackRegistry } from './track-registry.js'

/** Finds the thread of each track, and adds threads and processes to the trace as they are found. */
export class ThreadTable {
  readonly #builder: TraceBuilder
  readonly #tracks: TrackRegistry
  readonly #names: ProcessNames
  readonly #warnings: ReadWarnings
  readonly #processes = new Map<number, number>()
  readonly #threads = new Map<string, ThreadIndex>()
  readonly #firstOf = new Map<number, ThreadIndex>()
  readonly #own: ThreadIndex[] = []

  constructor(builder: TraceBuilder, tracks: TrackRegistry, names: ProcessNames, warnings: ReadWarnings) {
    this.#builder = builder
    this.#tracks = tracks
    this.#names = names
    this.#warnings = warnings
  }

  /** Adds processes and threads that our own fields list. */
  addOwn({ processes, threads }: OwnData): void {
    const indexes = processes.map((process) => this.#builder.addProcess(process))
    for (const { process, tid, name, drops, complete } of threads) {
      const index = indexes.at(process) ?? this.#processOf(0)
      const thread = this.#builder.addThread({ process: index, tid, name })
      for (const drop of drops) this.#builder.addDrop(thread, drop)
      if (!complete) this.#builder.setIncomplete(thread)
      this.#own.push(thread)
    }
  }

  ownAt(position: number): ThreadIndex | undefined {
    return this.#own.at(position)
  }

  /** The thread whose own track this is; undefined for any other track. */
  ofThreadTrack({ ownThread, thread }: TrackDraft): ThreadIndex | undefined {
    if (ownThread !== undefined) return this.#own.at(ownThread)
    return thread === undefined ? undefined : this.#threadOf(thread.pid, thread.tid)
  }

  /** The thread a track belongs to: that of an ancestor, or the main thread of its process. */
  of(draft: TrackDraft): ThreadIndex {
    const seen = new Set<TrackDraft>()
    for (let track: TrackDraft | undefined = draft; track !== undefined; track = this.#parentOf(track)) {
      const thread = this.ofThreadTrack(track)
      if (thread !== undefined) return thread
      if (track.process !== undefined) return this.#mainThreadOf(track.process.pid)
      if (seen.has(track)) {
        this.#warnings.count('cycle')
        break
      }
      seen.add(track)
    }
    return this.#firstOf.values().next().value ?? this.#mainThreadOf(0)
  }

  #parentOf({ parent }: TrackDraft): TrackDraft | undefined {
    return parent === undefined || parent === 0 ? undefined : this.#tracks.find(parent)
  }

  #mainThreadOf(pid: number): ThreadIndex {
    return this.#threads.get(`${pid}/${pid}`) ?? this.#firstOf.get(pid) ?? this.#threadOf(pid, pid)
  }

  #threadOf(pid: number, tid: number): ThreadIndex {
    const key = `${pid}/${tid}`
    let thread = this.#threads.get(key)
    if (thread === undefined) {
      const name = this.#names.threads.get(key)?.name ?? ''
      thread = this.#builder.addThread({ process: this.#processOf(pid), tid, name })
      this.#threads.set(key, thread)
      if (!this.#firstOf.has(pid)) this.#firstOf.set(pid, thread)
    }
    return thread
  }

  #processOf(pid: number): number {
    let process = this.#processes.get(pid)
    if (process === undefined) {
      const { name, commandLine } = this.#names.processes.get(pid) ?? { name: '', commandLine: [] }
      process = this.#builder.addProcess({ pid, name, commandLine })
      this.#processes.set(pid, process)
    }
    return process
  }
}
