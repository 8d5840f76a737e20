import type { FlowTable, Nanoseconds, Trace } from '@tracer/core'
import type { InputPlace } from './combine-traces.js'
import type { SpanPair } from './span-pairs.js'

interface FlowRow {
  readonly track: number
  readonly slice: number
  readonly timeNs: Nanoseconds
}

/** The flows of all inputs, and one for each request from one to another; numbered by their first end. */
export function combinedFlows(
  traces: readonly Trace[],
  places: readonly InputPlace[],
  shifts: readonly Nanoseconds[],
  pairs: Iterable<SpanPair>,
): FlowTable {
  const flows = traces.flatMap(({ flows: table }, input) => {
    const rows = new Map<number, FlowRow[]>()
    for (let i = 0; i < table.length; i++) {
      const row = {
        track: table.track[i] + places[input].track,
        slice: table.slice[i],
        timeNs: table.timeNs[i] + shifts[input],
      }
      const known = rows.get(table.flow[i])
      if (known === undefined) rows.set(table.flow[i], [row])
      else known.push(row)
    }
    return [...rows.values()]
  })
  for (const pair of pairs) {
    const ends = [pair.parent, pair.child].map(({ input, span }) => ({
      track: span.track + places[input].track,
      slice: span.slice,
      timeNs: span.startNs + shifts[input],
    }))
    flows.push(ends.sort(byTime))
  }
  flows.sort(([a], [b]) => byTime(a, b))
  const rows = flows.flatMap((ends, index) => ends.map((end) => ({ ...end, flow: index + 1 })))
  return Object.freeze({
    length: rows.length,
    flow: Int32Array.from(rows, ({ flow }) => flow),
    track: Int32Array.from(rows, ({ track }) => track),
    slice: Int32Array.from(rows, ({ slice }) => slice),
    timeNs: Float64Array.from(rows, ({ timeNs }) => timeNs),
  })
}

function byTime(a: FlowRow, b: FlowRow): number {
  return a.timeNs - b.timeNs || a.track - b.track || a.slice - b.slice
}
