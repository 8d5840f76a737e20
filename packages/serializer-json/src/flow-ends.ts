import type { FlowTable, Nanoseconds, ThreadIndex, Trace, TraceBuilder } from '@tracer/core'

/** An end of an arrow as our own files give it: by its slice. */
export interface OwnFlowEnd {
  /** What tells flows apart, also those of two files that were put together. */
  readonly key: string
  readonly thread: ThreadIndex
  /** Name of the async track; undefined for the thread itself. */
  readonly asyncTrack: string | undefined
  readonly slice: number
  readonly timeNs: Nanoseconds
}

interface FlowEnd {
  readonly track: number
  readonly slice: number
  readonly timeNs: Nanoseconds
}

/** The arrows of our own files. Their slices are in the trace as they were written, so they need no search. */
export class OwnFlowEnds {
  readonly #flows = new Map<string, OwnFlowEnd[]>()
  /** Number of ends. */
  count = 0

  add(end: OwnFlowEnd): void {
    this.count++
    const flow = this.#flows.get(end.key)
    if (flow === undefined) this.#flows.set(end.key, [end])
    else flow.push(end)
  }

  /** Leaves it to a builder to find the slices, when other hands have changed them. */
  addTo(builder: TraceBuilder): void {
    for (const { key, thread, asyncTrack, timeNs } of [...this.#flows.values()].flat()) {
      if (asyncTrack === undefined) builder.addFlow(key, thread, timeNs)
    }
  }

  /** The table; ends whose slices a cut file lacks are not in it. */
  table(trace: Trace): FlowTable {
    const tracks = new Map<string, number>()
    trace.tracks.forEach((track, index) => {
      if (track.kind !== 'counter') {
        tracks.set(trackKey(track.thread, track.kind === 'async' ? track.name : undefined), index)
      }
    })
    const flows = [...this.#flows.values()]
      .map((ends) => ends.flatMap((end) => placed(end, trace, tracks)))
      .filter((ends) => ends.length > 1)
    for (const ends of flows) ends.sort(byTime)
    flows.sort(([a], [b]) => byTime(a, b))
    const rows = flows.flatMap((ends, index) => ends.map((end) => ({ ...end, flow: index + 1 })))
    return Object.freeze({
      length: rows.length,
      flow: Int32Array.from(rows, ({ flow }) => flow),
      track: Int32Array.from(rows, ({ track }) => track),
      slice: Int32Array.from(rows, ({ slice }) => slice),
      timeNs: Float64Array.from(rows, ({ timeNs }) => timeNs),
    })
  }
}

function placed(
  { thread, asyncTrack, slice, timeNs }: OwnFlowEnd,
  trace: Trace,
  tracks: ReadonlyMap<string, number>,
): FlowEnd[] {
  const index = tracks.get(trackKey(thread, asyncTrack))
  if (index === undefined) return []
  const track = trace.tracks[index]
  return track.kind !== 'counter' && slice >= 0 && slice < track.slices.length ? [{ track: index, slice, timeNs }] : []
}

function trackKey(thread: ThreadIndex, asyncTrack: string | undefined): string {
  return asyncTrack === undefined ? `${thread}` : `${thread}/${asyncTrack}`
}

/** The sort is stable: at equal times the order of the file counts, which is that of the table it was written from. */
function byTime(a: FlowEnd, b: FlowEnd): number {
  return a.timeNs - b.timeNs
}
