import type { Nanoseconds, ThreadIndex, TraceBuilder } from '@tracer/core'
import { CAUSE_NAME_LIMIT } from './cause-marker.js'

/**
 * What the slices of one thread were called back for: an argument of the slice, and an arrow from the slice that
 * made the resource. Names may stand behind the records in the file, so all of it is put into the trace at the end.
 */
export class ThreadCauses {
  readonly #builder: TraceBuilder
  readonly #thread: ThreadIndex
  readonly #positions: number[] = []
  readonly #madeNs: number[] = []
  readonly #kinds: number[] = []

  constructor(builder: TraceBuilder, thread: ThreadIndex) {
    this.#builder = builder
    this.#thread = thread
  }

  /** Adds the cause of the slice at `position`; an undefined `madeNs` when no slice is known to have made the resource. */
  add(position: number, madeNs: Nanoseconds | undefined, kind: number): void {
    this.#positions.push(position)
    this.#madeNs.push(madeNs ?? NaN)
    this.#kinds.push(kind)
  }

  finish(nameOf: (name: number) => string): void {
    const texts = new Map<number, string>()
    const textOf = (kind: number): string => {
      const ms = Math.floor(kind / CAUSE_NAME_LIMIT)
      const after = nameOf(kind % CAUSE_NAME_LIMIT)
      return JSON.stringify(ms === 0 ? { after } : { after, ms })
    }
    for (let i = 0; i < this.#positions.length; i++) {
      const [position, madeNs, kind] = [this.#positions[i], this.#madeNs[i], this.#kinds[i]]
      let text = texts.get(kind)
      if (text === undefined) texts.set(kind, (text = textOf(kind)))
      this.#builder.setArgs(this.#thread, position, text)
      if (Number.isNaN(madeNs)) continue
      const key = `cause ${this.#thread} ${i}`
      this.#builder.addFlow(key, this.#thread, madeNs)
      this.#builder.addFlowToSlice(key, this.#thread, position)
    }
  }
}
