/** A run of an activation: the position of its slice among those of its thread. */
interface Run {
  readonly position: number
  readonly site: number
}

/** The calls of async functions on one thread of which the last known run ended with a wait. */
export class UnsettledCalls {
  readonly #runs = new Map<number, Run>()
  readonly #unknown = new Set<number>()
  #isUnknown = false

  /** A run of an activation, in the order of time; undefined when no other has to follow. */
  add(activation: number, run: Run | undefined): void {
    if (run === undefined) this.#runs.delete(activation)
    else this.#runs.set(activation, run)
  }

  /** Runs of a site, or of all, may be in no record, also last ones. */
  giveUp(site?: number): void {
    if (site === undefined) this.#isUnknown = true
    else this.#unknown.add(site)
  }

  /** The slices of the last runs. */
  positions(): number[] {
    if (this.#isUnknown) return []
    return [...this.#runs.values()].filter(({ site }) => !this.#unknown.has(site)).map(({ position }) => position)
  }
}
