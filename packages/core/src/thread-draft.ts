import type { PlacedSlices } from './flow-draft.js'
import type { SliceColumns } from './slice-columns.js'
import type { Drop, InstantTable, SampleTable, Thread, Track } from './trace.js'
import type { Nanoseconds, ProcessIndex, SiteIndex, SliceIndex, ThreadIndex } from './units.js'

/** A thread as it is announced; `name` may be empty. */
export interface NewThread {
  readonly process: ProcessIndex
  readonly tid: number
  readonly name: string
}

/** A thread while a trace is built. */
export interface ThreadDraft extends NewThread {
  readonly drops: Drop[]
  complete: boolean
  readonly slices: SliceColumns
  readonly instants: { readonly site: SiteIndex; readonly timeNs: Nanoseconds; readonly args: string | undefined }[]
  /** Slices that may overlap, by the name of their track. */
  readonly async: Map<string, SliceColumns>
  readonly counters: Map<string, CounterDraft>
}

/** One series of a counter while a trace is built. */
export interface CounterDraft {
  readonly name: string
  readonly series: string
  readonly samples: { readonly timeNs: Nanoseconds; readonly value: number }[]
}

/** A track that is ready, and which draft slices it holds; undefined for a counter. */
export interface FinishedTrack {
  readonly track: Track
  readonly placed: PlacedSlices | undefined
}

/** The thread itself, with times relative to `zeroNs`. */
export function finishThread(draft: ThreadDraft, zeroNs: Nanoseconds): Thread {
  const { process, tid, name, complete } = draft
  const drops = draft.drops.map((drop) => ({
    count: drop.count,
    startNs: drop.startNs - zeroNs,
    endNs: drop.endNs - zeroNs,
  }))
  return Object.freeze({ process, tid, name, drops, complete })
}

/** The rows of a thread: its own, then those of its async slices, then its counters. */
export function finishTracks(
  draft: ThreadDraft,
  thread: ThreadIndex,
  zeroNs: Nanoseconds,
  lastNs: Nanoseconds,
): FinishedTrack[] {
  const { nested, overlapping } = draft.slices.build(zeroNs, lastNs)
  const instants = finishInstants(draft.instants, zeroNs)
  const tracks: FinishedTrack[] = [
    {
      track: { kind: 'thread', thread, slices: nested.slices, instants },
      placed: { kind: 'nested', thread, ...nested },
    },
  ]
  if (overlapping.slices.length > 0) {
    const name = `${draft.name} (overlapping)`.trim()
    tracks.push({
      track: { kind: 'async', thread, name, slices: overlapping.slices },
      placed: { kind: 'overlapping', thread, ...overlapping },
    })
  }
  for (const [name, columns] of draft.async) {
    const flat = columns.buildFlat(zeroNs, lastNs)
    tracks.push({
      track: { kind: 'async', thread, name, slices: flat.slices },
      placed: { kind: 'async', thread, name, ...flat },
    })
  }
  for (const { name, series, samples } of draft.counters.values()) {
    const track: Track = { kind: 'counter', thread, name, series, samples: finishSamples(samples, zeroNs) }
    tracks.push({ track, placed: undefined })
  }
  return tracks
}

function finishInstants(drafts: ThreadDraft['instants'], zeroNs: Nanoseconds): InstantTable {
  const sorted = drafts.slice().sort((a, b) => a.timeNs - b.timeNs)
  const args = new Map<SliceIndex, string>()
  sorted.forEach((draft, index) => {
    if (draft.args !== undefined) args.set(index, draft.args)
  })
  return {
    length: sorted.length,
    site: Int32Array.from(sorted, (draft) => draft.site),
    timeNs: Float64Array.from(sorted, (draft) => draft.timeNs - zeroNs),
    args,
  }
}

function finishSamples(drafts: CounterDraft['samples'], zeroNs: Nanoseconds): SampleTable {
  const sorted = drafts.slice().sort((a, b) => a.timeNs - b.timeNs)
  return {
    length: sorted.length,
    timeNs: Float64Array.from(sorted, (draft) => draft.timeNs - zeroNs),
    value: Float64Array.from(sorted, (draft) => draft.value),
  }
}
