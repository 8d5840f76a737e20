import { omissions, type ThreadTrack, type Trace } from '@tracer/core'
import { tracksWithSlices } from './chosen-track.js'

/** What of a trace a CPU profile of this track leaves out. */
export function leftOut(trace: Trace, chosen: ThreadTrack | undefined): string[] {
  const others = tracksWithSlices(trace).length - (chosen === undefined ? 0 : 1)
  return [
    ...(others > 0 ? [`${others} of ${others + 1} threads`] : []),
    ...omissions(trace),
    'names and numbers of processes and threads',
    'who recorded the trace, and when',
  ]
}
