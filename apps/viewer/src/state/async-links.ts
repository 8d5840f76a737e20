import { AsyncTrees } from '@tracer/async-tree'
import type { Trace } from '@tracer/core'
import type { FurtherLinks } from '@tracer/timeline'

const made = new WeakMap<Trace, AsyncTrees>()

/** The async trees of a trace, made when they are first asked for. */
export function asyncTreesOf(trace: Trace): AsyncTrees {
  let trees = made.get(trace)
  if (trees === undefined) made.set(trace, (trees = new AsyncTrees(trace)))
  return trees
}

/** Cause and effect as the async tree has them: callers of tasks, and what ran together for one event. */
export const asyncLinks: FurtherLinks = {
  causeOf: (trace, place) => (isAsync(trace) ? asyncTreesOf(trace).causeOf(place) : undefined),
  effectOf: (trace, place) => (isAsync(trace) ? asyncTreesOf(trace).effectsOf(place).at(0) : undefined),
}

/** Whether anything suspends, or is set going from elsewhere: without that a large trace need not be gone through. */
function isAsync({ flows, tracks }: Trace): boolean {
  return flows.length > 0 || tracks.some((track) => track.kind === 'thread' && track.slices.activation.length > 0)
}
