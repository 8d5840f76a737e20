import { TracerError, type ReadTrace, type Trace } from '@tracer/core'
import { decompressed } from '@tracer/serializer-gzip'
import { readableFormats } from './formats.js'

/** How much of a file tells its format, as `TraceSerializer.detect` says. */
export const HEAD_BYTES = 4096

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
  const { title, trace, warnings } = await readAs(head, concat(read, pieces))
  return {
    trace,
    warnings: [...unpacked.warnings, ...warnings],
    format: unpacked.compression === undefined ? title : `${title}, ${unpacked.compression}`,
  }
}

async function readAs(
  head: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): Promise<ReadTrace & { readonly title: string }> {
  const titles: string[] = []
  for await (const { title, serializer } of readableFormats()) {
    titles.push(title)
    if (serializer.deserialize === undefined || serializer.detect?.(head) !== true) continue
    return { ...(await serializer.deserialize(source)), title }
  }
  const known = titles.join(', ')
  throw new TracerError('NOT_A_TRACE', `This is no trace in a known format. What can be read: ${known}.`)
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
