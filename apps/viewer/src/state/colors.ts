import type { Trace } from '@tracer/core'
import { siteColors, type FoundColors } from '@tracer/timeline'

const found = new WeakMap<Trace, FoundColors>()

/** The colours of a trace's functions: the same in its timeline and in all its flamegraphs. */
export function colorsOf(trace: Trace): FoundColors {
  let colors = found.get(trace)
  if (colors === undefined) found.set(trace, (colors = siteColors(trace)))
  return colors
}
