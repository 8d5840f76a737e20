import type { Nanoseconds, Trace } from '@tracer/core'
import { factsOf } from './trace-facts.js'

/** How much of each kind a trace holds. */
export interface TraceContents {
  /** From the first moment of the trace to the last. */
  readonly spanNs: Nanoseconds
  /** Slices of threads. */
  readonly slices: number
  /** Functions and other sites that have slices on threads. */
  readonly functions: number
  readonly asyncSlices: number
  readonly asyncTracks: number
  readonly instants: number
  readonly samples: number
  readonly counterTracks: number
  readonly flows: number
  /** Slices and instants that have arguments. */
  readonly withArguments: number
  /** Calls that are in no slice, exactly. */
  readonly unrecordedCalls: number
  /** Records that were lost, exactly. */
  readonly dropped: number
  /** Source files of which the text is there. */
  readonly sources: number
}

/** Counts what a trace holds, as it was recorded. */
export function contentsOf(trace: Trace): TraceContents {
  const contents = {
    slices: 0,
    asyncSlices: 0,
    asyncTracks: 0,
    instants: 0,
    samples: 0,
    counterTracks: 0,
    withArguments: 0,
  }
  const sites = new Set<number>()
  for (const track of trace.tracks) {
    switch (track.kind) {
      case 'thread':
        contents.slices += track.slices.length
        contents.instants += track.instants.length
        contents.withArguments += track.slices.args.size + track.instants.args.size
        for (const site of track.slices.site) sites.add(site)
        break
      case 'async':
        contents.asyncTracks++
        contents.asyncSlices += track.slices.length
        contents.withArguments += track.slices.args.size
        break
      case 'counter':
        contents.counterTracks++
        contents.samples += track.samples.length
    }
  }
  const { spanNs, unrecordedCalls, dropped } = factsOf(trace)
  const flows = trace.flows.flow.at(-1) ?? 0
  return { ...contents, spanNs, functions: sites.size, flows, unrecordedCalls, dropped, sources: trace.sources.size }
}
