import { protobuf } from '@tracer/serializer-protobuf'
import { inventTrace } from '../lib/invented-trace.mjs'

const CALLS = 2_000_000

export const isolates = `reading ${CALLS.toLocaleString('en')} calls of Perfetto's packet stream into columns, without a disk`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: "Perfetto's packet stream: calls read a second",
    measurement: 'calls a second',
    variant: 'read',
    unit: 'million',
    atLeast: 5e6,
  },
]

/** @returns {Promise<Record<string, import('../lib/scenario.mjs').Variant>>} */
export async function prepare() {
  /** @type {Uint8Array[]} */
  const pieces = []
  for await (const piece of protobuf().serialize(inventTrace(CALLS))) pieces.push(piece)
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return {
    read: async () => {
      const start = performance.now()
      await protobuf().deserialize?.(pieces)
      const seconds = (performance.now() - start) / 1000
      return { 'calls a second': CALLS / seconds, 'MB a second': bytes / 1e6 / seconds }
    },
  }
}
