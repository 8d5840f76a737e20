import type { Nanoseconds } from '@tracer/core'

/** What an event loop did while the program did not run. */
export interface LoopGap {
  /** How often it turned. */
  readonly turns: number
  /** How long it waited for events; the rest is work of Node.js, or of functions that were not recorded. */
  readonly waitedNs: Nanoseconds
}

/** Time in which the program ran, as far as it is known: pauses of less than a millisecond may lie within. */
export interface LoopStay {
  readonly startNs: Nanoseconds
  endNs: Nanoseconds
  /** What lies before it, back to the end of the stay before; undefined where that is not known. */
  readonly before: LoopGap | undefined
  /** It was not over when the recording ended. */
  isUnfinished: boolean
}

/** Puts together when a thread ran its program and when it was in its event loop, of what the thread told. */
export class LoopStays {
  readonly #stays: LoopStay[] = []
  #isOpen = false
  #last: { readonly turns: number; readonly waitedMs: number } | undefined

  /** The program has returned to the loop. */
  left(atNs: Nanoseconds): void {
    const stay = this.#stays.at(-1)
    // The first that is told may be of a stay that was not.
    if (stay === undefined) return
    stay.endNs = Math.max(stay.startNs, atNs)
    this.#isOpen = false
  }

  /** The loop has come to the program again; until then it had turned and waited so much in all. */
  back(atNs: Nanoseconds, turns: number, waitedMs: number): void {
    const last = this.#last
    if (this.#isOpen) this.left(atNs)
    const startNs = Math.max(atNs, this.#stays.at(-1)?.endNs ?? atNs)
    const before = last && { turns: turns - last.turns, waitedNs: (waitedMs - last.waitedMs) * NS_PER_MS }
    this.#stays.push({ startNs, endNs: startNs, before, isUnfinished: false })
    this.#last = { turns, waitedMs }
    this.#isOpen = true
  }

  /** Nothing was recorded for a time. */
  interrupt(): void {
    this.#isOpen = false
    this.#last = undefined
  }

  /**
   * All of them, the last one up to the last slice, or to the one that was still open, if nobody told its end. None
   * of a thread that never came to its loop.
   */
  finish(lastEndNs: Nanoseconds, openSinceNs: Nanoseconds | undefined): readonly LoopStay[] {
    if (this.#isOpen) {
      this.left(lastEndNs)
      if (openSinceNs !== undefined) this.#addUnfinished(openSinceNs)
    }
    return this.#stays.some((stay, i) => i > 0 && comesFromLoop(stay)) ? this.#stays : []
  }

  #addUnfinished(startNs: Nanoseconds): void {
    const stay = this.#stays[this.#stays.length - 1]
    if (startNs <= stay.startNs) stay.isUnfinished = true
    else this.#stays.push({ startNs: Math.max(startNs, stay.endNs), endNs: NaN, before: undefined, isUnfinished: true })
  }
}

/** Whether the loop has waited for events. */
export function hasWaited({ waitedNs }: LoopGap): boolean {
  return waitedNs >= WAITED_NS
}

/** Whether it lies behind a turn of the loop that counts: at the end of a thread there is one in any case. */
function comesFromLoop({ startNs, endNs, before }: LoopStay): boolean {
  if (before === undefined) return true
  return hasWaited(before) || (before.turns > 0 && endNs > startNs)
}

const NS_PER_MS = 1e6
/** Less is how far two clocks may be apart. */
const WAITED_NS = 5000
