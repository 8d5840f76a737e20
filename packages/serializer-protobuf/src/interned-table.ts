/** What the numbers of a sequence stand for. They are small as a rule, but a producer may choose any. */
export class InternedTable<Value> {
  readonly #dense: (Value | undefined)[] = []
  readonly #sparse = new Map<number, Value>()
  #count = 0

  /** Hot. */
  get(iid: number): Value | undefined {
    return (iid < this.#dense.length ? this.#dense[iid] : undefined) ?? this.#sparse.get(iid)
  }

  set(iid: number, value: Value): void {
    this.#count++
    // A table with more holes than entries would let a small file take much memory.
    if (iid >= ALWAYS_DENSE + 2 * this.#count) {
      this.#sparse.set(iid, value)
      return
    }
    while (this.#dense.length <= iid) this.#dense.push(undefined)
    this.#dense[iid] = value
  }

  clear(): void {
    this.#dense.length = 0
    this.#sparse.clear()
    this.#count = 0
  }
}

const ALWAYS_DENSE = 64
