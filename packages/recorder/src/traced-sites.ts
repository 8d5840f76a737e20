import type { SiteId } from '@tracer/core'
import { HOOKS_THREAD_FIRST_SITE_ID } from '@tracer/spool'
import { CONTROL, TIMED, type ThreadMemory } from './thread-memory.js'

/** Says that probes of these sites are in use from now on: from the first up to, not including, the end. */
export function traceSites(
  { modes, control }: Pick<ThreadMemory, 'modes' | 'control'>,
  first: SiteId,
  end: number,
): void {
  modes.fill(TIMED, first, end)
  const cell = first < HOOKS_THREAD_FIRST_SITE_ID ? CONTROL.ownSitesEnd : CONTROL.hooksSitesEnd
  control[cell] = Math.max(control[cell], end)
}
