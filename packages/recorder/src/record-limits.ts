import type { SiteId, Ticks } from '@tracer/core'
import { DEPTH, LEFT_OUT, type ThreadMemory } from './thread-memory.js'

/** What decides whether a call is written. */
export interface RecordLimits {
  /** Calls nested deeper are not written; Infinity for all. */
  readonly maxDepth: number
  /** Shorter calls are not written; 0 for all. */
  readonly minDuration: Ticks
}

/**
 * Whether a slice is left out; then it is counted, as `newCalls` calls. `levels` is what the call adds
 * to the depth of the stack.
 */
export type Limit = (site: SiteId, start: Ticks, end: Ticks, levels: 0 | 1, newCalls: 0 | 1) => boolean

/** One that looks at what is limited, and at nothing else; undefined when nothing is. */
export function limitFor(memory: ThreadMemory, { maxDepth, minDuration }: RecordLimits): Limit | undefined {
  const { calls, spentTicks, leftOut, control } = memory
  const leaveOut = (reason: number, site: SiteId, start: Ticks, end: Ticks, newCalls: 0 | 1): true => {
    calls[site] += newCalls
    spentTicks[site] += end - start
    leftOut[reason] += newCalls
    return true
  }
  const deep: Limit = (site, start, end, levels, newCalls) =>
    control[DEPTH] + levels > maxDepth && leaveOut(LEFT_OUT.deep, site, start, end, newCalls)
  const short: Limit = (site, start, end, _, newCalls) =>
    end - start < minDuration && leaveOut(LEFT_OUT.short, site, start, end, newCalls)
  if (maxDepth === Infinity) return minDuration === 0 ? undefined : short
  if (minDuration === 0) return deep
  return (...call) => deep(...call) || short(...call)
}
