import { TracerError } from '@tracer/core'
import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import type { Codec, Codecs } from './codec.js'
import { ZlibTransform } from './zlib-transform.js'

const CHUNK_BYTES = 65_536

/**
 * gzip at a level of 1 to 9. More memory than zlib takes by itself makes it a little faster, and
 * "filtered" suits text whose repetitions are long and whose digits are few.
 */
export function nodeGzip(level: number): Codec {
  const { Z_FILTERED, Z_SYNC_FLUSH } = zlib.constants
  return {
    id: 'gzip',
    suffix: '.gz',
    compressor: () =>
      new ZlibTransform(zlib.createGzip({ level, memLevel: 9, strategy: Z_FILTERED, chunkSize: CHUNK_BYTES })),
    decompressor: () => new ZlibTransform(zlib.createGunzip({ chunkSize: CHUNK_BYTES })),
    unpackHead: (head) => orUndefined(() => zlib.gunzipSync(head, { finishFlush: Z_SYNC_FLUSH })),
  }
}

/** zstd at a level of 1 to 19. @throws TracerError where this Node.js has none. */
export function nodeZstd(level: number, missing: (message: string) => TracerError): Codec {
  const streams: object = zlib
  if (!hasZstd(streams)) {
    throw missing(`zstd needs Node.js 22.15 or 23.8 or later, and this is ${process.version}`)
  }
  const { ZSTD_c_compressionLevel, ZSTD_e_flush } = streams.constants
  return {
    id: 'zstd',
    suffix: '.zst',
    compressor: () =>
      new ZlibTransform(
        streams.createZstdCompress({ params: { [ZSTD_c_compressionLevel]: level }, chunkSize: CHUNK_BYTES }),
      ),
    decompressor: () => new ZlibTransform(streams.createZstdDecompress({ chunkSize: CHUNK_BYTES })),
    unpackHead: (head) => orUndefined(() => streams.zstdDecompressSync(head, { finishFlush: ZSTD_e_flush })),
  }
}

/** The codecs to read with. */
export const nodeCodecs: Codecs = {
  gzip: () => nodeGzip(1),
  zstd: () =>
    nodeZstd(1, (message) => {
      return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${message}. Unpack the file first, with zstd -d.`)
    }),
}

/** What `node:zlib` has where it has zstd; the types of Node.js 20 do not know it. */
interface ZstdModule {
  createZstdCompress(options: ZstdOptions): Transform
  createZstdDecompress(options: ZstdOptions): Transform
  zstdDecompressSync(bytes: Uint8Array, options: ZstdOptions): Uint8Array
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_e_flush: number }
}

interface ZstdOptions {
  readonly params?: Readonly<Record<number, number>>
  readonly chunkSize?: number
  readonly finishFlush?: number
}

function hasZstd(module: object): module is ZstdModule {
  return 'createZstdCompress' in module && 'createZstdDecompress' in module && 'zstdDecompressSync' in module
}

function orUndefined(unpack: () => Uint8Array): Uint8Array | undefined {
  try {
    return unpack()
  } catch {
    return undefined
  }
}
