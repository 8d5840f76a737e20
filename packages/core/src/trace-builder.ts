import { FlowDraft, type FlowKey } from './flow-draft.js'
import { siteKey, type Site } from './site.js'
import type { SliceAtTime } from './slice-at-time.js'
import { SliceColumns, type SliceOrder } from './slice-columns.js'
import { finishThread, finishTracks, type NewThread, type ThreadDraft } from './thread-draft.js'
import type { Drop, Process, Trace } from './trace.js'
import { UnrecordedDraft } from './unrecorded-draft.js'
import type { Nanoseconds, ProcessIndex, SiteIndex, ThreadIndex } from './units.js'

/**
 * Collects what a recording or a file holds and makes the immutable {@link Trace}.
 *
 * Times are given on one axis of the caller's choice. `build` moves them so that the earliest is
 * 0 and says in `metadata.originNs` where that was, unless the metadata given already has an origin.
 */
export class TraceBuilder {
  readonly #sites: Site[] = []
  readonly #siteIndexes = new Map<string, SiteIndex>()
  readonly #processes: Process[] = []
  readonly #threads: ThreadDraft[] = []
  readonly #unrecorded = new UnrecordedDraft()
  readonly #flows = new FlowDraft()
  readonly #sources = new Map<string, string>()

  /** The index of a site; the same site, of whichever thread or run, has one index. */
  addSite(site: Site): SiteIndex {
    const key = siteKey(site)
    const known = this.#siteIndexes.get(key)
    if (known !== undefined) return known
    const index = this.#sites.push(site) - 1
    this.#siteIndexes.set(key, index)
    return index
  }

  /** A site that was added. */
  siteAt(index: SiteIndex): Site {
    return this.#sites[index]
  }

  /** Adds a process; its threads come after it. */
  addProcess(process: Process): ProcessIndex {
    return this.#processes.push(process) - 1
  }

  /** Says how a process ended. */
  setProcessEnd(process: ProcessIndex, end: ProcessEnd): void {
    const { pid, name, commandLine } = this.#processes[process]
    this.#processes[process] = { pid, name, commandLine, ...end }
  }

  /** Adds a thread; `order` says how its slices will be given, `expectedSlices` about how many. */
  addThread(thread: NewThread, order: SliceOrder = 'any', expectedSlices = 0): ThreadIndex {
    return (
      this.#threads.push({
        ...thread,
        drops: [],
        complete: true,
        slices: new SliceColumns(order, expectedSlices),
        instants: [],
        async: new Map(),
        counters: new Map(),
      }) - 1
    )
  }

  /** Adds a slice to a thread; an `endNs` of NaN says that it was open at the end. Returns its position. */
  addSlice(thread: ThreadIndex, site: SiteIndex, startNs: Nanoseconds, endNs: Nanoseconds): number {
    return this.#threads[thread].slices.add(site, startNs, endNs)
  }

  /**
   * Adds a slice to a thread of order `by-level`: slices come as they end, each with its level, 0 for a root, so
   * that what lies in a slice comes before it. Returns its position.
   */
  addNestedSlice(
    thread: ThreadIndex,
    site: SiteIndex,
    startNs: Nanoseconds,
    endNs: Nanoseconds,
    level: number,
  ): number {
    const { slices } = this.#threads[thread]
    const position = slices.add(site, startNs, endNs)
    slices.setLevel(position, level)
    return position
  }

  /** Makes the slice at `position` run number `run` (from 0) of an activation (from 1). */
  setActivation(thread: ThreadIndex, position: number, activation: number, run: number): void {
    this.#threads[thread].slices.setActivation(position, run === 0 ? activation : -activation)
  }

  /** Gives the slice at `position` its arguments: JSON text of an object. */
  setArgs(thread: ThreadIndex, position: number, args: string): void {
    this.#threads[thread].slices.setArgs(position, args)
  }

  /** Says that the slice at `position` was cut off by the end of its recording; a NaN end says so too. */
  setUnfinished(thread: ThreadIndex, position: number): void {
    this.#threads[thread].slices.setUnfinished(position)
  }

  /** Adds a slice that may overlap others, on the track of its site's name or another. Returns its position there. */
  addAsyncSlice(
    thread: ThreadIndex,
    site: SiteIndex,
    startNs: Nanoseconds,
    endNs: Nanoseconds,
    args?: string,
    isUnfinished = false,
    track = this.#sites[site].name,
  ): number {
    const draft = this.#threads[thread]
    let slices = draft.async.get(track)
    if (slices === undefined) draft.async.set(track, (slices = new SliceColumns('any')))
    const position = slices.add(site, startNs, endNs)
    if (args !== undefined) slices.setArgs(position, args)
    if (isUnfinished) slices.setUnfinished(position)
    return position
  }

  /**
   * Adds an end of the flow `key`: the slice of a thread that a moment stands for. Ends are put in the
   * order of their times; one that meets no slice is left out, and so is a flow of one end.
   */
  addFlow(key: FlowKey, thread: ThreadIndex, timeNs: Nanoseconds, which: SliceAtTime = 'innermost'): void {
    this.#flows.addMoment({ key, thread, timeNs, which })
  }

  /**
   * Adds one of several ends to which the flow `key` leads, by the slice of a moment: each becomes a flow
   * of its own, with the ends that {@link addFlow} adds.
   */
  addFlowBranch(key: FlowKey, thread: ThreadIndex, timeNs: Nanoseconds): void {
    this.#flows.addMoment({ key, thread, timeNs, which: 'innermost', isBranch: true })
  }

  /** Adds an end of the flow `key`: the start of the slice at `position`. */
  addFlowToSlice(key: FlowKey, thread: ThreadIndex, position: number): void {
    this.#flows.addPosition({ key, thread, asyncTrack: undefined, position })
  }

  /** Adds an end of the flow `key`: the start of the slice at `position` of the async track of that name. */
  addFlowToAsyncSlice(key: FlowKey, thread: ThreadIndex, track: string, position: number): void {
    this.#flows.addPosition({ key, thread, asyncTrack: track, position })
  }

  /** Keeps the text of a source file. */
  addSource(file: string, text: string): void {
    this.#sources.set(file, text)
  }

  /** Adds an instant of a thread; `args` is the text of a JSON object. */
  addInstant(thread: ThreadIndex, site: SiteIndex, timeNs: Nanoseconds, args?: string): void {
    this.#threads[thread].instants.push({ site, timeNs, args })
  }

  /** Adds a value of one series of a counter, such as `length` of `queue`. */
  addSample(thread: ThreadIndex, name: string, series: string, timeNs: Nanoseconds, value: number): void {
    const { counters } = this.#threads[thread]
    const key = `${name.length}:${name}${series}`
    const samples = counters.get(key)?.samples ?? []
    if (samples.push({ timeNs, value }) === 1) counters.set(key, { name, series, samples })
  }

  /** Adds to the records of a thread that are known to be lost. */
  addDrop(thread: ThreadIndex, drop: Drop): void {
    this.#threads[thread].drops.push(drop)
  }

  /**
   * Adds calls that are in no slice to those of the same thread and site, and runs of calls but the first ones;
   * `estimatedNs` includes what they called.
   */
  addUnrecorded(thread: ThreadIndex, site: SiteIndex, calls: number, estimatedNs: Nanoseconds, laterRuns = 0): void {
    this.#unrecorded.add(thread, site, calls, estimatedNs, laterRuns)
  }

  /** Says that the thread ended without handing over its last records. */
  setIncomplete(thread: ThreadIndex): void {
    this.#threads[thread].complete = false
  }

  /** The trace; the builder may not be used again. */
  build(metadata: NewMetadata): Trace {
    const span = this.#span()
    const zeroNs = metadata.originNs === undefined && span.firstNs !== Infinity ? span.firstNs : 0
    const tracks = this.#threads.flatMap((draft, thread) => finishTracks(draft, thread, zeroNs, span.lastNs))
    return Object.freeze({
      metadata: Object.freeze({
        producer: metadata.producer,
        clock: metadata.clock,
        originNs: metadata.originNs ?? zeroNs,
        originEpochMs: metadata.originEpochMs + zeroNs / NS_PER_MS,
        overheadNs: metadata.overheadNs ?? 0,
        overheadInsideNs: metadata.overheadInsideNs ?? 0,
        checkNs: metadata.checkNs ?? 0,
        tickNs: metadata.tickNs ?? 0,
        hostName: metadata.hostName ?? '',
        bootId: metadata.bootId ?? '',
      }),
      sites: Object.freeze(this.#sites.slice()),
      processes: Object.freeze(this.#processes.slice()),
      threads: Object.freeze(this.#threads.map((draft) => finishThread(draft, zeroNs))),
      tracks: Object.freeze(tracks.map(({ track }) => track)),
      flows: this.#flows.build(
        tracks.map(({ placed }) => placed),
        zeroNs,
      ),
      unrecorded: this.#unrecorded.build(),
      sources: new Map(this.#sources),
    })
  }

  /** First and last moment of all tracks, in one pass over the columns. */
  #span(): { firstNs: Nanoseconds; lastNs: Nanoseconds } {
    let firstNs = Infinity
    let lastNs = -Infinity
    for (const draft of this.#threads) {
      for (const slices of [draft.slices, ...draft.async.values()]) {
        firstNs = Math.min(firstNs, slices.firstStartNs)
        lastNs = Math.max(lastNs, slices.lastEndNs)
      }
      for (const moments of [draft.instants, ...[...draft.counters.values()].map(({ samples }) => samples)]) {
        for (const { timeNs } of moments) {
          firstNs = Math.min(firstNs, timeNs)
          lastNs = Math.max(lastNs, timeNs)
        }
      }
    }
    return { firstNs, lastNs }
  }
}

/** How a process ended: with an exit code or by a signal. */
export type ProcessEnd = Pick<Process, 'exitCode' | 'signal'>

/** Metadata as given to `build`. */
export interface NewMetadata {
  readonly producer: string
  readonly clock: string
  /** Given when the times added are already relative to it. */
  readonly originNs?: Nanoseconds
  /** Wall-clock time of the zero of the axis on which times were given. */
  readonly originEpochMs: number
  readonly overheadNs?: Nanoseconds
  readonly overheadInsideNs?: Nanoseconds
  readonly checkNs?: Nanoseconds
  readonly tickNs?: Nanoseconds
  readonly hostName?: string
  readonly bootId?: string
}

const NS_PER_MS = 1e6
