import type { ByteTransform } from './codec.js'

/** The two ends of a stream that browsers transform bytes with. */
export interface WebStreams {
  readonly writable: { getWriter(): Writer }
  readonly readable: { getReader(): Reader }
}

interface Writer {
  write(piece: Uint8Array): Promise<void>
  close(): Promise<void>
  abort(): Promise<void>
}

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>
}

/** A web stream, fed and emptied in turns. */
export class WebTransform implements ByteTransform {
  readonly #writer: Writer
  readonly #reader: Reader
  /** Pieces that came out and were not taken yet: those of one written piece at most. */
  readonly #ready: Uint8Array[] = []
  #readAll: Promise<void>

  constructor({ writable, readable }: WebStreams) {
    this.#writer = writable.getWriter()
    this.#reader = readable.getReader()
    this.#readAll = this.#read()
    this.#readAll.catch(() => undefined)
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    await this.#writer.write(piece)
    yield* this.#ready.splice(0)
  }

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    // What came out last is on its way through some promises, and an error would overtake it.
    await new Promise((resolve) => setTimeout(resolve))
    yield* this.#ready.splice(0)
    await this.#writer.close()
    await this.#readAll
    yield* this.#ready.splice(0)
  }

  close(): void {
    this.#writer.abort().catch(() => undefined)
  }

  async #read(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (value instanceof Uint8Array) this.#ready.push(value)
      if (done) return
    }
  }
}
