import { TraceBuilder } from '@tracer/core'
import { gzip } from '@tracer/serializer-gzip'
import { json } from '@tracer/serializer-json'

/** fib(26): a size whose slices lie as deep as those of programs do. */
const N = 26
const MOST_CALLS = 1_000_000

export const isolates = `writing the calls of fib(${N}) as gzipped Trace Event JSON, without a disk; its threads together count as one core`

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'gzipped Trace Event JSON: calls written a second of one core',
    measurement: 'calls a second of one core',
    variant: 'level 8, as it comes',
    unit: 'million',
    atLeast: 500_000,
  },
  {
    text: 'gzipped Trace Event JSON: bytes a call',
    measurement: 'bytes a call',
    variant: 'level 8, as it comes',
    unit: 'bytes',
    atMost: 6,
  },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const { trace, calls } = recordFib()
  /** @param {import('@tracer/serializer-gzip').CompressionOptions} [options] */
  const write = (options) => async () => {
    const before = process.cpuUsage()
    let bytes = 0
    for await (const piece of gzip(json(), options).serialize(trace)) bytes += piece.length
    const { user, system } = process.cpuUsage(before)
    return { 'calls a second of one core': (calls / (user + system)) * 1e6, 'bytes a call': bytes / calls }
  }
  return {
    'level 8, as it comes': write(),
    'level 1': write({ level: 1 }),
    'level 7': write({ level: 7 }),
    'level 9': write({ level: 9 }),
  }
}

/** The times are those of real calls, taken as a probe takes them: how they vary decides how small a file becomes. */
function recordFib() {
  const [startNs, endNs] = [new Float64Array(MOST_CALLS), new Float64Array(MOST_CALLS)]
  let calls = 0
  /** @param {number} n @returns {number} */
  const fib = (n) => {
    const start = performance.now()
    const result = n < 2 ? n : fib(n - 1) + fib(n - 2)
    startNs[calls] = start
    endNs[calls++] = performance.now()
    return result
  }
  fib(N)

  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 4711, name: 'bench', commandLine: [] })
  const thread = builder.addThread({ process, tid: 4711, name: 'main' }, 'by-end')
  const site = builder.addSite({ kind: 'function', name: 'fib', file: '/app/src/fib.ts', line: 1, column: 1 })
  const originMs = startNs[calls - 1]
  /** @param {number} ms */
  const ns = (ms) => Math.round((ms - originMs) * 1e6)
  for (let i = 0; i < calls; i += 1) builder.addSlice(thread, site, ns(startNs[i]), ns(endNs[i]))
  return { trace: builder.build({ producer: 'bench', clock: 'portable', originEpochMs: 0 }), calls }
}
