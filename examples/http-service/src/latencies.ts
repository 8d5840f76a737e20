/** How long requests took. */
export class Latencies {
  readonly #milliseconds: number[] = []

  get count(): number {
    return this.#milliseconds.length
  }

  /** Measures `work`, also when it throws. */
  async measure<Result>(work: () => Promise<Result>): Promise<Result> {
    const start = performance.now()
    try {
      return await work()
    } finally {
      this.#milliseconds.push(performance.now() - start)
    }
  }

  /** The time that `share` of the requests stayed below: 0.5 is the median. */
  percentile(share: number): number {
    const sorted = this.#milliseconds.toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  }
}
