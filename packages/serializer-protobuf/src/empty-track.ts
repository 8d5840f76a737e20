import type { Track } from '@tracer/core'
import type { OwnTrack } from './own-header.js'

/** A track of a file without its events. */
export function emptyTrack({ kind, thread, name, series }: OwnTrack): Track {
  const none = { length: 0, site: new Int32Array(), startNs: new Float64Array(), durationNs: new Float64Array() }
  const slices = {
    ...none,
    depth: new Int32Array(),
    activation: new Int32Array(),
    args: new Map<number, string>(),
    unfinished: new Set<number>(),
  }
  const timeNs = new Float64Array()
  if (kind === 'counter') return { kind, thread, name, series, samples: { length: 0, timeNs, value: timeNs } }
  if (kind === 'async') return { kind, thread, name, slices }
  return {
    kind,
    thread,
    slices,
    instants: { length: 0, site: new Int32Array(), timeNs, args: new Map<number, string>() },
  }
}
