import { takeHead } from '@tracer/core'
import { createReadStream } from 'node:fs'
import { readerFor } from './input-format.js'
import { KNOWN_FORMATS } from './known-formats.js'

/** What can stand behind the ending of any format. */
const PACKINGS = ['', '.gz', '.zst']

/** Whether a file is called like a trace that can be read; what it is, only its content says. */
export function isNamedLikeTrace(name: string): boolean {
  const lower = name.toLowerCase()
  return KNOWN_FORMATS.some(
    ({ isReadable, extensions }) =>
      isReadable && extensions.some((extension) => PACKINGS.some((packing) => lower.endsWith(extension + packing))),
  )
}

/** The format of a file by its first bytes, however long it is; undefined when it is no trace. */
export async function formatOfFile(path: string): Promise<string | undefined> {
  const stream = createReadStream(path)
  try {
    const { decompressed } = await import('@tracer/serializer-gzip')
    const { head } = await takeHead(decompressed(stream))
    return (await readerFor(head, undefined))?.title
  } finally {
    stream.destroy()
  }
}
