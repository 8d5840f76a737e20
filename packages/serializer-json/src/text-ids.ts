/**
 * Numbers texts by their bytes as they stand in a file, between the quotes: most events have a name
 * that was there before, and bytes that are compared need not be decoded.
 */
export class TextIds {
  readonly #texts: string[] = []
  /** Bytes of all texts, one after the other. */
  #bytes = new Uint8Array(65_536)
  #used = 0
  /** By id, and one more: where the bytes start. */
  #starts = new Int32Array(1025)
  #hashes = new Int32Array(1024)
  /** Ids by hash, one more than the id; 0 is a free place. At most half of them are taken. */
  #places = new Int32Array(2048)

  /** The text of an id. */
  textAt(id: number): string {
    return this.#texts[id]
  }

  /** Hot: the id of the bytes from `from` up to `until`; -1 when they are no JSON text. */
  idOf(source: Uint8Array, from: number, until: number, hash: number): number {
    const places = this.#places
    const mask = places.length - 1
    let place = (hash ^ (hash >>> 15)) & mask
    for (let taken = places[place]; taken !== 0; taken = places[place]) {
      const id = taken - 1
      if (this.#hashes[id] === hash && this.#isAt(id, source, from, until)) return id
      place = (place + 1) & mask
    }
    return this.#add(source.subarray(from, until), hash)
  }

  #isAt(id: number, source: Uint8Array, from: number, until: number): boolean {
    const bytes = this.#bytes
    let at = this.#starts[id]
    if (this.#starts[id + 1] - at !== until - from) return false
    for (let i = from; i < until; i++) if (source[i] !== bytes[at++]) return false
    return true
  }

  #add(bytes: Uint8Array, hash: number): number {
    const text = parsed(bytes)
    if (text === undefined) return -1
    const id = this.#texts.push(text) - 1
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
    this.#hashes[id] = hash
    this.#starts[id + 1] = this.#used
    this.#place(id)
    return id
  }

  #place(id: number): void {
    const mask = this.#places.length - 1
    let place = (this.#hashes[id] ^ (this.#hashes[id] >>> 15)) & mask
    while (this.#places[place] !== 0) place = (place + 1) & mask
    this.#places[place] = id + 1
  }

  /** Makes room for a text of `size` bytes. */
  #reserve(size: number): void {
    if (this.#used + size > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(this.#used + size, this.#bytes.length * 2)))
    }
    const count = this.#texts.length
    if (count < this.#hashes.length) return
    this.#hashes = grown(this.#hashes, new Int32Array(count * 2))
    this.#starts = grown(this.#starts, new Int32Array(count * 2 + 1))
    this.#places = new Int32Array(count * 4)
    for (let id = 0; id < count - 1; id++) this.#place(id)
  }
}

function parsed(bytes: Uint8Array): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${decoder.decode(bytes)}"`)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function grown<Column extends Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}
