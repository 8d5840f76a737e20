import type { SiteId } from '@tracer/core'
import { HOOKS_THREAD_FIRST_SITE_ID } from '@tracer/spool'
import { CHECKED, CONTROL, LEARNED, TIMED, type ThreadMemory } from './thread-memory.js'

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
  modes.fill(TIMED, first, end)
  for (const index of learned) modes[first + index] = LEARNED
  const cell = first < HOOKS_THREAD_FIRST_SITE_ID ? CONTROL.ownSitesEnd : CONTROL.hooksSitesEnd
  control[cell] = Math.max(control[cell], end)
  if (learned.length > 0) Atomics.add(control, CONTROL.learned, 1)
}

/** The sites that are to be tick-checked as soon as can be. */
export function learnedSites({ modes, control }: SiteModes): number[] {
  const sites: number[] = []
  for (const [first, end] of [
    [0, control[CONTROL.ownSitesEnd]],
    [HOOKS_THREAD_FIRST_SITE_ID, control[CONTROL.hooksSitesEnd]],
  ]) {
    const known = modes.subarray(first, end)
    for (let at = known.indexOf(LEARNED); at !== -1; at = known.indexOf(LEARNED, at + 1)) sites.push(first + at)
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
  const checked: number[] = []
  for (let site = first as number; site < end; site++) if (modes[site] === CHECKED) checked.push(site - first)
  return { checked, timedAgain: learned.filter((index) => modes[first + index] === TIMED) }
}
