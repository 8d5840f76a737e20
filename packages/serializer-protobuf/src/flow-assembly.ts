import type { FlowTable, Nanoseconds, SliceIndex, TrackIndex } from '@tracer/core'
import type { AssembledTrack } from './track-assembly.js'

interface FlowEnd {
  readonly track: TrackIndex
  readonly slice: SliceIndex
  readonly timeNs: Nanoseconds
  readonly isLast: boolean
}

/** Makes the table of arrows: ends with one key that follow each other by time. An arrow of one end is none. */
export function assembleFlows(tracks: readonly AssembledTrack[]): FlowTable {
  const byKey = new Map<string | number, FlowEnd[]>()
  for (const [track, { flows }] of tracks.entries()) {
    for (const { mark, slice, timeNs } of flows) {
      const end = { track, slice, timeNs, isLast: mark.isLast }
      const ends = byKey.get(mark.key)
      if (ends === undefined) byKey.set(mark.key, [end])
      else ends.push(end)
    }
  }
  const flows = [...byKey]
    .flatMap(([key, ends]) => splitAtLast(ends.sort(byTime)).map((part) => ({ key, ends: part })))
    .filter(({ ends }) => ends.length > 1)
  // Ours are numbered in the file: of those that begin together the number decides.
  flows.sort((a, b) => byTime(a.ends[0], b.ends[0]) || Number(a.key) - Number(b.key) || 0)
  const rows = flows.flatMap(({ ends }, index) => ends.map((end) => ({ ...end, flow: index + 1 })))
  return Object.freeze({
    length: rows.length,
    flow: Int32Array.from(rows, (row) => row.flow),
    track: Int32Array.from(rows, (row) => row.track),
    slice: Int32Array.from(rows, (row) => row.slice),
    timeNs: Float64Array.from(rows, (row) => row.timeNs),
  })
}

/** A key may be used again once an end said that it was the last. */
function splitAtLast(ends: readonly FlowEnd[]): FlowEnd[][] {
  const parts: FlowEnd[][] = [[]]
  for (const end of ends) {
    parts[parts.length - 1].push(end)
    if (end.isLast) parts.push([])
  }
  return parts
}

function byTime(a: FlowEnd, b: FlowEnd): number {
  return a.timeNs - b.timeNs || a.track - b.track || a.slice - b.slice
}
