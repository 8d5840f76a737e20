import { TraceBuilder } from '@tracer/core'
import { json } from '@tracer/serializer-json'

const SLICES = 1_000_000

/** Real programs have far fewer functions than calls, and their calls go some levels deep. */
const SITES = 500
const DEPTH = 12

const SLICE_NS = 400

export const isolates = `writing ${SLICES.toLocaleString('en')} slices as Trace Event JSON, without a disk`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'Trace Event JSON, 128 bytes a slice: slices written a second',
    measurement: 'events a second',
    variant: 'write',
    unit: 'million',
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const trace = inventTrace()
  return {
    write: async () => {
      const start = performance.now()
      let bytes = 0
      for await (const piece of json().serialize(trace)) bytes += piece.length
      const seconds = (performance.now() - start) / 1000
      return { 'events a second': SLICES / seconds, 'bytes an event': bytes / SLICES }
    },
  }
}

/** Towers of `DEPTH` slices, each inside the one before, one tower after the other. */
function inventTrace() {
  const builder = new TraceBuilder()
  const sites = Array.from({ length: SITES }, (_, index) =>
    builder.addSite({
      kind: 'function',
      name: `Service.method${index}`,
      file: `/app/src/${index % 40}.ts`,
      line: index + 1,
      column: 3,
    }),
  )
  const process = builder.addProcess({ pid: 4711, name: 'bench', commandLine: [] })
  const thread = builder.addThread({ process, tid: 4711, name: 'main' })
  for (let index = 0; index < SLICES; index += 1) {
    const depth = index % DEPTH
    const towerNs = (index - depth) * SLICE_NS
    builder.addSlice(thread, sites[index % SITES], towerNs + depth, towerNs + DEPTH * SLICE_NS - depth - 1)
  }
  return builder.build({ producer: 'bench', clock: 'portable', originEpochMs: 0 })
}
