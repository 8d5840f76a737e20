import { TraceBuilder, TracerError, type Trace, type TraceSerializer } from '@tracer/core'

/** A format for these tests: a line for each process. */
export const lines: TraceSerializer = {
  id: 'lines',
  extensions: ['.lines', '.txt'],
  serialize: (trace) => trace.processes.map(({ name }) => new TextEncoder().encode(`${name}\n`)),
  omits: () => ['all but names'],
  detect: (head) => new TextDecoder().decode(head).startsWith('p'),
  deserialize: async (source) => {
    const text = new TextDecoder().decode(await all(source))
    if (!text.startsWith('p')) throw new TracerError('NOT_A_TRACE', 'no lines')
    return { trace: traceOf(text.split('\n').slice(0, -1)), warnings: ['a warning of lines'] }
  },
}

export function traceOf(names: readonly string[]): Trace {
  const builder = new TraceBuilder()
  for (const name of names) builder.addProcess({ pid: 1, name, commandLine: [] })
  return builder.build({ producer: '', clock: '', originEpochMs: 0 })
}

export async function all(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Bytes in pieces of `size`. */
export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
}
