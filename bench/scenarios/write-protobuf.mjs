import { protobuf } from '@tracer/serializer-protobuf'
import { inventTrace } from '../lib/invented-trace.mjs'

const CALLS = 2_000_000

export const isolates = `writing ${CALLS.toLocaleString('en')} calls as Perfetto's packet stream, without a disk`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: "Perfetto's packet stream: calls written a second",
    measurement: 'calls a second',
    variant: 'write',
    unit: 'million',
    atLeast: 4e6,
  },
  {
    text: "Perfetto's packet stream: bytes a call",
    measurement: 'bytes a call',
    variant: 'write',
    unit: 'bytes',
    atMost: 28,
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const trace = inventTrace(CALLS)
  return {
    write: async () => {
      const start = performance.now()
      let bytes = 0
      for await (const piece of protobuf().serialize(trace)) bytes += piece.length
      const seconds = (performance.now() - start) / 1000
      return { 'calls a second': CALLS / seconds, 'bytes a call': bytes / CALLS }
    },
  }
}
