import { takeHead, TracerError, type ReadTrace, type Trace } from '@tracer/core'
import { decompressed } from '@tracer/serializer-gzip'
import { readableFormats } from './formats.js'

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
  const { head, whole } = await takeHead(unpacked)
  if (head.length === 0) throw new TracerError('NOT_A_TRACE', 'The file is empty.')
  const { title, trace, warnings } = await readAs(head, whole)
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
