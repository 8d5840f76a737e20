import type { Nanoseconds } from '@tracer/core'
import type { LoopStay } from './loop-stays.js'
import { workIn, type LoopTurn } from './loop-turns.js'

/** A counter's value from a moment on. */
export interface LoopSample {
  readonly timeNs: Nanoseconds
  readonly value: number
}

/** How busy an event loop was, and how long it kept events waiting, by windows of time. */
export class LoopCounters {
  readonly #fromNs: Nanoseconds
  readonly #toNs: Nanoseconds
  readonly #windowNs: Nanoseconds
  // By window.
  readonly #knownNs: Float64Array
  readonly #busyNs: Float64Array
  readonly #longestNs: Float64Array
  readonly #isUnfinished: boolean

  constructor(stays: readonly LoopStay[], turns: readonly LoopTurn[]) {
    this.#isUnfinished = stays.at(-1)?.isUnfinished ?? false
    this.#fromNs = stays[0]?.startNs ?? 0
    this.#toNs = endOf(stays)
    this.#windowNs = windowFor(this.#toNs - this.#fromNs)
    const windows = Math.max(1, Math.ceil((this.#toNs - this.#fromNs) / this.#windowNs))
    this.#knownNs = new Float64Array(windows)
    this.#busyNs = new Float64Array(windows)
    this.#longestNs = new Float64Array(windows)
    stays.forEach((stay, i) => {
      this.#addStay(stay, stays.at(i + 1))
    })
    for (const { startNs, endNs, longestNs } of turns) this.#raise(startNs, endNs, longestNs)
  }

  /** The part of the time in which the loop did not wait for events, in percent. */
  utilization(): LoopSample[] {
    return this.#samples((i) => round((100 * this.#busyNs[i]) / this.#knownNs[i], 1), this.#isUnfinished ? 100 : 0)
  }

  /** The longest that an event may have had to wait for its turn, in milliseconds. */
  delay(): LoopSample[] {
    return this.#samples((i) => round(this.#longestNs[i] / NS_PER_MS, 3), this.#isUnfinished ? undefined : 0)
  }

  /** Pauses within the stay cannot be told from its work: they add to what was waited after it. */
  #addStay({ startNs, endNs }: LoopStay, next: LoopStay | undefined): void {
    if (Number.isNaN(endNs)) return
    const after = next?.before
    const gapNs = next === undefined ? 0 : next.startNs - endNs
    const pausesNs = after === undefined ? 0 : Math.max(0, after.waitedNs - gapNs)
    const lengthNs = endNs - startNs
    this.#spread(startNs, endNs, Math.max(0, lengthNs - pausesNs))
    if (after === undefined || next === undefined) return
    const workNs = workIn(after, gapNs)
    this.#spread(endNs, next.startNs, workNs)
    // Done before, between and after the waits: at least so much of it at once.
    this.#raise(endNs, next.startNs, workNs / (after.turns + 1))
  }

  #spread(startNs: Nanoseconds, endNs: Nanoseconds, busyNs: Nanoseconds): void {
    const share = busyNs / (endNs - startNs)
    this.#visit(startNs, endNs, (window, ns) => {
      this.#knownNs[window] += ns
      this.#busyNs[window] += ns * share
    })
  }

  #raise(startNs: Nanoseconds, endNs: Nanoseconds, longestNs: Nanoseconds): void {
    this.#visit(startNs, endNs, (window) => {
      this.#longestNs[window] = Math.max(this.#longestNs[window], longestNs)
    })
  }

  /** The windows that a stretch reaches into, each with how far. */
  #visit(startNs: Nanoseconds, endNs: Nanoseconds, visitor: (window: number, ns: Nanoseconds) => void): void {
    let window = Math.floor((startNs - this.#fromNs) / this.#windowNs)
    for (let atNs = startNs; atNs < endNs; window++) {
      const nextNs = Math.min(endNs, this.#fromNs + (window + 1) * this.#windowNs)
      visitor(Math.min(window, this.#knownNs.length - 1), nextNs - atNs)
      atNs = nextNs
    }
  }

  /** One where the value changes; 0 while nothing was recorded. `last` is from the end on, if that is known. */
  #samples(valueOf: (window: number) => number, last: number | undefined): LoopSample[] {
    const samples: LoopSample[] = []
    const add = (timeNs: Nanoseconds, value: number): void => {
      if (samples.at(-1)?.value !== value) samples.push({ timeNs, value })
    }
    this.#knownNs.forEach((knownNs, window) => {
      add(this.#fromNs + window * this.#windowNs, knownNs === 0 ? 0 : valueOf(window))
    })
    if (last !== undefined) add(this.#toNs, last)
    return samples
  }
}

function endOf(stays: readonly LoopStay[]): Nanoseconds {
  const last = stays.at(-1)
  if (last === undefined) return 0
  return Number.isNaN(last.endNs) ? last.startNs : last.endNs
}

/** 10 ms, or ten times as long as often as a run would have more than some thousand of them. */
function windowFor(spanNs: Nanoseconds): Nanoseconds {
  let windowNs = 10 * NS_PER_MS
  while (spanNs / windowNs > MANY) windowNs *= 10
  return windowNs
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

const NS_PER_MS = 1e6
const MANY = 5000
