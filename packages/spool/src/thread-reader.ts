import {
  ACTIVATION_MARKER,
  type NewMetadata,
  type ProcessIndex,
  type RecordColumns,
  type ThreadIndex,
  type TraceBuilder,
} from '@tracer/core'
import { tidOf } from '@tracer/core/node'
import { basename } from 'node:path'
import type { ThreadEnd, ThreadHeader } from './reports.js'
import type { SiteSpace } from './site-space.js'
import { readSpool } from './spool-reader.js'

/** Puts threads' spools into a trace, one after the other. */
export class ThreadReader {
  readonly #builder: TraceBuilder
  readonly #warnings: string[]
  readonly #processes = new Map<number, ProcessIndex>()
  #first: ThreadHeader | undefined
  /** The dearest of all threads': what a probe cost there, none paid more. */
  #overheadNs = 0

  constructor(builder: TraceBuilder, warnings: string[]) {
    this.#builder = builder
    this.#warnings = warnings
  }

  async read(path: string, space: SiteSpace): Promise<void> {
    let thread: OpenThread | undefined
    let end: ThreadEnd | undefined
    for await (const block of readSpool(path)) {
      switch (block.kind) {
        case 'thread':
          thread = new OpenThread(this.#builder, this.#addThread(block.header), block.header, space)
          break
        case 'module':
          space.add(block.report)
          break
        case 'records':
          thread?.add(block.records)
          break
        case 'end':
          end = block.end
          this.#overheadNs = Math.max(this.#overheadNs, end.overheadNs)
          break
        case 'cut':
          this.#warnings.push(`the last ${block.bytes} bytes of ${basename(path)} are incomplete and were left out`)
          break
      }
    }
    if (thread === undefined) this.#warnings.push(`${basename(path)} holds no readable records`)
    else thread.finish(end)
  }

  /** Facts about the recording, those of the first thread. */
  metadata(producer: string): NewMetadata {
    const clock = this.#first?.clock
    return {
      producer,
      clock: clock?.id ?? 'none',
      // Wall-clock time of the monotonic axis's zero.
      originEpochMs: clock === undefined ? 0 : clock.originEpochMs - clock.originNs / NS_PER_MS,
      overheadNs: this.#overheadNs,
    }
  }

  #addThread(header: ThreadHeader): ThreadIndex {
    this.#first ??= header
    const { pid, threadId, threadName, processName, commandLine } = header
    let process = this.#processes.get(pid)
    if (process === undefined) {
      process = this.#builder.addProcess({ pid, name: processName, commandLine })
      this.#processes.set(pid, process)
    }
    return this.#builder.addThread({ process, tid: tidOf(pid, threadId), name: threadName }, 'by-end')
  }
}

/** One thread while its blocks are read. */
class OpenThread {
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #space: SiteSpace
  readonly #nsPerTick: number
  readonly #originNs: number
  /** Calls that were open when the thread ended, from the innermost out. */
  readonly #open: { readonly site: number; readonly start: number }[] = []
  #lastPosition = -1

  constructor(builder: TraceBuilder, thread: ThreadIndex, { clock }: ThreadHeader, space: SiteSpace) {
    this.#builder = builder
    this.#thread = thread
    this.#space = space
    this.#nsPerTick = clock.nsPerTick
    this.#originNs = clock.originNs
  }

  add({ length, site, start, end }: RecordColumns): void {
    for (let i = 0; i < length; i++) {
      if (site[i] === ACTIVATION_MARKER) {
        if (this.#lastPosition >= 0) {
          this.#builder.setActivation(this.#thread, this.#lastPosition, start[i], end[i])
        }
      } else if (Number.isNaN(end[i])) {
        this.#open.push({ site: site[i], start: start[i] })
      } else {
        if (this.#open.length > 0) {
          this.#close(site[i], start[i])
        }
        this.#lastPosition = this.#addSlice(site[i], this.#ns(start[i]), this.#ns(end[i]))
      }
    }
  }

  /** A call that was open when the thread seemed to end, and went on after all. */
  #close(site: number, start: number): void {
    const position = this.#open.findIndex((call) => call.site === site && call.start === start)
    if (position !== -1) {
      this.#open.splice(position, 1)
    }
  }

  finish(end: ThreadEnd | undefined): void {
    for (const { site, start } of this.#open) this.#addSlice(site, this.#ns(start), NaN)
    if (end === undefined) {
      this.#builder.setIncomplete(this.#thread)
    } else if (end.lost > 0) {
      const startNs = this.#ns(end.lostFrom)
      this.#builder.addDrop(this.#thread, { count: end.lost, startNs, endNs: startNs })
    }
  }

  #addSlice(site: number, startNs: number, endNs: number): number {
    return this.#builder.addSlice(this.#thread, this.#space.indexOf(site), startNs, endNs)
  }

  #ns(ticks: number): number {
    return Math.round(this.#originNs + ticks * this.#nsPerTick)
  }
}

const NS_PER_MS = 1e6
