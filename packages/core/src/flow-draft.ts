import { slicesAtTimes, type SliceAtTime } from './slice-at-time.js'
import type { OrderedSlices } from './slice-columns.js'
import type { FlowTable } from './trace.js'
import type { Nanoseconds, SliceIndex, ThreadIndex, TrackIndex } from './units.js'

/** What tells the flows of one input apart. */
export type FlowKey = number | bigint | string

/** Draft slices that have found their place: those of a thread that nest, those that do not, or those of an async track. */
export type PlacedSlices = OrderedSlices & { readonly thread: ThreadIndex } & (
    { readonly kind: 'nested' | 'overlapping' } | { readonly kind: 'async'; readonly name: string }
  )

/** Collects the ends of arrows while a trace is built; they find their slices once those have their places. */
export class FlowDraft {
  readonly #moments: FlowMoment[] = []
  readonly #positions: FlowPosition[] = []

  addMoment(moment: FlowMoment): void {
    this.#moments.push(moment)
  }

  addPosition(position: FlowPosition): void {
    this.#positions.push(position)
  }

  /**
   * `placed` has the slices of each track of the trace, undefined for one that has none. An end without
   * a slice has no place in the table, nor has one whose flow has no other end.
   */
  build(placed: readonly (PlacedSlices | undefined)[], zeroNs: Nanoseconds): FlowTable {
    // There may be thousands of tracks, and of ends: each looks at its own only.
    const moments = grouped(this.#moments, ({ thread, which }) => `${thread} ${which}`)
    const positions = grouped(this.#positions, ({ thread, asyncTrack }) => placeOf(thread, asyncTrack))
    const ends = placed.flatMap((slices, track) =>
      slices === undefined
        ? []
        : [...momentsOn(slices, track, zeroNs, moments), ...positionsOn(slices, track, positions)],
    )
    const flows = [...grouped(ends, ({ key }) => key).values()].flatMap(branchesOf).filter(({ length }) => length > 1)
    for (const flow of flows) flow.sort(byTime)
    flows.sort(([a], [b]) => byTime(a, b))
    const rows = flows.flatMap((flow, index) => flow.map((end) => ({ ...end, flow: index + 1 })))
    return Object.freeze({
      length: rows.length,
      flow: Int32Array.from(rows, (row) => row.flow),
      track: Int32Array.from(rows, (row) => row.track),
      slice: Int32Array.from(rows, (row) => row.slice),
      timeNs: Float64Array.from(rows, (row) => row.timeNs),
    })
  }
}

function momentsOn(
  placed: PlacedSlices,
  track: TrackIndex,
  zeroNs: Nanoseconds,
  byThread: ReadonlyMap<string, readonly FlowMoment[]>,
): FlowEnd[] {
  if (placed.kind !== 'nested') return []
  const { startNs } = placed.slices
  return WHICH.flatMap((which) => {
    const moments = (byThread.get(`${placed.thread} ${which}`) ?? []).toSorted((a, b) => a.timeNs - b.timeNs)
    const times = moments.map(({ timeNs }) => timeNs - zeroNs)
    // What Node.js calls has a time of its own: else nobody could tell which end is first.
    const isCalled = which === 'callback' || which === 'callback-in-turn'
    return slicesAtTimes(placed.slices, times, which).flatMap((slice, i) => {
      if (slice === undefined) return []
      const { key, isBranch } = moments[i]
      return [{ key, track, slice, timeNs: isCalled ? startNs[slice] : times[i], isBranch }]
    })
  })
}

function positionsOn(
  placed: PlacedSlices,
  track: TrackIndex,
  byTrack: ReadonlyMap<string, readonly FlowPosition[]>,
): FlowEnd[] {
  const positions = byTrack.get(placeOf(placed.thread, placed.kind === 'async' ? placed.name : undefined))
  if (positions === undefined) return []
  const indexes = new Map(Array.from(placed.order, (position, index) => [position, index]))
  return positions.flatMap(({ key, position }) => {
    const slice = indexes.get(position)
    return slice === undefined ? [] : [{ key, track, slice, timeNs: placed.slices.startNs[slice] }]
  })
}

function placeOf(thread: ThreadIndex, asyncTrack: string | undefined): string {
  return asyncTrack === undefined ? `${thread}` : `${thread} ${asyncTrack}`
}

/** The end of an arrow, given by the moment it happened on a thread. */
interface FlowMoment {
  readonly key: FlowKey
  readonly thread: ThreadIndex
  readonly timeNs: Nanoseconds
  readonly which: SliceAtTime
  /** Whether it is one of several that the flow leads to, each by itself. */
  readonly isBranch?: boolean
}

/** The end of an arrow, given by its slice; `asyncTrack` is undefined for a slice of the thread itself. */
interface FlowPosition {
  readonly key: FlowKey
  readonly thread: ThreadIndex
  readonly asyncTrack: string | undefined
  readonly position: number
}

interface FlowEnd {
  readonly key: FlowKey
  readonly track: TrackIndex
  readonly slice: SliceIndex
  readonly timeNs: Nanoseconds
  readonly isBranch?: boolean | undefined
}

const WHICH: readonly SliceAtTime[] = ['innermost', 'next', 'callback', 'callback-in-turn']

function grouped<Key, Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => Key): Map<Key, Entry[]> {
  const groups = new Map<Key, Entry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return groups
}

/** A flow for each end that is a branch, with all that are none. */
function branchesOf(flow: readonly FlowEnd[]): FlowEnd[][] {
  const branches = flow.filter(({ isBranch }) => isBranch === true)
  if (branches.length === 0) return [[...flow]]
  const common = flow.filter(({ isBranch }) => isBranch !== true)
  return branches.map((branch) => [...common, branch])
}

function byTime(a: FlowEnd, b: FlowEnd): number {
  return a.timeNs - b.timeNs || a.track - b.track || a.slice - b.slice
}
