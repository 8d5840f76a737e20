import type { Trace } from '@tracer/core'
import { endOf } from './level-index.js'
import type { Selection } from './selection.js'
import type { TimeRange } from './view.js'

/** The time that a selection takes; nothing for a moment. */
export function timeRangeOf(traces: readonly Trace[], selection: Selection): TimeRange {
  const track = traces[selection.trace].tracks[selection.track]
  if (selection.kind === 'slice' && track.kind !== 'counter') {
    return { fromNs: track.slices.startNs[selection.slice], toNs: endOf(track.slices, selection.slice) }
  }
  if (selection.kind === 'instant' && track.kind === 'thread') {
    const timeNs = track.instants.timeNs[selection.instant]
    return { fromNs: timeNs, toNs: timeNs }
  }
  const timeNs = selection.kind === 'sample' && track.kind === 'counter' ? track.samples.timeNs[selection.sample] : 0
  return { fromNs: timeNs, toNs: timeNs }
}
