import type { Nanoseconds } from '@tracer/core'

/** What is known of two clocks: `offset[to] - offset[from]` lies within these bounds, which may be infinite. */
export interface Bound {
  readonly from: number
  readonly to: number
  readonly lowerNs: Nanoseconds
  readonly upperNs: Nanoseconds
}

/**
 * What bounds on pairs of clocks say of all of them: the least and the most that the offsets of any two
 * can differ, by shortest paths. `slackNs` is what every bound had to be widened by so that they agree: 0
 * unless they contradict each other.
 */
export class Offsets {
  readonly slackNs: Nanoseconds
  readonly #count: number
  /** At `from * count + to`: the most that `offset[to] - offset[from]` can be. */
  readonly #most: Float64Array

  constructor(count: number, bounds: readonly Bound[]) {
    this.#count = count
    let most = tightened(count, bounds, 0)
    let slackNs = 0
    if (contradicts(count, most)) {
      slackNs = leastSlack(count, bounds)
      most = tightened(count, bounds, slackNs)
    }
    this.slackNs = slackNs
    this.#most = most
  }

  /** The least that `offset[to] - offset[from]` can be. */
  lower(from: number, to: number): Nanoseconds {
    return 0 - this.#most[to * this.#count + from]
  }

  /** The most that `offset[to] - offset[from]` can be. */
  upper(from: number, to: number): Nanoseconds {
    return this.#most[from * this.#count + to]
  }

  /** Decides that `offset[to] - offset[from]` is `ns`, which has to be within the bounds. */
  fix(from: number, to: number, ns: Nanoseconds): void {
    const count = this.#count
    const most = this.#most
    for (const [a, b, weight] of [
      [from, to, ns],
      [to, from, -ns],
    ]) {
      if (weight >= most[a * count + b]) continue
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) {
          const through = most[i * count + a] + weight + most[b * count + j]
          if (through < most[i * count + j]) most[i * count + j] = through
        }
      }
    }
  }
}

/** Shortest paths between all pairs, by Floyd and Warshall. */
function tightened(count: number, bounds: readonly Bound[], slackNs: Nanoseconds): Float64Array {
  const most = new Float64Array(count * count).fill(Infinity)
  for (let i = 0; i < count; i++) most[i * count + i] = 0
  for (const { from, to, lowerNs, upperNs } of bounds) {
    const [there, back] = [from * count + to, to * count + from]
    most[there] = Math.min(most[there], upperNs + slackNs)
    most[back] = Math.min(most[back], slackNs - lowerNs)
  }
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        const through = most[i * count + k] + most[k * count + j]
        if (through < most[i * count + j]) most[i * count + j] = through
      }
    }
  }
  return most
}

/** A way back to where it began that is shorter than none. */
function contradicts(count: number, most: Float64Array): boolean {
  for (let i = 0; i < count; i++) if (most[i * count + i] < 0) return true
  return false
}

/** By bisection, to the nanosecond: what contradicts itself does so no more once all bounds are wide enough. */
function leastSlack(count: number, bounds: readonly Bound[]): Nanoseconds {
  let enough = 1
  while (contradicts(count, tightened(count, bounds, enough))) enough *= 2
  let tooLittle = enough / 2
  while (enough - tooLittle > 0.5) {
    const middle = (enough + tooLittle) / 2
    if (middle === enough || middle === tooLittle) break
    if (contradicts(count, tightened(count, bounds, middle))) tooLittle = middle
    else enough = middle
  }
  return enough
}
