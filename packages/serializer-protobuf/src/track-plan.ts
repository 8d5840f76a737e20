import type { ThreadIndex, Trace, Track, TrackIndex } from '@tracer/core'
import { wholeNs } from './event-writer.js'

/** The numbers of a file: uuids of Perfetto's tracks, packet sequences, and its zero. */
export interface TrackPlan {
  /** What the monotonic clock of the file shows at time 0 of the trace. */
  readonly zero: number
  readonly processUuids: readonly number[]
  readonly threadUuids: readonly number[]
  /** The sequence of a track of the trace: each has one. */
  sequenceOf(track: TrackIndex): number
  /** The sequence of a thread's own track; undefined when it has none. */
  sequenceOfThread(thread: ThreadIndex): number | undefined
  /** A uuid that nothing else has. */
  newUuid(): number
}

export function planTracks(trace: Trace): TrackPlan {
  let last = 0
  const newUuid = () => ++last
  const processUuids = trace.processes.map(newUuid)
  const threadUuids = trace.threads.map(newUuid)
  // Threads come first: their calls are most of a file, and a number up to 127 takes a byte less.
  const order = [...trace.tracks.keys()].sort((a, b) => rank(trace.tracks[a]) - rank(trace.tracks[b]) || a - b)
  const sequences = new Map(order.map((track, index) => [track, index + 1]))
  const ofThreads = new Map(
    trace.tracks.flatMap((track, index) => (track.kind === 'thread' ? [[track.thread, sequences.get(index)]] : [])),
  )
  return {
    zero: zeroOf(trace),
    processUuids,
    threadUuids,
    sequenceOf: (track) => sequences.get(track) ?? 0,
    sequenceOfThread: (thread) => ofThreads.get(thread),
    newUuid,
  }
}

function rank(track: Track): number {
  return track.kind === 'thread' ? 0 : 1
}

/** The origin of the trace, or as much later as no time before it would be negative on the machine's clock. */
function zeroOf(trace: Trace): number {
  const origin = Math.max(0, wholeNs(trace.metadata.originNs, 0))
  return trace.tracks.reduce((zero, track) => Math.max(zero, -firstNs(track)), origin)
}

/** Time of the first event of a track in whole nanoseconds; 0 when it has none. */
export function firstNs(track: Track): number {
  let first = Infinity
  const consider = (timesNs: Float64Array) => {
    for (const time of track.kind === 'async' ? timesNs : timesNs.subarray(0, 1)) {
      first = Math.min(first, wholeNs(time, 0))
    }
  }
  if (track.kind === 'counter') consider(track.samples.timeNs)
  else consider(track.slices.startNs)
  if (track.kind === 'thread') consider(track.instants.timeNs)
  return first === Infinity ? 0 : first
}
