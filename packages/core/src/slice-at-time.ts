import { isResumed, type SliceTable } from './trace.js'
import type { Nanoseconds, SliceIndex } from './units.js'

/**
 * Which slice of a thread a moment stands for: the innermost that is open then; the next that begins; or the next
 * call at the bottom of the stack, if it begins soon. Of several moments before one such call, as `callback` it is
 * that of the last; as `callback-in-turn` it is that of the first, and the others have those that follow it.
 */
export type SliceAtTime = 'innermost' | 'next' | 'callback' | 'callback-in-turn'

/** For each of `timesNs`, which ascend, the slice of a nested table it stands for; undefined where there is none. */
export function slicesAtTimes(
  slices: SliceTable,
  timesNs: readonly Nanoseconds[],
  which: SliceAtTime,
): (SliceIndex | undefined)[] {
  switch (which) {
    case 'innermost':
      return innermostAt(slices, timesNs)
    case 'next':
      return nextFrom(slices, timesNs)
    case 'callback':
      return callbacksFrom(slices, timesNs)
    case 'callback-in-turn':
      return callbacksInTurn(slices, timesNs)
  }
}

function innermostAt(slices: SliceTable, timesNs: readonly Nanoseconds[]): (SliceIndex | undefined)[] {
  const open: SliceIndex[] = []
  let begun = 0
  return timesNs.map((time) => {
    for (; begun < slices.length && slices.startNs[begun] <= time; begun++) {
      open.length = slices.depth[begun]
      open.push(begun)
    }
    while (open.length > 0 && endOf(slices, open[open.length - 1]) < time) open.pop()
    // A slice that ends at this very moment is left already, unless nothing else is open.
    return open.findLast((slice) => endOf(slices, slice) > time || slices.startNs[slice] === time) ?? open.at(-1)
  })
}

function nextFrom(slices: SliceTable, timesNs: readonly Nanoseconds[]): (SliceIndex | undefined)[] {
  let next = 0
  return timesNs.map((time) => {
    while (next < slices.length && slices.startNs[next] < time) next++
    return next < slices.length ? next : undefined
  })
}

function callbacksFrom(slices: SliceTable, timesNs: readonly Nanoseconds[]): (SliceIndex | undefined)[] {
  return nextFrom(slices, timesNs).map((next, i, all) => {
    if (next === undefined || next === all[i + 1]) return undefined
    return isCallback(slices, next) && isSoon(slices, next, timesNs[i]) ? next : undefined
  })
}

function callbacksInTurn(slices: SliceTable, timesNs: readonly Nanoseconds[]): (SliceIndex | undefined)[] {
  let next = 0
  return timesNs.map((time) => {
    while (next < slices.length && (slices.startNs[next] < time || !isCallback(slices, next))) next++
    return next < slices.length && isSoon(slices, next, time) ? next++ : undefined
  })
}

function isCallback(slices: SliceTable, slice: SliceIndex): boolean {
  return slices.depth[slice] === 0 && !isResumed(slices, slice)
}

function isSoon({ startNs }: SliceTable, slice: SliceIndex, timeNs: Nanoseconds): boolean {
  return startNs[slice] - timeNs <= SOON_NS
}

/** Longer than a busy machine keeps a thread waiting, as a rule. */
const SOON_NS = 20e6

function endOf({ startNs, durationNs }: SliceTable, slice: SliceIndex): Nanoseconds {
  return startNs[slice] + durationNs[slice]
}
