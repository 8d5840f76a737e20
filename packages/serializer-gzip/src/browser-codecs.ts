import { TracerError } from '@tracer/core'
import type { ByteTransform, Codec, Codecs } from './codec.js'
import { WebTransform, type WebStreams } from './web-transform.js'

/** gzip as browsers have it: they choose the level. */
export const browserGzip: Codec = {
  id: 'gzip',
  suffix: '.gz',
  compressor: () => new WebTransform(new CompressionStream('gzip')),
  decompressor: () => new WebTransform(new DecompressionStream('gzip')),
}

/** zstd, in the few browsers that have it. @throws TracerError in the others. */
export function browserZstd(missing: (message: string) => TracerError): Codec {
  const transform = (Stream: new (format: never) => object): ByteTransform => {
    try {
      const streams: unknown = Reflect.construct(Stream, ['zstd'])
      if (isWebStreams(streams)) return new WebTransform(streams)
    } catch {
      // What follows says it.
    }
    throw missing('this browser has no zstd')
  }
  transform(CompressionStream).close()
  return {
    id: 'zstd',
    suffix: '.zst',
    compressor: () => transform(CompressionStream),
    decompressor: () => transform(DecompressionStream),
  }
}

/** The codecs to read with. */
export const browserCodecs: Codecs = {
  gzip: () => browserGzip,
  zstd: () =>
    browserZstd((message) => {
      return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${message}. Unpack the file first, with zstd -d.`)
    }),
}

function isWebStreams(value: unknown): value is WebStreams {
  return typeof value === 'object' && value !== null && 'readable' in value && 'writable' in value
}
