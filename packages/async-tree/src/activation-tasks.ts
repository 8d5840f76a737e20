import { NONE } from './task-columns.js'

/**
 * The task that each activation of a track is. Recorders number activations from 1 up: then a column holds them,
 * which is several times as fast as a map for the millions of a program that awaits a lot.
 */
export class ActivationTasks {
  readonly #column: Int32Array
  readonly #others = new Map<number, number>()

  /** For the activations of a column of slices, of which those that were resumed stand below 0. */
  constructor(activation: Int32Array) {
    let largest = 0
    for (const number of activation) largest = Math.max(largest, Math.abs(number))
    const length = largest <= activation.length * MOST_SPARSE ? largest + 1 : 0
    this.#column = new Int32Array(length).fill(NONE)
  }

  /** {@link NONE} when none was set. */
  get(activation: number): number {
    return activation < this.#column.length ? this.#column[activation] : (this.#others.get(activation) ?? NONE)
  }

  set(activation: number, task: number): void {
    if (activation < this.#column.length) this.#column[activation] = task
    else this.#others.set(activation, task)
  }
}

/** So many numbers for each slice may be missing. */
const MOST_SPARSE = 4
