import type { SliceTable, Trace } from '@tracer/core'
import { endOf, outermost, type LevelIndex } from './level-index.js'
import type { TimeRange } from './view.js'

/**
 * First and last moment of anything in the traces; `indexOf` gives an index of slices that is there already. Times
 * that are no numbers do not count; with none at all it is 0 to 1.
 */
export function boundsOf(
  traces: readonly Trace[],
  indexOf: (slices: SliceTable) => LevelIndex | undefined = () => undefined,
): TimeRange {
  let fromNs = Infinity
  let toNs = -Infinity
  const add = (start: number, end: number): void => {
    if (!Number.isFinite(start)) return
    if (start < fromNs) fromNs = start
    if (end > toNs) toNs = end
  }
  for (const { tracks } of traces) {
    for (const track of tracks) {
      if (track.kind === 'counter') {
        addMoments(track.samples.timeNs, add)
        continue
      }
      const { slices } = track
      const index = track.kind === 'thread' ? indexOf(slices) : undefined
      if (index === undefined) addSlices(slices, add)
      else add(...(outermost(index) ?? [NaN, NaN]))
      if (track.kind === 'thread') addMoments(track.instants.timeNs, add)
    }
  }
  return fromNs <= toNs ? { fromNs, toNs } : { fromNs: 0, toNs: 1 }
}

function addSlices(slices: SliceTable, add: (start: number, end: number) => void): void {
  for (let i = 0; i < slices.length; i++) if (slices.depth[i] === 0) add(slices.startNs[i], endOf(slices, i))
}

function addMoments(timeNs: Float64Array, add: (start: number, end: number) => void): void {
  for (const time of timeNs) add(time, time)
}
