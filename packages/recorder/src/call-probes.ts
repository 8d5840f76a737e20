import type { SiteId } from '@tracer/core'
import type { Moment } from './moment.js'
import type { Start } from './probes.js'
import { CURSOR, STOPPED, TICK, type ThreadMemory } from './thread-memory.js'

/** The probes that every call of a plain function passes. */
export interface CallProbes {
  readonly enter: (site: SiteId) => Start
  readonly exit: (site: SiteId, start: Start) => void
}

/**
 * V8 inlines a function of at most 27 bytes of bytecode wherever it is called, and others only while
 * the caller has room, which is the program's. So each of these five is that small, and for that
 * reason what they use are parameters: a constant would be asked each time whether it has been set.
 */
export function createCallProbes(
  modes: ThreadMemory['modes'],
  calls: ThreadMemory['calls'],
  control: ThreadMemory['control'],
  enterTimed: (site: SiteId) => Start,
  leave: (site: SiteId, start: Start) => void,
): CallProbes {
  function enter(site: SiteId): Start {
    // CHECKED is 0: to compare it would be five bytes more.
    return modes[site] ? enterOther(site) : enterChecked(site)
  }

  /** A call that began while recording was stopped ends like a short one, which nothing is known of. */
  function enterOther(site: SiteId): Start {
    return modes[site] < STOPPED ? enterTimed(site) : moment()
  }

  function enterChecked(site: SiteId): Moment {
    calls[site]++
    return moment()
  }

  function exit(site: SiteId, start: Start): void {
    if (moment() !== start) leave(site, start)
  }

  /** As `momentOf` gives it: the mask would be ten bytes, the shifts are six. */
  function moment(): Moment {
    return ((control[CURSOR] + control[TICK]) << 2) >>> 2
  }

  return { enter, exit }
}
