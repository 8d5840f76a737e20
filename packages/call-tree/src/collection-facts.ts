import type { Nanoseconds, SliceTable, ThreadIndex, Trace } from '@tracer/core'

/** How much of a trace was garbage collection. */
export interface CollectionFacts {
  readonly count: number
  /** Of all threads together. */
  readonly totalNs: Nanoseconds
  /** The longest one, and what kind it was. */
  readonly longest: { readonly name: string; readonly ns: Nanoseconds }
  /** The thread that it stopped for longest, and how long. */
  readonly most: { readonly thread: ThreadIndex; readonly ns: Nanoseconds }
}

/** Undefined when there was none, or none was recorded. */
export function collectionFacts(trace: Trace): CollectionFacts | undefined {
  let count = 0
  let totalNs = 0
  let longest = { name: '', ns: -1 }
  let most = { thread: 0, ns: -1 }
  for (const track of trace.tracks) {
    if (track.kind !== 'async' || !holdsCollections(trace, track.slices)) continue
    const { slices, thread } = track
    const ns = coveredNs(slices)
    count += slices.length
    totalNs += ns
    if (ns > most.ns) most = { thread, ns }
    for (let i = 0; i < slices.length; i++) {
      const lengthNs = slices.durationNs[i]
      if (lengthNs > longest.ns) longest = { name: trace.sites[slices.site[i]].name, ns: lengthNs }
    }
  }
  return count === 0 ? undefined : { count, totalNs, longest, most }
}

function holdsCollections({ sites }: Trace, slices: SliceTable): boolean {
  return slices.length > 0 && sites[slices.site[0]].kind === 'collection'
}

/** Slices are in the order of their starts; some lie within others. */
function coveredNs({ length, startNs, durationNs }: SliceTable): Nanoseconds {
  let sum = 0
  let untilNs = -Infinity
  for (let i = 0; i < length; i++) {
    const endNs = startNs[i] + durationNs[i]
    if (endNs > untilNs) sum += endNs - Math.max(startNs[i], untilNs)
    untilNs = Math.max(untilNs, endNs)
  }
  return sum
}
