import { ACTIVATION_MARKER, type FullPolicy } from '../../src/index.js'

/** A record as [site, start, end]. */
export type Row = readonly [site: number, start: number, end: number]

/** What an EventRing is meant to do, on plain arrays that keep everything. */
export class RingModel {
  #accepted: Row[] = []
  #isFull = false
  #refused: Row[] = []
  readonly #kind: FullPolicy['kind']
  readonly #capacity: number

  constructor(kind: FullPolicy['kind'], capacity: number) {
    this.#kind = kind
    this.#capacity = capacity
  }

  write(row: Row): void {
    if (this.#isFull) {
      if (row[0] !== ACTIVATION_MARKER) this.#refused.push(row)
      else if (this.#refused.length === 0) this.#refused.push(...this.#accepted.splice(-1))
      return
    }
    this.#accepted.push(row)
    if (this.#kind === 'refuse') this.#isFull = this.#accepted.length === this.#capacity
  }

  clear(): void {
    this.#accepted = []
    this.#refused = []
    this.#isFull = false
  }

  get sequence(): number {
    return this.#accepted.length
  }

  get dropped(): number {
    const overwritten = this.#kind === 'overwrite' ? this.#accepted.slice(0, this.oldest) : []
    return [...overwritten, ...this.#refused].filter(([site]) => site !== ACTIVATION_MARKER).length
  }

  get oldest(): number {
    return this.#kind === 'refuse' ? 0 : Math.max(0, this.sequence - this.#capacity)
  }

  get refused(): { count: number; firstStart: number; lastStart: number } | undefined {
    if (this.#refused.length === 0) return undefined
    const starts = this.#refused.map(([, start]) => start)
    return { count: starts.length, firstStart: Math.min(...starts), lastStart: Math.max(...starts) }
  }

  read(): { firstSequence: number; rows: Row[] } {
    const isOrphan =
      this.#kind === 'overwrite' && this.oldest > 0 && this.#accepted[this.oldest]?.[0] === ACTIVATION_MARKER
    const firstSequence = this.oldest + (isOrphan ? 1 : 0)
    return { firstSequence, rows: this.#accepted.slice(firstSequence) }
  }
}
