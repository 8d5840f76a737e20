import type { Nanoseconds } from '@tracer/core'

/** What is known of two clocks: `offset[to] - offset[from]` lies within these bounds, which may be infinite. */
export interface Bound {
  readonly from: number
  readonly to: number
  readonly lowerNs: Nanoseconds
  readonly upperNs: Nanoseconds
  /** What holds in place of `upperNs` when that rests on something that was noted late; the same by default. */
  readonly certainUpperNs?: Nanoseconds
}

/**
 * What bounds on pairs of clocks say of all of them: the least and the most that the offsets of any two
 * can differ, by shortest paths. When they contradict each other, upper bounds are widened by the least that
 * makes them agree, as far as they are not certain; if that does not help, all are.
 */
export class Offsets {
  /** What bounds were widened by; 0 as a rule. */
  readonly slackNs: Nanoseconds
  /** By how much bounds contradict each other. */
  readonly contradictionNs: Nanoseconds
  readonly #count: number
  /** At `from * count + to`: the most that `offset[to] - offset[from]` can be. */
  readonly #most: Float64Array

  constructor(count: number, bounds: readonly Bound[]) {
    this.#count = count
    const most = tightened(count, bounds, 0)
    const isContradiction = contradicts(count, most)
    const canBeLate = isContradiction && !contradicts(count, tightened(count, bounds.map(withLateEnds(Infinity)), 0))
    const widened = (slackNs: Nanoseconds) =>
      canBeLate ? tightened(count, bounds.map(withLateEnds(slackNs)), 0) : tightened(count, bounds, slackNs)
    this.slackNs = isContradiction ? leastSlack((slackNs) => !contradicts(count, widened(slackNs))) : 0
    this.contradictionNs = canBeLate ? this.slackNs : 2 * this.slackNs
    this.#most = isContradiction ? widened(this.slackNs) : most
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

/** A bound whose end was noted late by so much at most. */
function withLateEnds(slackNs: Nanoseconds): (bound: Bound) => Bound {
  return (bound) => {
    const { upperNs, certainUpperNs = upperNs } = bound
    return { ...bound, upperNs: Math.min(upperNs + slackNs, certainUpperNs) }
  }
}

/** By bisection, to the nanosecond: what contradicts itself does so no more once bounds are wide enough. */
function leastSlack(agree: (slackNs: Nanoseconds) => boolean): Nanoseconds {
  let enough = 1
  while (!agree(enough)) enough *= 2
  let tooLittle = enough / 2
  while (enough - tooLittle > 0.5) {
    const middle = (enough + tooLittle) / 2
    if (middle === enough || middle === tooLittle) break
    if (agree(middle)) enough = middle
    else tooLittle = middle
  }
  return enough
}
