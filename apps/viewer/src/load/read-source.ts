import { TracerError, type Trace } from '@tracer/core'
import { decompressed } from '@tracer/serializer-gzip'
import { READABLE_FORMATS } from './formats.js'

/** How much of a file tells its format, as `TraceSerializer.detect` says. */
const HEAD_BYTES = 4096

/** A trace out of a file, and what the file is. */
export interface ReadFile {
  readonly trace: Trace
  /** One sentence each; empty when the file was whole. */
  readonly warnings: readonly string[]
  /** Name of its format. */
  readonly format: string
}

/**
 * Reads a file of any known format, told by its content, packed or not.
 * @throws TracerError `NOT_A_TRACE`.
 */
export async function readSource(source: AsyncIterable<Uint8Array>): Promise<ReadFile> {
  const unpacked = decompressed(source)
  const pieces = unpacked[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  for (let length = 0; length < HEAD_BYTES;) {
    const next = await pieces.next()
    if (next.done === true) break
    read.push(next.value)
    length += next.value.length
  }
  const head = joined(read).subarray(0, HEAD_BYTES)
  if (head.length === 0) throw new TracerError('NOT_A_TRACE', 'The file is empty.')
  const format = READABLE_FORMATS.find(({ serializer }) => serializer.detect?.(head) === true)
  if (format?.serializer.deserialize === undefined) {
    const known = READABLE_FORMATS.map(({ title }) => title).join(', ')
    throw new TracerError('NOT_A_TRACE', `This is no trace in a known format. What can be read: ${known}.`)
  }
  const { trace, warnings } = await format.serializer.deserialize(concat(read, pieces))
  return {
    trace,
    warnings: [...unpacked.warnings, ...warnings],
    format: unpacked.compression === undefined ? format.title : `${format.title}, ${unpacked.compression}`,
  }
}

async function* concat(
  first: Iterable<Uint8Array>,
  rest: AsyncIterableIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* first
  yield* rest
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
