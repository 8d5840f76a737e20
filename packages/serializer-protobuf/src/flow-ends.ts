import type { FlowTable, Nanoseconds, SliceIndex, TrackIndex } from '@tracer/core'
import { wholeNs } from './event-writer.js'

/** One end of an arrow as a file holds it: on whole nanoseconds. */
export interface FlowEnd {
  readonly flow: number
  readonly timeNs: Nanoseconds
}

/** Ends of arrows by track and slice, those of one slice by arrow and time. */
export type FileFlows = ReadonlyMap<TrackIndex, ReadonlyMap<SliceIndex, readonly FlowEnd[]>>

/** Times that are rounded may come in another order, and so may arrows, which are numbered by it. */
export function fileFlows(table: FlowTable): FileFlows {
  const flows = new Map<number, Row[]>()
  for (let i = 0; i < table.length; i++) {
    const row = { track: table.track[i], slice: table.slice[i], timeNs: wholeNs(table.timeNs[i], 0) }
    const rows = flows.get(table.flow[i])
    if (rows === undefined) flows.set(table.flow[i], [row])
    else rows.push(row)
  }
  const sorted = [...flows.values()]
  for (const rows of sorted) rows.sort(byTime)
  sorted.sort(([a], [b]) => byTime(a, b))
  const tracks = new Map<TrackIndex, Map<SliceIndex, FlowEnd[]>>()
  for (const [index, rows] of sorted.entries()) {
    for (const { track, slice, timeNs } of rows) {
      let slices = tracks.get(track)
      if (slices === undefined) tracks.set(track, (slices = new Map<SliceIndex, FlowEnd[]>()))
      const end = { flow: index + 1, timeNs }
      const ends = slices.get(slice)
      if (ends === undefined) slices.set(slice, [end])
      else ends.push(end)
    }
  }
  return tracks
}

interface Row {
  readonly track: TrackIndex
  readonly slice: SliceIndex
  readonly timeNs: Nanoseconds
}

function byTime(a: Row, b: Row): number {
  return a.timeNs - b.timeNs || a.track - b.track || a.slice - b.slice
}
