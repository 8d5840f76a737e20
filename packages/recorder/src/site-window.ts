import type { Nanoseconds, RecordColumns, Ticks } from '@tracer/core'
import type { SiteWindow, ThreadWindow } from './budget.js'
import { CHECKED, KEPT, LEARNED, siteRanges, TIMED, type SiteMode, type ThreadMemory } from './thread-memory.js'

/** Adds up, by site, what a thread does between two decisions of the budget. */
export class SiteWindows {
  readonly #memory: ThreadMemory
  readonly #nsPerTick: Nanoseconds
  /** By site, of the records seen in this window. */
  #timedCalls = new Float64Array(FIRST_SITES)
  #timedTicks = new Float64Array(FIRST_SITES)
  /** The sites with any. */
  #seen: number[] = []
  /** By site, of the calls that limits kept out, where there are limits: what the counts were at the last window's end. */
  #countedRuns = new Float64Array(FIRST_SITES)
  #countedTicks = new Float64Array(FIRST_SITES)
  readonly #leavesOut: boolean
  /** The tick-checked sites, and what their counts were at the end of the last window. */
  readonly #checked = new Map<number, { runs: number; ticks: number }>()

  constructor(memory: ThreadMemory, nsPerTick: Nanoseconds, leavesOut: boolean) {
    this.#leavesOut = leavesOut
    this.#memory = memory
    this.#nsPerTick = nsPerTick
  }

  /** Whether any site is tick-checked. */
  get hasChecked(): boolean {
    return this.#checked.size > 0
  }

  /** Hot by the chunk. */
  readonly observe = ({ length, site, start, end }: RecordColumns): void => {
    for (let i = 0; i < length; i++) {
      const id = site[i]
      // Sites are from 1.
      if (id < 0) continue
      this.#add(id, 1, end[i] - start[i])
    }
  }

  setMode(site: number, mode: SiteMode): void {
    // The thread may stop or start recording at the same time.
    if (mode === CHECKED) {
      Atomics.and(this.#memory.modes, site, ~(TIMED | LEARNED))
      this.#checked.set(site, { runs: this.#unrecordedRuns(site), ticks: this.#memory.spentTicks[site] })
    } else {
      Atomics.or(this.#memory.modes, site, TIMED)
      this.#checked.delete(site)
    }
  }

  /** What was called since the last time, and what could have been. */
  take(): Pick<ThreadWindow, 'sites' | 'idle'> {
    const windows: SiteWindow[] = []
    const idle: number[] = []
    if (this.#leavesOut) this.#observeCounts()
    for (const site of this.#seen) {
      if (!this.#checked.has(site)) {
        windows.push(this.#window(site, true, this.#timedCalls[site], this.#timedTicks[site]))
      }
    }
    for (const [site, before] of this.#checked) {
      const runs = this.#unrecordedRuns(site)
      const ticks = this.#memory.spentTicks[site]
      const recorded = site < this.#timedCalls.length ? this.#timedCalls[site] : 0
      const all = runs - before.runs + recorded
      if (all > 0) {
        windows.push(this.#window(site, false, all, ticks - before.ticks + (recorded > 0 ? this.#timedTicks[site] : 0)))
      } else {
        idle.push(site)
      }
      before.runs = runs
      before.ticks = ticks
    }
    for (const site of this.#seen) {
      this.#timedCalls[site] = 0
      this.#timedTicks[site] = 0
    }
    this.#seen = []
    return { sites: windows, idle }
  }

  #add(site: number, calls: number, ticks: Ticks): void {
    if (site >= this.#timedCalls.length) this.#grow(site)
    if (this.#timedCalls[site] === 0) this.#seen.push(site)
    this.#timedCalls[site] += calls
    this.#timedTicks[site] += ticks
  }

  /** Each costs a probe, whether it is the first of its call or a later one. */
  #unrecordedRuns(site: number): number {
    return this.#memory.calls[site] + this.#memory.laterRuns[site]
  }

  /** Calls of timed sites that are in no record were timed all the same. */
  #observeCounts(): void {
    const { spentTicks, control } = this.#memory
    for (const [from, to] of siteRanges(control)) {
      if (to > this.#countedRuns.length) this.#grow(to)
      for (let site = from; site < to; site++) {
        const runs = this.#unrecordedRuns(site)
        const more = runs - this.#countedRuns[site]
        if (more === 0) continue
        if (!this.#checked.has(site)) this.#add(site, more, spentTicks[site] - this.#countedTicks[site])
        this.#countedRuns[site] = runs
        this.#countedTicks[site] = spentTicks[site]
      }
    }
  }

  #window(site: number, isTimed: boolean, calls: number, ticks: number): SiteWindow {
    const isKept = (this.#memory.modes[site] & KEPT) !== 0
    return { site, isTimed, calls, totalNs: ticks * this.#nsPerTick, ...(isKept && { isKept }) }
  }

  #grow(id: number): void {
    const length = 2 ** Math.ceil(Math.log2(id + 1))
    const grown = (from: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(length)
      to.set(from)
      return to
    }
    this.#timedCalls = grown(this.#timedCalls)
    this.#timedTicks = grown(this.#timedTicks)
    this.#countedRuns = grown(this.#countedRuns)
    this.#countedTicks = grown(this.#countedTicks)
  }
}

const FIRST_SITES = 4096
