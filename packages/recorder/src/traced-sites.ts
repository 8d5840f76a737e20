import type { SiteId } from '@tracer/core'
import { HOOKS_THREAD_FIRST_SITE_ID } from '@tracer/spool'
import { CHECKED, CONTROL, KEPT, LEARNED, siteRanges, STOPPED, TIMED, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { max } = Math
const { add, load, or, store } = Atomics

/** Where it stands what to do with calls of a site. */
export type SiteModes = Pick<ThreadMemory, 'modes' | 'control'>

/**
 * Says that probes of these sites are in use from now on: from the first up to, not including, the end.
 * `learned` are those to be tick-checked as soon as can be, by their index among them.
 */
export function traceSites(
  { modes, control }: SiteModes,
  first: SiteId,
  end: number,
  learned: readonly number[] = [],
): void {
  const cell = first < HOOKS_THREAD_FIRST_SITE_ID ? CONTROL.ownSitesEnd : CONTROL.hooksSitesEnd
  store(control, cell, max(control[cell], end))
  // Whoever stops or starts recording meanwhile changes the sites of which it has been told.
  let stopped: number
  do {
    stopped = load(control, CONTROL.stopped)
    const mode = stopped === 0 ? TIMED : TIMED | STOPPED
    modes.fill(mode, first, end)
    for (let i = 0; i < learned.length; i++) modes[first + learned[i]] = mode | LEARNED
  } while (load(control, CONTROL.stopped) !== stopped)
  if (learned.length > 0) add(control, CONTROL.learned, 1)
}

/** Says the same of sites that are not to be tick-checked, whatever they cost. */
export function keepSites({ modes, control }: SiteModes, first: SiteId, end: number): void {
  traceSites({ modes, control }, first, end)
  for (let site = first as number; site < end; site++) or(modes, site, KEPT)
}

/** The sites that are to be tick-checked as soon as can be. */
export function learnedSites({ modes, control }: SiteModes): number[] {
  const sites: number[] = []
  for (const [from, end] of siteRanges(control)) {
    for (let site = from; site < end; site++) if ((modes[site] & LEARNED) !== 0) sites.push(site)
  }
  return sites
}

/** What the budget has decided about the sites of a module, by their index among them. */
export interface Decisions {
  /** Tick-checked now. */
  readonly checked: readonly number[]
  /** Timed now, although they began tick-checked. */
  readonly timedAgain: readonly number[]
}

/** What it has decided about the sites from the first up to, not including, the end, of which `learned` began tick-checked. */
export function decisionsOn(
  { modes }: Pick<SiteModes, 'modes'>,
  first: SiteId,
  end: number,
  learned: readonly number[],
): Decisions {
  const modeOf = (index: number): number => modes[first + index] & ~STOPPED
  const indexes = Array.from({ length: end - first }, (_, index) => index)
  return {
    checked: indexes.filter((index) => modeOf(index) === CHECKED),
    timedAgain: learned.filter((index) => modeOf(index) === TIMED),
  }
}
