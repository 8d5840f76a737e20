import { collectionFacts, factsOf } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { counted, duration, percent } from '@tracer/text-format'
import { printable } from '../text/cell.js'

/**
 * How much of a trace was garbage collection: `14 collections took 12.3 ms, 1.2% of the run; the longest: major
 * collection, 3.10 ms`. Undefined when there was none.
 */
export function collectionText(trace: Trace): string | undefined {
  const facts = collectionFacts(trace)
  if (facts === undefined) return undefined
  const { longest, most, totalNs } = facts
  const { spanNs } = factsOf(trace)
  const share = spanNs === 0 ? '' : `, ${percent(most.ns / spanNs)} of the run`
  const { name, tid } = trace.threads[most.thread]
  const onMost =
    most.ns === totalNs ? '' : `; most on ${printable(name === '' ? `thread ${tid}` : name)}: ${duration(most.ns)}`
  const all = `${counted(facts.count, 'collection')} took ${duration(totalNs)}`
  return `${all}${onMost}${share}; the longest: ${longest.name}, ${duration(longest.ns)}`
}
