import type { NewMetadata, ThreadIndex, TraceBuilder } from '@tracer/core'
import { tidOf } from '@tracer/core/node'
import { basename } from 'node:path'
import type { CollectionSource } from './collections.js'
import { ModeMoves, type SiteMoves } from './mode-moves.js'
import { OpenThread } from './open-thread.js'
import type { ProcessTable } from './process-table.js'
import { RecordingGaps, type ThreadStops } from './recording-gaps.js'
import type { LeftOutCalls, ThreadEnd, ThreadHeader } from './reports.js'
import type { SiteSpace } from './site-space.js'
import { readForeword, readSpool } from './spool-reader.js'
import { ThreadClock } from './thread-clock.js'
import { dearestProbes, threadCosts, type ThreadCosts } from './thread-costs.js'

/** Puts threads' spools into a trace, one after the other. */
export class ThreadReader {
  readonly #builder: TraceBuilder
  readonly #warnings: string[]
  readonly #processes: ProcessTable
  readonly #moves = new ModeMoves()
  readonly #costs: ThreadCosts[] = []
  readonly #stops: ThreadStops[] = []
  readonly #leftOut: LeftOutCalls[] = []
  readonly #collections = new Set<CollectionSource>()
  #first: ThreadHeader | undefined

  constructor(builder: TraceBuilder, warnings: string[], processes: ProcessTable) {
    this.#builder = builder
    this.#warnings = warnings
    this.#processes = processes
  }

  read(path: string, space: SiteSpace): void {
    // A record lies between two clock pairs, of which the later one follows it in the file.
    const { pairs, switches, records } = readForeword(path)
    const gaps = new RecordingGaps(switches)
    let header: ThreadHeader | undefined
    let clock: ThreadClock | undefined
    let thread: OpenThread | undefined
    let end: ThreadEnd | undefined
    let leftOut: LeftOutCalls = { short: 0, deep: 0 }
    for (const block of readSpool(path)) {
      switch (block.kind) {
        case 'thread':
          header = block.header
          if (header.collections !== undefined) this.#collections.add(header.collections)
          clock = new ThreadClock(header.clock, pairs)
          thread = new OpenThread(this.#builder, this.#addThread(path, header, records), clock, space, gaps)
          break
        case 'module':
          space.add(block.report)
          break
        case 'records':
          thread?.add(block.records)
          break
        case 'clock':
          clock?.pass(block.pairs)
          break
        case 'counts':
          thread?.setCounts(block.counts)
          break
        case 'moves':
          thread?.addMoves(block.moves, this.#moves)
          break
        case 'drops':
          thread?.addDrops(block.drops)
          break
        case 'leftOut':
          leftOut = block.calls
          break
        case 'events':
          thread?.addEvents(block.events)
          break
        case 'collections':
          thread?.addCollections(block.collections)
          break
        case 'switches':
          thread?.addSwitches(block.switches)
          break
        case 'end':
          end = block.end
          break
        case 'cut':
          this.#warnings.push(`the last ${block.bytes} bytes of ${basename(path)} are incomplete and were left out`)
          break
      }
    }
    if (thread === undefined || header === undefined) {
      this.#warnings.push(`${basename(path)} holds no readable records`)
      return
    }
    thread.finish(end !== undefined)
    if (end?.exitCode != null) this.#processes.setExitCode(header, end.exitCode)
    this.#costs.push(threadCosts(header, end))
    this.#leftOut.push(leftOut)
    this.#stops.push({ count: gaps.count, totalNs: gaps.totalTicks * header.clock.nsPerTick })
  }

  /** By thread. */
  get costs(): readonly ThreadCosts[] {
    return this.#costs
  }

  /** By thread. */
  get leftOut(): readonly LeftOutCalls[] {
    return this.#leftOut
  }

  /** By thread. */
  get stops(): readonly ThreadStops[] {
    return this.#stops
  }

  /** Who told of garbage collections; nobody when they were not recorded. */
  get collections(): ReadonlySet<CollectionSource> {
    return this.#collections
  }

  /** What the budget decided, by site. */
  moves(): SiteMoves[] {
    return this.#moves.build()
  }

  /** Facts about the recording, those of the first thread; costs are those of the dearest. */
  metadata(producer: string): NewMetadata {
    const clock = this.#first?.clock
    return {
      producer,
      clock: clock?.id ?? 'none',
      // Wall-clock time of the monotonic axis's zero.
      originEpochMs: clock === undefined ? 0 : clock.originEpochMs - clock.originNs / NS_PER_MS,
      ...dearestProbes(this.#costs),
    }
  }

  #addThread(path: string, header: ThreadHeader, records: number): ThreadIndex {
    this.#first ??= header
    const { pid, threadId, threadName } = header
    const process = this.#processes.indexOf(header, basename(path))
    return this.#builder.addThread({ process, tid: tidOf(pid, threadId), name: threadName }, 'by-end', records)
  }
}

const NS_PER_MS = 1e6
