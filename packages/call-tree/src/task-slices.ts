import type { SliceIndex, SliceTable, Trace, TrackIndex } from '@tracer/core'

/** Tasks by the first slice of each, as the columns of an async tree hold them. */
export interface Tasks {
  readonly length: number
  /** Positions in `Trace.tracks`. */
  readonly track: Int32Array
  readonly slice: Int32Array
}

/**
 * What a selection needs to look at some tasks only, such as all that one request caused: an activation
 * is there with all its runs, and each slice with all that it called.
 */
export function slicesOfTasks(trace: Trace, tasks: Tasks): (track: TrackIndex, slice: SliceIndex) => boolean {
  const byTrack = new Map<TrackIndex, { readonly first: Set<SliceIndex>; readonly activations: Set<number> }>()
  for (let task = 0; task < tasks.length; task++) {
    const track = trace.tracks[tasks.track[task]]
    if (track.kind === 'counter') continue
    const known = byTrack.get(tasks.track[task]) ?? { first: new Set(), activations: new Set() }
    byTrack.set(tasks.track[task], known)
    known.first.add(tasks.slice[task])
    known.activations.add(activationOf(track.slices, tasks.slice[task]))
  }
  const chosen = new Map<TrackIndex, Uint8Array>()
  for (const [index, { first, activations }] of byTrack) {
    const track = trace.tracks[index]
    if (track.kind !== 'counter') chosen.set(index, marked(track.slices, first, activations))
  }
  return (track, slice) => chosen.get(track)?.[slice] === 1
}

/** 1 for each run and all below it. */
function marked(slices: SliceTable, first: ReadonlySet<SliceIndex>, activations: ReadonlySet<number>): Uint8Array {
  const { length, depth } = slices
  const marks = new Uint8Array(length)
  // The level of the run around the slice that is looked at, if there is one.
  let level = Infinity
  for (let slice = 0; slice < length; slice++) {
    if (depth[slice] <= level) {
      const activation = activationOf(slices, slice)
      level = first.has(slice) || (activation !== 0 && activations.has(activation)) ? depth[slice] : Infinity
    }
    if (level !== Infinity) marks[slice] = 1
  }
  return marks
}

/** 0 when the slice belongs to none. */
function activationOf({ activation }: SliceTable, slice: SliceIndex): number {
  return activation.length === 0 ? 0 : Math.abs(activation[slice])
}
