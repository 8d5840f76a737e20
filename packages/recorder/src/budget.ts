import type { Nanoseconds } from '@tracer/core'

/** What one site did during a window. */
export interface SiteWindow {
  /** Site id. */
  readonly site: number
  readonly isTimed: boolean
  readonly calls: number
  /** Time of these calls, what they called included; an estimate for a tick-checked site. */
  readonly totalNs: Nanoseconds
  /** Whether it stays timed, whatever it costs. */
  readonly isKept?: boolean
}

/** What one thread did during a window. */
export interface ThreadWindow {
  /** Time on a core, probes included; where the system does not tell, time that passed. */
  readonly busyNs: Nanoseconds
  /** Sites that were called. */
  readonly sites: readonly SiteWindow[]
  /** Tick-checked sites that were not. */
  readonly idle: readonly number[]
}

/** A site that goes over to the other mode. */
export interface Move extends SiteWindow {
  readonly reason: string
}

export interface BudgetOptions {
  /** What probes may add to the time of the bare program, as a share: 0.1 for 10 %. */
  readonly share: number
  /** Cost of a call by mode. */
  readonly timedNs: Nanoseconds
  readonly checkedNs: Nanoseconds
}

/**
 * Decides which sites of a thread are timed. Sites with the shortest calls go first: their probes
 * cost most for what they tell. They come back, longest calls first, when there has been room for
 * a while; a site that had to go again waits twice as long each time.
 */
export class Budget {
  readonly #options: BudgetOptions
  /** By site: the number of the window from which it may be timed again, and how often it went. */
  readonly #waiting = new Map<number, { readonly until: number; readonly times: number }>()
  /** Of the last windows, the older the less. */
  #busyNs = 0
  #costNs = 0
  #window = 0
  #calmWindows = 0
  /** Of the last windows without a record: of what ran in them, records are still to come. */
  #silentNs: Nanoseconds[] = []

  constructor(options: BudgetOptions) {
    this.#options = options
  }

  /** Sites that change their mode after this window. */
  decide({ busyNs, sites, idle }: ThreadWindow): Move[] {
    if (sites.length === 0) this.#silentNs = [...this.#silentNs, busyNs].slice(-LATE_WINDOWS)
    if (sites.length === 0 && idle.length === 0) return []
    this.#window++
    this.#noteOthers(sites)
    const { share, timedNs, checkedNs } = this.#options
    const newCostNs = sites.reduce((sum, { isTimed, calls }) => sum + calls * (isTimed ? timedNs : checkedNs), 0)
    const busyLately = (this.#busyNs = this.#busyNs * MEMORY + this.#recordedNs(busyNs, sites))
    const costNs = (this.#costNs = this.#costNs * MEMORY + newCostNs)
    const bareNs = Math.max(busyLately - costNs, busyLately * LEAST_BARE_SHARE)
    const limitNs = share * bareNs
    if (costNs > limitNs) {
      this.#calmWindows = 0
      return this.#shed(sites, costNs - limitNs * TARGET, busyLately)
    }
    this.#calmWindows = costNs <= limitNs * ROOM ? this.#calmWindows + 1 : 0
    return this.#calmWindows < CALM_WINDOWS ? [] : this.#restore(sites, idle, limitNs * ROOM - costNs)
  }

  /** The time that the records of a window are about, or more. */
  #recordedNs(busyNs: Nanoseconds, sites: readonly SiteWindow[]): Nanoseconds {
    if (sites.length === 0) return 0
    const allNs = this.#silentNs.reduce((sum, silentNs) => sum + silentNs, busyNs)
    this.#silentNs = []
    return allNs
  }

  /** Sites that are tick-checked although none of this went before, because an earlier run learned it, wait like those that went now. */
  #noteOthers(sites: readonly SiteWindow[]): void {
    for (const { site, isTimed } of sites) {
      if (!isTimed && !this.#waiting.has(site)) this.#waiting.set(site, { until: this.#window + FIRST_WAIT, times: 1 })
    }
  }

  #shed(sites: readonly SiteWindow[], excessNs: Nanoseconds, busyNs: Nanoseconds): Move[] {
    const moves: Move[] = []
    const candidates = sites
      .filter((site) => site.isTimed && site.isKept !== true && site.calls >= LEAST_CALLS)
      .filter((site) => this.#savingNs(site) > busyNs * LEAST_SAVING)
      .sort((a, b) => a.totalNs / a.calls - b.totalNs / b.calls)
    let savedNs = 0
    for (const site of candidates) {
      if (savedNs >= excessNs) break
      savedNs += this.#savingNs(site)
      const times = (this.#waiting.get(site.site)?.times ?? 0) + 1
      this.#waiting.set(site.site, {
        until: this.#window + FIRST_WAIT * 2 ** Math.min(times - 1, MOST_DOUBLINGS),
        times,
      })
      moves.push({
        ...site,
        reason: `${site.calls} calls cost ${percent(this.#savingNs(site) / busyNs)} of the thread's time`,
      })
    }
    this.#costNs -= savedNs
    return moves
  }

  #restore(sites: readonly SiteWindow[], idle: readonly number[], roomNs: Nanoseconds): Move[] {
    const checked = sites.filter(({ isTimed }) => !isTimed)
    const candidates = checked
      .filter(({ site }) => this.#mayReturn(site))
      .sort((a, b) => b.totalNs / b.calls - a.totalNs / a.calls)
    const moves: Move[] = []
    let usedNs = 0
    for (const site of candidates) {
      const extraNs = this.#savingNs(site)
      if (usedNs + extraNs > roomNs) continue
      usedNs += extraNs
      moves.push({ ...site, reason: 'there is room in the budget' })
    }
    return moves.length === checked.length ? [...moves, ...this.#restoreIdle(idle)] : moves
  }

  /** What is not called costs nothing either way, but that somebody has to tell the time for it: when it is the last to need it. */
  #restoreIdle(idle: readonly number[]): Move[] {
    if (!idle.every((site) => this.#mayReturn(site))) return []
    return idle.map((site) => ({ site, isTimed: false, calls: 0, totalNs: 0, reason: 'it is not called at present' }))
  }

  /** A site that an earlier run gave up, and that was not called yet, waits from the start. */
  #mayReturn(site: number): boolean {
    return (this.#waiting.get(site)?.until ?? FIRST_WAIT) <= this.#window
  }

  /** What tick-checking in place of timing saves, in a window like this one. */
  #savingNs({ calls }: SiteWindow): Nanoseconds {
    return calls * Math.max(0, this.#options.timedNs - this.#options.checkedNs)
  }
}

/** Share of what is known that counts in the next window. */
const MEMORY = 0.5
/** Records that fill no chunk are taken two visits after they were made, at the latest. */
const LATE_WINDOWS = 8
/** Probes never take all of the time; what is left is the program's. */
const LEAST_BARE_SHARE = 0.02
/** Shedding goes below the limit, so that it need not begin anew with the next window. */
const TARGET = 0.7
/** Below this share of the limit there is room. */
const ROOM = 0.5
/** Windows in a row with room before sites come back. */
const CALM_WINDOWS = 4
/** Sites that cost less than this share of the time stay: moving them saves nothing. */
const LEAST_SAVING = 1e-4
/** Nor does moving one that is called this rarely, in a window: a few microseconds. */
const LEAST_CALLS = 100
/** Windows that a site waits when it had to go for the first time. */
const FIRST_WAIT = 20
const MOST_DOUBLINGS = 8

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
