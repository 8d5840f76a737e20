import { omissions, type Trace } from '@tracer/core'
import { sitesWithSlices } from './document-parts.js'

/** What of a trace a file of speedscope's cannot hold. */
export function leftOut(trace: Trace): string[] {
  const fractions = trace.tracks.some(
    (track) => track.kind === 'thread' && [track.slices.startNs, track.slices.durationNs].some(hasFractions),
  )
  const unused = trace.sites.length - sitesWithSlices(trace).length
  const incomplete = trace.threads.filter(({ complete }) => !complete).length
  return [
    ...omissions(trace),
    ...(unused > 0 ? [`${unused} functions without slices`] : []),
    ...(incomplete > 0 ? [`that ${incomplete} threads did not finish`] : []),
    ...(fractions ? ['fractions of nanoseconds'] : []),
  ]
}

function hasFractions(times: Float64Array): boolean {
  return times.some((time) => !Number.isInteger(time))
}
