import { json } from '@tracer/serializer-json'
import { viztracerJson } from '../lib/viztracer-json.mjs'

const SLICES = 1_000_000
const BYTES_PER_MB = 1e6

export const isolates = `reading ${SLICES.toLocaleString('en')} slices of a file of VizTracer into a trace, without a disk`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: "VizTracer's JSON, 126 bytes a slice: slices read a second",
    measurement: 'events a second',
    variant: 'read',
    unit: 'million',
    atLeast: 950_000,
  },
  { text: 'the same in megabytes', measurement: 'MB a second', variant: 'read', unit: 'MB/s', atLeast: 115 },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const pieces = [...viztracerJson(SLICES)]
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
  const measure = (/** @type {(pieces: readonly Uint8Array[]) => unknown} */ read) => async () => {
    const start = performance.now()
    await read(pieces)
    const seconds = (performance.now() - start) / 1000
    return {
      'events a second': SLICES / seconds,
      'MB a second': bytes / BYTES_PER_MB / seconds,
      'bytes an event': bytes / SLICES,
    }
  }
  return {
    read: measure((all) => json().deserialize?.(all)),
    'JSON.parse alone': measure((all) => JSON.parse(Buffer.concat(all).toString())),
  }
}
