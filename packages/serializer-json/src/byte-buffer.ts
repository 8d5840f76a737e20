/** Bytes that come one by one. */
export class ByteBuffer {
  length = 0
  #bytes = new Uint8Array(INITIAL_BYTES)

  push(byte: number): void {
    if (this.length === this.#bytes.length) {
      const bytes = new Uint8Array(this.length * 2)
      bytes.set(this.#bytes)
      this.#bytes = bytes
    }
    this.#bytes[this.length++] = byte
  }

  text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(0, this.length))
  }

  /** Forgets the bytes, and the room that many of them took. */
  clear(): void {
    this.length = 0
    if (this.#bytes.length > INITIAL_BYTES) this.#bytes = new Uint8Array(INITIAL_BYTES)
  }
}

const INITIAL_BYTES = 1024
