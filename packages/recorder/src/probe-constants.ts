/**
 * What the text of probes goes by, each a constant of its own, in a file that imports nothing: only
 * then does the bundler write them into the text, which V8 inlines when it is short.
 */

// Cells of `control`.

/** Position that is written next; its slot is given by {@link slotOf}. Positions count up, chunk by chunk. */
export const CURSOR = 0
/** Number of open calls. */
export const DEPTH = 1
/** Number of the last tick; the recorder sets it after all else that it tells of that tick. */
export const TICK = 8

/** Mode of a site: a call that is shorter than two ticks is only counted. */
export const CHECKED = 0
/** Mode of a site: both ends of a call are read from the clock. */
export const TIMED = 1
/** Bit beside TIMED: an earlier run learned to tick-check the site; the recorder, who has to tell the time for it, will. */
export const LEARNED = 2
/** Bit beside TIMED: the site stays timed, whatever that costs. */
export const KEPT = 4
/** Bit beside these in the mode of each site, the highest: calls are neither recorded nor counted. */
export const STOPPED = 8

export type SiteMode = typeof CHECKED | typeof TIMED
