import {
  ACTIVATION_MARKER,
  type Nanoseconds,
  type RecordColumns,
  type ThreadIndex,
  type TraceBuilder,
} from '@tracer/core'
import { BlockedStretches } from './blocked-stretches.js'
import { CAUSE_MARKER } from './cause-marker.js'
import { Collections, type Collection } from './collections.js'
import { EventLoop } from './event-loop.js'
import type { LoggedEvent } from './event-reader.js'
import { moveArgs, moveName, type ModeMoves } from './mode-moves.js'
import type { RecordingGaps } from './recording-gaps.js'
import type { CallCounts, DroppedRecords, ModeMove, RecordingSwitch } from './reports.js'
import type { SiteSpace } from './site-space.js'
import type { ThreadClock } from './thread-clock.js'
import { ThreadCauses } from './thread-causes.js'
import { ThreadEvents } from './thread-events.js'
import { UnsettledCalls } from './unsettled-calls.js'

/** One thread while its blocks are read. */
export class OpenThread {
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #space: SiteSpace
  readonly #clock: ThreadClock
  readonly #gaps: RecordingGaps
  readonly #events: ThreadEvents
  readonly #blocked = new BlockedStretches()
  readonly #loop: EventLoop
  readonly #causes: ThreadCauses
  readonly #collections: Collections
  /** Calls that were open when the thread ended, from the innermost out. */
  readonly #open: { readonly site: number; readonly start: number; activation?: number }[] = []
  /** Calls in no record, by site id: the last that was said of each. */
  readonly #counts = new Map<number, { readonly calls: number; readonly ticks: number; readonly laterRuns: number }>()
  readonly #unsettled = new UnsettledCalls()
  #lastPosition = -1
  #lastSite = 0
  #lastEnd = 0
  #firstNs = Infinity

  constructor(builder: TraceBuilder, thread: ThreadIndex, clock: ThreadClock, space: SiteSpace, gaps: RecordingGaps) {
    this.#builder = builder
    this.#thread = thread
    this.#clock = clock
    this.#space = space
    this.#gaps = gaps
    this.#events = new ThreadEvents(builder, thread, clock)
    this.#loop = new EventLoop(clock, gaps)
    this.#causes = new ThreadCauses(builder, thread)
    this.#collections = new Collections(builder, thread, clock, gaps)
  }

  add({ length, site, start, end }: RecordColumns): void {
    // Calls that are open stand in a block of their own, which may be empty: all that were open when it was written.
    const areOpen = length === 0 || Number.isNaN(end[0])
    if (areOpen) this.#open.length = 0
    for (let i = 0; i < length; i++) {
      if (site[i] === ACTIVATION_MARKER) {
        const open = areOpen ? this.#open.at(-1) : undefined
        if (open !== undefined) open.activation = start[i]
        else if (this.#lastPosition >= 0) {
          const activation = Math.abs(start[i])
          this.#builder.setActivation(this.#thread, this.#lastPosition, activation, end[i])
          this.#unsettled.add(
            activation,
            start[i] < 0 ? undefined : { position: this.#lastPosition, site: this.#lastSite },
          )
        }
      } else if (site[i] === CAUSE_MARKER) {
        const madeNs = start[i] === 0 ? undefined : this.#clock.startNs(start[i], this.#lastEnd)
        if (this.#lastPosition >= 0) this.#causes.add(this.#lastPosition, madeNs, end[i])
      } else if (Number.isNaN(end[i])) {
        this.#open.push({ site: site[i], start: start[i] })
      } else {
        if (this.#open.length > 0) {
          this.#close(site[i], start[i])
        }
        this.#lastEnd = end[i]
        this.#lastSite = site[i]
        const endTicks = this.#gaps.cut(start[i], end[i])
        const startNs = this.#clock.startNs(start[i], endTicks)
        // Where a counter was reset and nobody noticed yet, a call may seem to end before it begins.
        this.#lastPosition = this.#addSlice(site[i], startNs, Math.max(startNs, this.#clock.toNs(endTicks)))
        if (endTicks !== end[i]) this.#builder.setUnfinished(this.#thread, this.#lastPosition)
      }
    }
  }

  setCounts({ length, site, calls, ticks, laterRuns }: CallCounts): void {
    for (let i = 0; i < length; i++) {
      this.#counts.set(site[i], { calls: calls[i], ticks: ticks[i], laterRuns: laterRuns[i] })
    }
  }

  addDrops(drops: readonly DroppedRecords[]): void {
    if (drops.length > 0) this.#unsettled.giveUp()
    for (const { count, fromTicks, toTicks } of drops) {
      const startNs = this.#clock.startNs(fromTicks, toTicks)
      this.#builder.addDrop(this.#thread, { count, startNs, endNs: Math.max(startNs, this.#clock.toNs(toTicks)) })
    }
  }

  addEvents(events: Iterable<LoggedEvent>): void {
    for (const event of events) {
      if (event.kind === 'left' || event.kind === 'back') this.#loop.add(event)
      else this.#events.add(event)
    }
  }

  addCollections(collections: Iterable<Collection>): void {
    this.#collections.add(collections)
  }

  /** Each is a moment of the thread. */
  addSwitches(switches: readonly RecordingSwitch[]): void {
    if (switches.length > 0) this.#unsettled.giveUp()
    for (const { to, atTicks } of switches) {
      if (to === 'ended') continue
      const name = `recording ${to}`
      const site = this.#builder.addSite({ kind: 'instant', name, file: '', line: 0, column: 0 })
      this.#builder.addInstant(this.#thread, site, this.#clock.toNs(atTicks))
    }
  }

  /** Each move is a moment of the thread, at the place of its function. */
  addMoves(moves: readonly ModeMove[], summary: ModeMoves): void {
    for (const move of moves) {
      this.#unsettled.giveUp(move.site)
      const site = this.#space.indexOf(move.site)
      const moved = this.#builder.siteAt(site)
      summary.add(site, move)
      const instant = this.#builder.addSite({ ...moved, kind: 'instant', name: moveName(move.to, moved.name) })
      this.#builder.addInstant(this.#thread, instant, this.#clock.toNs(move.atTicks), moveArgs(moved, move))
    }
  }

  /** No more blocks; `isComplete` when the thread said that it ended. */
  finish(isComplete: boolean): void {
    this.#events.finish()
    const openSince = this.#open.at(-1)?.start
    const openSinceNs = openSince === undefined ? undefined : this.#clock.toNs(openSince)
    const turns = this.#loop.tell(this.#builder, this.#thread, this.#clock.toNs(this.#lastEnd), openSinceNs)
    this.#blocked.tell(this.#builder, this.#thread, turns)
    this.#causes.finish((name) => this.#events.nameOf(name))
    for (const { site, start, activation } of this.#open) {
      const position = this.#addSlice(site, this.#clock.toNs(start), this.#clock.toNs(this.#gaps.cut(start, NaN)))
      this.#builder.setUnfinished(this.#thread, position)
      if (activation === undefined) continue
      this.#builder.setActivation(this.#thread, position, activation, LATER)
      this.#unsettled.add(activation, undefined)
    }
    this.#collections.tell(this.#firstNs)
    for (const [site, { calls, ticks, laterRuns }] of this.#counts) {
      if (calls === 0 && laterRuns === 0) continue
      this.#unsettled.giveUp(site)
      const estimatedNs = Math.round(ticks * this.#clock.nsPerTick)
      this.#builder.addUnrecorded(this.#thread, this.#space.indexOf(site), calls, estimatedNs, laterRuns)
    }
    for (const position of this.#unsettled.positions()) this.#builder.setUnfinished(this.#thread, position)
    if (!isComplete) this.#builder.setIncomplete(this.#thread)
  }

  /** A call that was open when the thread seemed to end, and went on after all. */
  #close(site: number, start: number): void {
    const position = this.#open.findIndex((call) => call.site === site && call.start === start)
    if (position !== -1) {
      this.#open.splice(position, 1)
    }
  }

  #addSlice(site: number, startNs: Nanoseconds, endNs: Nanoseconds): number {
    const index = this.#space.indexOf(site)
    this.#firstNs = Math.min(this.#firstNs, startNs)
    this.#blocked.add(index, startNs, endNs)
    return this.#builder.addSlice(this.#thread, index, startNs, endNs)
  }
}

/** Any number of a run but that of the first. */
const LATER = 1
