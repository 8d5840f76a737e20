import { TracerError, type TraceSerializer } from '@tracer/core'
import { compressed } from './compressed.js'
import { Decompressed } from './decompressed.js'
import { nodeCodecs, nodeGzip, nodeZstd } from './node-codecs.js'
import { levelOf, type CompressionOptions } from './options.js'

export type { CompressionOptions, Decompressed }

/** The lowest level that takes calls of real programs below 6 bytes for certain. */
const USUAL_GZIP_LEVEL = 8
const USUAL_ZSTD_LEVEL = 3

/** The files of `serializer`, gzipped. It reads them gzipped, packed by zstd, or as they are. */
export function gzip(serializer: TraceSerializer, options: CompressionOptions = {}): TraceSerializer {
  return compressed(serializer, nodeGzip(levelOf('gzip', options, USUAL_GZIP_LEVEL, 9)), nodeCodecs)
}

/** As {@link gzip}, by zstd. @throws TracerError `INVALID_OPTION` where Node.js has none: before 22.15 and 23.8. */
export function zstd(serializer: TraceSerializer, options: CompressionOptions = {}): TraceSerializer {
  const missing = (message: string) => new TracerError('INVALID_OPTION', `zstd(): ${message}. Use gzip().`)
  return compressed(serializer, nodeZstd(levelOf('zstd', options, USUAL_ZSTD_LEVEL, 19), missing), nodeCodecs)
}

/** The bytes of a file, unpacked if they are gzip or zstd: the content says, not the name. Read once. */
export function decompressed(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Decompressed {
  return new Decompressed(source, nodeCodecs)
}
