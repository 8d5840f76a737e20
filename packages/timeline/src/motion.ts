import type { TimeRange } from './view.js'

const DURATION_MS = 160

/** A glide from one view to another: the span changes by a constant factor, around the point that both show in the same place. */
export function between(from: TimeRange, to: TimeRange, progress: number): TimeRange {
  if (progress >= 1) return to
  const eased = 1 - (1 - progress) ** 3
  const [span, target] = [from.toNs - from.fromNs, to.toNs - to.fromNs]
  const ratio = target / span
  if (Math.abs(ratio - 1) < 1e-3) {
    const fromNs = from.fromNs + (to.fromNs - from.fromNs) * eased
    return { fromNs, toNs: fromNs + span + (target - span) * eased }
  }
  const anchor = (from.fromNs * target - to.fromNs * span) / (target - span)
  const now = span * ratio ** eased
  const fromNs = anchor - ((anchor - from.fromNs) * now) / span
  return { fromNs, toNs: fromNs + now }
}

/** Moves a view over some frames. */
export class Motion {
  #from: TimeRange | undefined
  #to: TimeRange | undefined
  #startMs = 0

  /** Where the motion ends, while there is one. */
  get target(): TimeRange | undefined {
    return this.#to
  }

  start(from: TimeRange, to: TimeRange, nowMs: number): void {
    this.#from = from
    this.#to = to
    this.#startMs = nowMs
  }

  stop(): void {
    this.#from = this.#to = undefined
  }

  /** The view at a moment, or undefined when nothing moves. */
  at(nowMs: number): TimeRange | undefined {
    if (this.#from === undefined || this.#to === undefined) return undefined
    const progress = Math.max(0, (nowMs - this.#startMs) / DURATION_MS)
    const view = between(this.#from, this.#to, progress)
    if (progress >= 1) this.stop()
    return view
  }
}
