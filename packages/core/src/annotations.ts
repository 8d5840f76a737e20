/** What is known of a record besides its three numbers. */
export interface Annotation {
  /** The record's sequence number in its ring. */
  readonly sequence: number
  /** JSON text of an object. */
  readonly args: string | undefined
  /** Whether the slice was still open when recording ended. */
  readonly isUnfinished: boolean
}

/** Annotations of the records that a ring holds, in the order of their sequence numbers. */
export class Annotations {
  readonly #queue: Annotation[] = []
  /** Position of the first entry that still has its record; what lies before is cleared in bulk. */
  #head = 0

  /** Adds an annotation; its sequence number is larger than that of all before it. */
  add(annotation: Annotation): void {
    this.#queue.push(annotation)
  }

  /** Forgets annotations of records that were overwritten: those before number `oldest`. */
  prune(oldest: number): void {
    const queue = this.#queue
    while (this.#head < queue.length && queue[this.#head].sequence < oldest) this.#head++
    // Cutting off half the queue or more makes each entry move once on average.
    if (this.#head * 2 >= queue.length) {
      queue.splice(0, this.#head)
      this.#head = 0
    }
  }

  clear(): void {
    this.#queue.length = 0
    this.#head = 0
  }

  /** Entries in memory, forgotten ones that were not yet cut off included. */
  get size(): number {
    return this.#queue.length
  }

  /** A copy by sequence number. */
  bySequence(): ReadonlyMap<number, Annotation> {
    return new Map(this.#queue.slice(this.#head).map((annotation) => [annotation.sequence, annotation]))
  }
}
