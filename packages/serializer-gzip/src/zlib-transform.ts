import type { Transform } from 'node:stream'
import type { ByteTransform } from './codec.js'

/** A stream of `node:zlib`, which works on another thread, fed and emptied in turns. */
export class ZlibTransform implements ByteTransform {
  readonly #stream: Transform
  /** Called when there is something to read, or nothing will ever be. */
  #wake: () => void = () => undefined
  #hasEnded = false
  #error: Error | undefined

  constructor(stream: Transform) {
    this.#stream = stream
    stream.on('readable', () => this.#wake())
    stream.on('end', () => {
      this.#hasEnded = true
      this.#wake()
    })
    stream.on('error', (error) => {
      this.#error = error
      this.#wake()
    })
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    let isWritten = false
    this.#stream.write(piece, () => {
      isWritten = true
      this.#wake()
    })
    yield* this.#outputUntil(() => isWritten)
  }

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#stream.end()
    yield* this.#outputUntil(() => this.#hasEnded)
  }

  close(): void {
    this.#stream.destroy()
  }

  async *#outputUntil(isDone: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const piece: unknown = this.#stream.read()
      if (piece instanceof Uint8Array) yield piece
      else if (this.#error !== undefined) throw this.#error
      else if (isDone()) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
