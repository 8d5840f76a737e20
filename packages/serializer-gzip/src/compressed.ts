import type { Trace, TraceSerializer } from '@tracer/core'
import { compressionOf, type Codec, type Codecs } from './codec.js'
import { Decompressed } from './decompressed.js'

/** A serializer whose files are those of `inner`, packed; it reads them packed in any way, or not at all. */
export function compressed(inner: TraceSerializer, codec: Codec, codecs: Codecs): TraceSerializer {
  return {
    id: `${inner.id}+${codec.id}`,
    extensions: inner.extensions.map((extension) => `${extension}${codec.suffix}`),
    serialize: (trace) => pack(inner, trace, codec),
    ...(inner.omits !== undefined && { omits: (trace: Trace) => inner.omits?.(trace) ?? [] }),
    detect: (head) => {
      if (compressionOf(head) !== codec.id) return false
      const start = codec.unpackHead?.(head)
      return start === undefined || inner.detect === undefined || inner.detect(start)
    },
    ...(canRead(inner) && {
      deserialize: async (source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => {
        const unpacked = new Decompressed(source, codecs)
        const { trace, warnings } = await inner.deserialize(unpacked)
        return { trace, warnings: [...unpacked.warnings, ...warnings] }
      },
    }),
  }
}

type Reader = TraceSerializer & Required<Pick<TraceSerializer, 'deserialize'>>

function canRead(serializer: TraceSerializer): serializer is Reader {
  return serializer.deserialize !== undefined
}

async function* pack(inner: TraceSerializer, trace: Trace, codec: Codec): AsyncGenerator<Uint8Array, void, undefined> {
  const compressor = codec.compressor()
  try {
    for await (const piece of inner.serialize(trace)) yield* compressor.write(piece)
    yield* compressor.end()
  } finally {
    compressor.close()
  }
}
