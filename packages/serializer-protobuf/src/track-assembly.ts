import type { AsyncTrack, CounterTrack, Nanoseconds, ThreadIndex, ThreadTrack, Track } from '@tracer/core'
import { EventColumns } from './event-columns.js'
import { asyncSlices, mergeComplete } from './merge-slices.js'
import { pairEvents, type PairedFlow } from './pair-events.js'
import type { ReadWarnings } from './read-warnings.js'
import type { TrackDraft } from './track-draft.js'

/** The times of a file: which is 0, and where it ends. */
export interface TimeSpan {
  readonly zeroNs: Nanoseconds
  readonly lastNs: Nanoseconds
}

/** A finished track and the ends of arrows on it. */
export interface AssembledTrack {
  readonly track: Track
  readonly flows: readonly PairedFlow[]
}

/** Makes the tracks of a thread's drafts: its own, and one for slices that do not nest when there are any. */
export function assembleThread(
  thread: ThreadIndex,
  name: string,
  drafts: readonly TrackDraft[],
  beside: readonly TrackDraft[],
  span: TimeSpan,
  warnings: ReadWarnings,
): AssembledTrack[] {
  const paired = pairEvents(joined(drafts), span.zeroNs, span.lastNs)
  warnings.count('unmatchedEnd', paired.unmatchedEnds)
  const complete = drafts.flatMap((draft) => draft.complete)
  const instants = instantTable(
    [...drafts, ...beside].flatMap((draft) => draft.instants),
    span.zeroNs,
  )
  if (complete.length === 0) {
    warnings.count('unmatchedFlow', paired.unmatchedFlows)
    const track: ThreadTrack = { kind: 'thread', thread, slices: paired.slices, instants }
    return [{ track, flows: paired.flows }]
  }
  const merged = mergeComplete(paired, complete, span.zeroNs)
  warnings.count('unmatchedFlow', merged.unmatchedFlows)
  const tracks: AssembledTrack[] = [
    { track: { kind: 'thread', thread, slices: merged.nested, instants }, flows: merged.flows },
  ]
  if (merged.overlapping.length > 0) {
    warnings.count('overlapping', merged.overlapping.length)
    const track: AsyncTrack = {
      kind: 'async',
      thread,
      name: `${name} (overlapping)`.trim(),
      slices: merged.overlapping,
    }
    tracks.push({ track, flows: [] })
  }
  return tracks
}

/** Makes one track of drafts that are parts of it: lanes, or siblings of one name. */
export function assembleAsync(
  thread: ThreadIndex,
  name: string,
  drafts: readonly TrackDraft[],
  span: TimeSpan,
  warnings: ReadWarnings,
): AssembledTrack {
  const lanes = drafts.map((draft) => {
    const paired = pairEvents(draft.events, span.zeroNs, span.lastNs)
    warnings.count('unmatchedEnd', paired.unmatchedEnds)
    warnings.count('unmatchedFlow', paired.unmatchedFlows)
    return { ...paired, complete: draft.complete, arrivals: draft.arrivals, positions: draft.positions }
  })
  const { slices, flows } = asyncSlices(lanes, span.zeroNs)
  return { track: { kind: 'async', thread, name, slices }, flows }
}

export function assembleCounter(
  thread: ThreadIndex,
  name: string,
  series: string,
  drafts: readonly TrackDraft[],
  { zeroNs }: TimeSpan,
): CounterTrack {
  const samples = drafts.flatMap((draft) => draft.samples).sort((a, b) => a.timeNs - b.timeNs)
  return {
    kind: 'counter',
    thread,
    name,
    series,
    samples: {
      length: samples.length,
      timeNs: Float64Array.from(samples, (sample) => sample.timeNs - zeroNs),
      value: Float64Array.from(samples, (sample) => sample.value),
    },
  }
}

/** A file may know one thread by several names. */
function joined(drafts: readonly TrackDraft[]): EventColumns {
  const [first, ...others] = drafts.map(({ events }) => events)
  const filled = others.filter(({ length }) => length > 0)
  if (filled.length === 0) return first ?? new EventColumns()
  const events = new EventColumns()
  for (const part of [first, ...filled]) events.append(part)
  return events
}

function instantTable(drafts: TrackDraft['instants'], zeroNs: Nanoseconds): ThreadTrack['instants'] {
  const sorted = drafts.slice().sort((a, b) => a.timeNs - b.timeNs)
  const args = new Map<number, string>()
  sorted.forEach((instant, index) => {
    if (instant.args !== undefined) args.set(index, instant.args)
  })
  return {
    length: sorted.length,
    site: Int32Array.from(sorted, ({ site }) => site),
    timeNs: Float64Array.from(sorted, ({ timeNs }) => timeNs - zeroNs),
    args,
  }
}
