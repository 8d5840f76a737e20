import type { SiteId, Ticks } from '@tracer/core'
import { DEPTH, LEFT_OUT, type ThreadMemory } from './thread-memory.js'

/** What decides whether a call is written. */
export interface RecordLimits {
  /** Calls nested deeper are not written; Infinity for all. */
  readonly maxDepth: number
  /** Shorter calls are not written; 0 for all. */
  readonly minDuration: Ticks
}

/** Decides which slices are written. Hot and cold apart: V8 inlines what is as short as `admits`. */
export interface Limit {
  /** Whether a slice is written; `levels` is what its call adds to the depth of the stack. */
  readonly admits: (start: Ticks, end: Ticks, levels: 0 | 1) => boolean
  /** Counts a slice that is not, as `newCalls` calls; 0 for a later run of one. */
  readonly leaveOut: (site: SiteId, start: Ticks, end: Ticks, levels: 0 | 1, newCalls: 0 | 1) => void
}

/** One that looks at what is limited, and at nothing else; undefined when nothing is. */
export function limitFor(memory: ThreadMemory, { maxDepth, minDuration }: RecordLimits): Limit | undefined {
  const { calls, laterRuns, spentTicks, leftOut, control } = memory
  const isShallow: Limit['admits'] = (_start, _end, levels) => control[DEPTH] + levels <= maxDepth
  const isLong: Limit['admits'] = (start, end) => end - start >= minDuration
  const leaveOut: Limit['leaveOut'] = (site, start, end, levels, newCalls) => {
    calls[site] += newCalls
    laterRuns[site] += 1 - newCalls
    spentTicks[site] += end - start
    leftOut[isShallow(start, end, levels) ? LEFT_OUT.short : LEFT_OUT.deep] += newCalls
  }
  if (maxDepth === Infinity) return minDuration === 0 ? undefined : { admits: isLong, leaveOut }
  if (minDuration === 0) return { admits: isShallow, leaveOut }
  return { admits: (start, end, levels) => isShallow(start, end, levels) && isLong(start, end, levels), leaveOut }
}
