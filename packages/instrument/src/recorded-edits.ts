import MagicString from 'magic-string'

/** Where text was inserted, in the order of the text. */
export interface Insertions {
  /** Where each insertion begins, as an offset of the text that has them. */
  readonly offset: Int32Array
  readonly length: Int32Array
}

/** Edits that only insert, and that can say afterwards what was inserted where. */
export class RecordedEdits extends MagicString {
  readonly #offsets: number[] = []
  readonly #lengths: number[] = []

  override appendLeft(index: number, content: string): this {
    this.#offsets.push(index)
    this.#lengths.push(content.length)
    return super.appendLeft(index, content)
  }

  override prependLeft(index: number, content: string): this {
    this.#offsets.push(index)
    this.#lengths.push(content.length)
    return super.prependLeft(index, content)
  }

  /** Insertions at one place are one. */
  insertions(): Insertions {
    const lengthAt = new Map<number, number>()
    this.#offsets.forEach((index, i) => {
      lengthAt.set(index, (lengthAt.get(index) ?? 0) + this.#lengths[i])
    })
    const places = [...lengthAt].sort(([a], [b]) => a - b)
    let inserted = 0
    const offset = Int32Array.from(places, ([index, length]) => {
      const at = index + inserted
      inserted += length
      return at
    })
    return { offset, length: Int32Array.from(places, ([, length]) => length) }
  }
}
