const INITIAL_LENGTH = 1024

/** A typed column whose length is not known yet. `values` has room beyond `length`, and changes when it grows. */
export class GrowingColumn<Column extends Int32Array | Uint32Array | Float64Array> {
  values: Column
  length = 0
  readonly #make: new (length: number) => Column

  constructor(make: new (length: number) => Column) {
    this.#make = make
    this.values = new make(INITIAL_LENGTH)
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const longer = new this.#make(this.length * 2)
      longer.set(this.values)
      this.values = longer
    }
    this.values[this.length++] = value
  }
}
