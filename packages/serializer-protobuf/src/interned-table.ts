/** What the numbers of a sequence stand for. They count from 1 as a rule, but a producer may choose any. */
export class InternedTable<Value> {
  readonly #dense: (Value | undefined)[] = [undefined]
  readonly #sparse = new Map<number, Value>()

  /** Hot. */
  get(iid: number): Value | undefined {
    return iid < this.#dense.length ? this.#dense[iid] : this.#sparse.get(iid)
  }

  set(iid: number, value: Value): void {
    if (iid < this.#dense.length) this.#dense[iid] = value
    else if (iid === this.#dense.length) this.#dense.push(value)
    else this.#sparse.set(iid, value)
  }

  clear(): void {
    this.#dense.length = 1
    this.#sparse.clear()
  }
}
