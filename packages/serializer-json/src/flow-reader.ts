import type { FlowTable, Nanoseconds, SiteIndex, ThreadIndex, Trace, TraceBuilder } from '@tracer/core'
import { OwnFlowEnds } from './flow-ends.js'
import { FlowPoints } from './flow-points.js'
import { FLOW_EVENT_NAME } from './flow-writer.js'
import { fromMicroseconds } from './microseconds.js'
import type { RawEvent } from './raw-event.js'

/** Takes the arrows of a file, whichever of three ways it has to give them, and finds their slices at the end. */
export class FlowReader {
  readonly #builder: TraceBuilder
  readonly #points = new FlowPoints()
  readonly #own = new OwnFlowEnds()
  /** Slices that name their arrows. */
  #bound = 0

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  /** Whether arrows have to find their slices in the builder. */
  get hasForeign(): boolean {
    return this.#points.count + this.#bound > 0
  }

  /** Takes a flow event (`s`, `t`, `f`); says whether it had an id. `file` counts headers of ours, from 1. */
  add(
    event: RawEvent,
    phase: 's' | 't' | 'f',
    pid: number,
    thread: ThreadIndex,
    timeNs: Nanoseconds,
    file: number,
  ): boolean {
    if (file === 0 || event.name !== FLOW_EVENT_NAME || typeof event.slice !== 'number') {
      return this.#points.add(event, phase, pid, thread, timeNs)
    }
    this.#own.add({
      key: `${file} ${String(event.id)}`,
      thread,
      asyncTrack: typeof event.track === 'string' ? event.track : undefined,
      slice: event.slice,
      timeNs: typeof event.at === 'number' ? fromMicroseconds(event.at) : timeNs,
    })
    return true
  }

  /** Takes an arrow that a slice names itself; none for an undefined `key`. */
  bind(key: string | undefined, thread: ThreadIndex, position: number): void {
    if (key === undefined) return
    this.#bound++
    this.#builder.addFlowToSlice(key, thread, position)
  }

  /** The same for an async slice. */
  bindAsync(key: string | undefined, thread: ThreadIndex, site: SiteIndex, position: number): void {
    if (key === undefined) return
    this.#bound++
    this.#builder.addFlowToAsyncSlice(key, thread, this.#builder.siteAt(site).name, position)
  }

  /** Gives the builder what it has to find before it builds; `isOwn` when our own slices lie as they were written. */
  finish(isOwn: boolean): void {
    this.#points.addTo(this.#builder)
    if (!isOwn) this.#own.addTo(this.#builder)
  }

  /** The arrows of the finished trace. */
  table(trace: Trace, isOwn: boolean): FlowTable {
    return isOwn && this.#own.count > 0 ? this.#own.table(trace) : trace.flows
  }

  /** Ends of arrows so far. */
  get count(): number {
    return this.#points.count + this.#bound + this.#own.count
  }
}
