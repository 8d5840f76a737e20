import { omissions, textPieces, type Trace, type TraceSerializer } from '@tracer/core'
import { profileParts } from './profile-parts.js'

/**
 * Profiles of the Firefox Profiler: the slices of threads as samples that last until the next one,
 * instants and async slices as markers. It does not read them.
 */
export function firefox(): TraceSerializer {
  return {
    id: 'firefox',
    extensions: ['.firefox.json'],
    serialize: (trace) => textPieces(profileParts(trace)),
    omits: leftOut,
  }
}

function leftOut(trace: Trace): string[] {
  let [argued, empty] = [0, 0]
  for (const track of trace.tracks) {
    if (track.kind !== 'thread') continue
    argued += track.slices.args.size
    empty += track.slices.durationNs.filter((duration) => Math.round(duration) === 0).length
  }
  const commandLines = trace.processes.filter(({ commandLine }) => commandLine.length > 0).length
  return [
    'how often functions were called',
    ...(empty > 0 ? [`${empty.toLocaleString('en-US')} slices of no length`] : []),
    ...(argued > 0 ? [`arguments of ${argued.toLocaleString('en-US')} slices of threads`] : []),
    ...omissions(trace, ['counters', 'flows', 'activations', 'unfinished', 'sources', 'unrecorded', 'drops']),
    ...(commandLines > 0 ? [`command lines of ${commandLines} processes`] : []),
  ]
}
