import type { Nanoseconds, ThreadIndex, Ticks, TraceBuilder } from '@tracer/core'
import type { LoggedEvent } from './event-reader.js'
import { LoopCounters, type LoopSample } from './loop-counters.js'
import { LoopStays } from './loop-stays.js'
import { turnsOf, type LoopTurn } from './loop-turns.js'
import type { RecordingGaps } from './recording-gaps.js'
import type { ThreadClock } from './thread-clock.js'

/** The event loop of a thread, as a track of its turns and two counters. */
export class EventLoop {
  readonly #clock: ThreadClock
  readonly #gaps: RecordingGaps
  readonly #stays = new LoopStays()
  #lastTicks: Ticks = NaN

  constructor(clock: ThreadClock, gaps: RecordingGaps) {
    this.#clock = clock
    this.#gaps = gaps
  }

  add(event: LoggedEvent & { readonly kind: 'left' | 'back' }): void {
    const { atTicks } = event
    if (this.#gaps.cut(this.#lastTicks, atTicks) !== atTicks) this.#stays.interrupt()
    this.#lastTicks = atTicks
    const atNs = this.#clock.toNs(atTicks)
    if (event.kind === 'left') this.#stays.left(atNs)
    else this.#stays.back(atNs, event.turns, event.waitedMs)
  }

  /** Gives the turns, too. `lastEndNs` is of the thread's last slice, `openSinceNs` of one that was open when it was killed. */
  tell(
    builder: TraceBuilder,
    thread: ThreadIndex,
    lastEndNs: Nanoseconds,
    openSinceNs: Nanoseconds | undefined,
  ): readonly LoopTurn[] {
    const stays = this.#stays.finish(lastEndNs, openSinceNs)
    if (stays.length === 0) return []
    const turns = turnsOf(stays)
    const site = builder.addSite({ kind: 'turn', name: TRACK_NAME, file: '', line: 0, column: 0 })
    for (const { startNs, endNs, turns: count, isUnfinished } of turns) {
      const args = count > 1 ? JSON.stringify({ turns: count }) : undefined
      builder.addAsyncSlice(thread, site, startNs, isUnfinished ? NaN : endNs, args, isUnfinished)
    }
    const counters = new LoopCounters(stays, turns)
    addCounter(builder, thread, 'event loop utilization', '%', counters.utilization())
    addCounter(builder, thread, 'event loop delay', 'ms', counters.delay())
    return turns
  }
}

function addCounter(
  builder: TraceBuilder,
  thread: ThreadIndex,
  name: string,
  series: string,
  samples: readonly LoopSample[],
): void {
  for (const { timeNs, value } of samples) builder.addSample(thread, name, series, timeNs, value)
}

const TRACK_NAME = 'Event loop'
