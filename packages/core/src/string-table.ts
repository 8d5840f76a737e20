/** Interns strings: equal strings share one index, from 0, in the order they were first seen. */
export class StringTable {
  readonly #indexes = new Map<string, number>()
  readonly #strings: string[] = []

  /** Number of different strings. */
  get size(): number {
    return this.#strings.length
  }

  /** The index of `text`, new or known. */
  intern(text: string): number {
    const known = this.#indexes.get(text)
    if (known !== undefined) return known
    const index = this.#strings.push(text) - 1
    this.#indexes.set(text, index)
    return index
  }

  /** The string at `index`, or undefined beyond the table. */
  get(index: number): string | undefined {
    return this.#strings[index]
  }

  /** All strings in the order of their indexes. */
  all(): readonly string[] {
    return this.#strings.slice()
  }
}
