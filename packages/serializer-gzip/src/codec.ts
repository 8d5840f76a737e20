/** A compression, as a runtime has it. */
export interface Codec {
  /** How the files of a serializer are told apart: `json+gzip`. */
  readonly id: 'gzip' | 'zstd'
  /** What follows the ending of a file. */
  readonly suffix: '.gz' | '.zst'
  compressor(): ByteTransform
  decompressor(): ByteTransform
  /** What the beginning of a file unpacks to; undefined when that cannot be told at once. */
  unpackHead?(head: Uint8Array): Uint8Array | undefined
}

/** Bytes in, other bytes out. What is handed out is taken before more is made: it never piles up. */
export interface ByteTransform {
  write(piece: Uint8Array): AsyncIterable<Uint8Array>
  /** The rest. @throws when the bytes end too early. */
  end(): AsyncIterable<Uint8Array>
  /** Lets go, also in the middle. */
  close(): void
}

/** The codecs of a runtime, by id; one that it lacks throws what there is to say about that. */
export type Codecs = Readonly<Record<Codec['id'], () => Codec>>

/** What a file is packed in, by its first four bytes; undefined when it is not. */
export function compressionOf(head: Uint8Array): Codec['id'] | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  const isFrame = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd
  const isSkippable = head[0] >> 4 === 5 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18
  return isFrame || isSkippable ? 'zstd' : undefined
}
