import { TracerError } from '@tracer/core'
import { compressionOf, type Codec, type Codecs } from './codec.js'

/** So many bytes say what a file is packed in. */
const HEAD_BYTES = 4

/** Packed bytes unpacked at a time: little enough that a thousandfold of it fits into memory. */
const STEP_BYTES = 16_384

/** The bytes of a file, unpacked if they were packed; read once. */
export class Decompressed implements AsyncIterable<Uint8Array> {
  /** What the file was packed in: known when the first bytes have come. */
  compression: 'gzip' | 'zstd' | undefined
  readonly #source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly #codecs: Codecs
  readonly #warnings: string[] = []

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, codecs: Codecs) {
    this.#source = source
    this.#codecs = codecs
  }

  /** What was wrong with the file, one sentence each: complete when all bytes have come. */
  get warnings(): readonly string[] {
    return this.#warnings
  }

  /** @throws TracerError `NOT_A_TRACE` when packed bytes are damaged, with the place. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let head: Uint8Array | undefined = new Uint8Array(0)
    let unpacking: Unpacking | undefined
    try {
      for await (const piece of this.#source) {
        if (head === undefined) {
          yield* unpacking === undefined ? [piece] : unpacking.write(piece)
          continue
        }
        head = joined(head, piece)
        if (head.length < HEAD_BYTES) continue
        unpacking = this.#unpacking(head)
        yield* unpacking === undefined ? [head] : unpacking.write(head)
        head = undefined
      }
      if (head !== undefined && head.length > 0) yield head
      if (unpacking !== undefined) {
        yield* unpacking.end()
        this.#warnings.push(...unpacking.warnings)
      }
    } finally {
      unpacking?.close()
    }
  }

  #unpacking(head: Uint8Array): Unpacking | undefined {
    this.compression = compressionOf(head)
    return this.compression === undefined ? undefined : new Unpacking(this.#codecs[this.compression]())
  }
}

/** One file on its way through a decompressor, with the places that messages name. */
class Unpacking {
  readonly warnings: string[] = []
  readonly #codec: Codec
  readonly #transform
  #packedBytes = 0
  #unpackedBytes = 0

  constructor(codec: Codec) {
    this.#codec = codec
    this.#transform = codec.decompressor()
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    for (let from = 0; from < piece.length; from += STEP_BYTES) {
      const step = piece.subarray(from, from + STEP_BYTES)
      const start = this.#packedBytes
      this.#packedBytes += step.length
      try {
        yield* this.#counted(this.#transform.write(step))
      } catch (cause) {
        throw this.#damaged(start, cause)
      }
    }
  }

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* this.#counted(this.#transform.end())
    } catch {
      this.warnings.push(
        `The ${this.#codec.id} file ends early, at byte ${format(this.#packedBytes)}: ` +
          `${format(this.#unpackedBytes)} bytes came out of it, the rest is lost.`,
      )
    }
  }

  close(): void {
    this.#transform.close()
  }

  async *#counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of pieces) {
      this.#unpackedBytes += piece.length
      yield piece
    }
  }

  #damaged(start: number, cause: unknown): TracerError {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const place = `between bytes ${format(start)} and ${format(this.#packedBytes)}`
    return new TracerError(
      'NOT_A_TRACE',
      `Cannot read the trace: the ${this.#codec.id} file is damaged ${place} (${reason}), ` +
        `after ${format(this.#unpackedBytes)} bytes came out of it. Get the file again from where it was made.`,
      { cause },
    )
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function format(count: number): string {
  return count.toLocaleString('en-US')
}
