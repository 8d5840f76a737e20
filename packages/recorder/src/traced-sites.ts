import type { SiteId } from '@tracer/core'
import { HOOKS_THREAD_FIRST_SITE_ID } from '@tracer/spool'
import { CONTROL, STOPPED, TIMED, type ThreadMemory } from './thread-memory.js'

// Taken now: a traced program may put others in their place.
const { max } = Math
const { load, store } = Atomics

/** Says that probes of these sites are in use from now on: from the first up to, not including, the end. */
export function traceSites(
  { modes, control }: Pick<ThreadMemory, 'modes' | 'control'>,
  first: SiteId,
  end: number,
): void {
  const cell = first < HOOKS_THREAD_FIRST_SITE_ID ? CONTROL.ownSitesEnd : CONTROL.hooksSitesEnd
  store(control, cell, max(control[cell], end))
  // Whoever stops or starts recording meanwhile changes the sites of which it has been told.
  let stopped: number
  do {
    stopped = load(control, CONTROL.stopped)
    modes.fill(stopped === 0 ? TIMED : TIMED | STOPPED, first, end)
  } while (load(control, CONTROL.stopped) !== stopped)
}
