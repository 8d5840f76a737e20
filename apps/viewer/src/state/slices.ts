import { isResumed } from '@tracer/core'
import type { SiteIndex, SliceIndex, SliceTable, Thread, Trace, TrackIndex } from '@tracer/core'
import type { SliceRef } from './model.js'

/** The slices of a track; undefined for a counter and for a track that is not there. */
export function slicesOf(trace: Trace, track: TrackIndex): SliceTable | undefined {
  const found = trace.tracks.at(track)
  return found === undefined || found.kind === 'counter' ? undefined : found.slices
}

/** The slice around a slice, or -1. */
function parentOf({ depth }: SliceTable, slice: SliceIndex): SliceIndex {
  const level = depth[slice]
  if (level === 0) return -1
  let above = slice - 1
  while (above >= 0 && depth[above] >= level) above--
  return above
}

/** The slices around a slice, the innermost first. */
export function callersOf(slices: SliceTable, slice: SliceIndex): SliceIndex[] {
  const callers: SliceIndex[] = []
  for (let above = parentOf(slices, slice); above !== -1; above = parentOf(slices, above)) callers.push(above)
  return callers
}

/** The time of a slice without that of the slices directly in it. */
export function selfNsOf({ length, depth, durationNs }: SliceTable, slice: SliceIndex): number {
  const level = depth[slice]
  let selfNs = durationNs[slice]
  for (let i = slice + 1; i < length && depth[i] > level; i++) if (depth[i] === level + 1) selfNs -= durationNs[i]
  return selfNs
}

/** Calls to list; more of them than anybody reads would only cost memory. */
const MOST_CALLS = 10_000

/** The slowest slices of a site, slowest first, and how many there are in all. */
export interface SlowestCalls {
  readonly all: number
  /** Those among all that go on with a call that was suspended. */
  readonly resumed: number
  readonly track: Int32Array
  readonly slice: Int32Array
  readonly durationNs: Float64Array
}

/** One pass with a threshold that rises: a sort of ten million for the first ten thousand would take seconds. */
export function slowestCalls(trace: Trace, site: SiteIndex): SlowestCalls {
  let kept: { track: number; slice: number; durationNs: number }[] = []
  let least = -Infinity
  let all = 0
  let resumed = 0
  const cut = (): void => {
    kept.sort((a, b) => b.durationNs - a.durationNs || a.track - b.track || a.slice - b.slice)
    kept = kept.slice(0, MOST_CALLS)
  }
  trace.tracks.forEach((entry, track) => {
    if (entry.kind === 'counter') return
    const { length, site: sites, durationNs } = entry.slices
    for (let slice = 0; slice < length; slice++) {
      if (sites[slice] !== site) continue
      all++
      if (isResumed(entry.slices, slice)) resumed++
      if (durationNs[slice] <= least) continue
      kept.push({ track, slice, durationNs: durationNs[slice] })
      if (kept.length < 2 * MOST_CALLS) continue
      cut()
      least = kept[kept.length - 1].durationNs
    }
  })
  cut()
  return {
    all,
    resumed,
    track: Int32Array.from(kept, (call) => call.track),
    slice: Int32Array.from(kept, (call) => call.slice),
    durationNs: Float64Array.from(kept, (call) => call.durationNs),
  }
}

/** The next slice in time, or with `step` -1 the one before, among those whose site is in `bySite`. */
export function nextMatch(
  trace: Trace,
  bySite: Uint8Array,
  from: SliceRef | undefined,
  step: 1 | -1,
): SliceRef | undefined {
  const fromNs = from === undefined ? -Infinity : (slicesOf(trace, from.track)?.startNs[from.slice] ?? -Infinity)
  let best: SliceRef | undefined
  let bestNs = step * Infinity
  let around: SliceRef | undefined
  let aroundNs = step * Infinity
  trace.tracks.forEach((entry, track) => {
    if (entry.kind === 'counter') return
    const { length, site, startNs } = entry.slices
    for (let slice = 0; slice < length; slice++) {
      if (bySite[site[slice]] === 0) continue
      const ns = startNs[slice]
      if (comesFirst(ns, track, slice, aroundNs, around, step)) [around, aroundNs] = [{ track, slice }, ns]
      if (from !== undefined && !comesFirst(fromNs, from.track, from.slice, ns, { track, slice }, step)) continue
      if (comesFirst(ns, track, slice, bestNs, best, step)) [best, bestNs] = [{ track, slice }, ns]
    }
  })
  return best ?? around
}

/** Whether one slice stands before another in the order of time, then of tracks, or with -1 behind it. */
function comesFirst(
  ns: number,
  track: number,
  slice: number,
  otherNs: number,
  other: SliceRef | undefined,
  step: 1 | -1,
): boolean {
  if (other === undefined) return true
  const order = ns - otherNs || track - other.track || slice - other.slice
  return order * step < 0
}

/** A thread as a person would call it. */
export function threadName(trace: Trace, index: number): string {
  const thread: Thread | undefined = trace.threads[index]
  if (thread === undefined) return ''
  return thread.name === '' ? `thread ${thread.tid}` : `${thread.name} ${thread.tid}`
}
