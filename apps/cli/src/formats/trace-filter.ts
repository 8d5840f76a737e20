import type { TimeRange } from '@tracer/call-tree'
import { filterTrace, type Trace } from '@tracer/core'
import { and, byFile, maxDepth, minDuration, not, or, traceWithin } from '@tracer/filters'

/** What of a trace is to stay. */
export interface FilterOptions {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly maxDepth: number | undefined
  readonly minDuration: number | undefined
  readonly range: TimeRange | undefined
}

/** The part of a trace that options name; the trace itself when they name none. */
export function filtered(trace: Trace, options: FilterOptions): Trace {
  const { include, exclude, range } = options
  const filters = [
    ...(include.length === 0 ? [] : [or(...include.map(byFile))]),
    ...(exclude.length === 0 ? [] : [not(or(...exclude.map(byFile)))]),
    ...(options.maxDepth === undefined ? [] : [maxDepth(options.maxDepth)]),
    ...(options.minDuration === undefined ? [] : [minDuration(options.minDuration)]),
  ]
  const within = range === undefined ? trace : traceWithin(trace, range.fromNs, range.toNs)
  return filters.length === 0 ? within : filterTrace(within, and(...filters))
}
