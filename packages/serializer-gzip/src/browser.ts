import { TracerError, type TraceSerializer } from '@tracer/core'
import { browserCodecs, browserGzip, browserZstd } from './browser-codecs.js'
import { compressed } from './compressed.js'
import { Decompressed } from './decompressed.js'
import { levelOf, type CompressionOptions } from './options.js'

export type { CompressionOptions, Decompressed }

/** The files of `serializer`, gzipped. It reads them gzipped, packed by zstd, or as they are. */
export function gzip(serializer: TraceSerializer, options: CompressionOptions = {}): TraceSerializer {
  levelOf('gzip', options, 6, 9)
  return compressed(serializer, browserGzip, browserCodecs)
}

/** As {@link gzip}, by zstd. @throws TracerError `INVALID_OPTION` where the browser has none. */
export function zstd(serializer: TraceSerializer, options: CompressionOptions = {}): TraceSerializer {
  levelOf('zstd', options, 3, 19)
  const missing = (message: string) => new TracerError('INVALID_OPTION', `zstd(): ${message}. Use gzip().`)
  return compressed(serializer, browserZstd(missing), browserCodecs)
}

/** The bytes of a file, unpacked if they are gzip or zstd: the content says, not the name. Read once. */
export function decompressed(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Decompressed {
  return new Decompressed(source, browserCodecs)
}
