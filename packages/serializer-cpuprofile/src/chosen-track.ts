import type { ThreadTrack, Trace } from '@tracer/core'

/** The thread that a file is of: the main thread of the first process that has slices there, or the one with the most. */
export function chosenTrack(trace: Trace): ThreadTrack | undefined {
  const tracks = tracksWithSlices(trace)
  const isMain = ({ thread }: ThreadTrack): boolean => {
    const { process, tid } = trace.threads[thread]
    return tid === trace.processes[process].pid
  }
  const longest = tracks.reduce<ThreadTrack | undefined>(
    (best, track) => (best === undefined || track.slices.length > best.slices.length ? track : best),
    undefined,
  )
  return tracks.find(isMain) ?? longest
}

export function tracksWithSlices(trace: Trace): ThreadTrack[] {
  return trace.tracks.filter((track): track is ThreadTrack => track.kind === 'thread' && track.slices.length > 0)
}
