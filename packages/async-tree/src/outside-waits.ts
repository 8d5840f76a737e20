import { NONE } from './task-columns.js'

/** Time spent waiting for one type of thing. */
export interface OutsideWait {
  /** As Node.js calls it, such as `Timeout` or `FSREQPROMISE`. */
  readonly kind: string
  readonly ns: number
}

/** What tasks waited for that no other task did. */
export class OutsideWaits {
  /** The last entry of each task. */
  readonly #last: Int32Array
  readonly #kinds: string[] = []
  readonly #ns: number[] = []
  /** The entry of the same task before each. */
  readonly #before: number[] = []

  constructor(tasks: number) {
    this.#last = new Int32Array(tasks).fill(NONE)
  }

  add(task: number, kind: string, ns: number): void {
    if (ns <= 0) return
    for (let entry = this.#last[task]; entry !== NONE; entry = this.#before[entry]) {
      if (this.#kinds[entry] !== kind) continue
      this.#ns[entry] += ns
      return
    }
    this.#before.push(this.#last[task])
    this.#ns.push(ns)
    this.#last[task] = this.#kinds.push(kind) - 1
  }

  /** By position in `tasks`, longest first. */
  byNode(tasks: Int32Array): Map<number, OutsideWait[]> {
    const waits = new Map<number, OutsideWait[]>()
    tasks.forEach((task, node) => {
      const ofTask: OutsideWait[] = []
      for (let entry = this.#last[task]; entry !== NONE; entry = this.#before[entry]) {
        ofTask.push({ kind: this.#kinds[entry], ns: this.#ns[entry] })
      }
      if (ofTask.length > 0) {
        waits.set(
          node,
          ofTask.sort((a, b) => b.ns - a.ns),
        )
      }
    })
    return waits
  }
}
