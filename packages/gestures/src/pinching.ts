import { pinchOf, type Pinch } from './pinch.js'
import { pointIn, type Point } from './point.js'

/** Tells two fingers on an element from one, and each of their moves, until the signal says to stop. */
export class Pinching {
  readonly #fingers = new Map<number, Point>()
  /** Fingers that took part in a pinch: what they do after it is no click. */
  readonly #pinched = new Set<number>()

  constructor(target: HTMLElement, onPinch: (pinch: Pinch) => void, signal: AbortSignal) {
    const lift = ({ pointerId }: PointerEvent): void => {
      this.#fingers.delete(pointerId)
      if (this.#fingers.size === 0) this.#pinched.clear()
    }
    target.addEventListener(
      'pointerdown',
      (event) => {
        if (event.pointerType !== 'touch') return
        this.#fingers.set(event.pointerId, pointIn(target, event))
        if (this.isActive) for (const id of this.#fingers.keys()) this.#pinched.add(id)
      },
      { signal },
    )
    target.addEventListener(
      'pointermove',
      (event) => {
        if (!this.#fingers.has(event.pointerId)) return
        const before = [...this.#fingers.values()]
        this.#fingers.set(event.pointerId, pointIn(target, event))
        if (this.isActive) onPinch(pinchOf(before, [...this.#fingers.values()]))
      },
      { signal },
    )
    // Others that hear of it on the way up ask whether it was a pinch.
    window.addEventListener('pointerup', lift, { signal })
    window.addEventListener('pointercancel', lift, { signal })
  }

  /** Whether two fingers, no more, are down. */
  get isActive(): boolean {
    return this.#fingers.size === 2
  }

  /** Whether a finger is, or was since it came down, one of two. */
  has(pointerId: number): boolean {
    return this.#pinched.has(pointerId)
  }
}
