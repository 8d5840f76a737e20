/** Two fingers that moved: where the middle between them is now, how far it came, and how much is shown of what was. */
export interface Pinch {
  /** CSS pixels from the left of the element. */
  readonly x: number
  readonly movedX: number
  readonly movedY: number
  /** Below 1 when the fingers went apart. */
  readonly factor: number
}

interface Finger {
  readonly x: number
  readonly y: number
}

/** Fingers closer than that say nothing of how much to zoom. CSS pixels. */
const LEAST_APART = 20

/** Tells two fingers on an element from one. */
export class Pinching {
  readonly #fingers = new Map<number, Finger>()
  /** Fingers that took part in a pinch: what they do after it is no click. */
  readonly #pinched = new Set<number>()

  constructor(target: HTMLElement, onPinch: (pinch: Pinch) => void, signal: AbortSignal) {
    const placeOf = ({ clientX, clientY }: PointerEvent): Finger => {
      const { left, top } = target.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    }
    const lift = ({ pointerId }: PointerEvent): void => {
      this.#fingers.delete(pointerId)
      if (this.#fingers.size === 0) this.#pinched.clear()
    }
    target.addEventListener(
      'pointerdown',
      (event) => {
        if (event.pointerType !== 'touch') return
        this.#fingers.set(event.pointerId, placeOf(event))
        if (this.isActive) for (const id of this.#fingers.keys()) this.#pinched.add(id)
      },
      { signal },
    )
    target.addEventListener(
      'pointermove',
      (event) => {
        if (!this.#fingers.has(event.pointerId)) return
        const before = [...this.#fingers.values()]
        this.#fingers.set(event.pointerId, placeOf(event))
        if (this.isActive) onPinch(pinchOf(before, [...this.#fingers.values()]))
      },
      { signal },
    )
    // Others that hear of it on the way up ask whether it was a pinch.
    window.addEventListener('pointerup', lift, { signal })
    window.addEventListener('pointercancel', lift, { signal })
  }

  get isActive(): boolean {
    return this.#fingers.size === 2
  }

  /** Whether a finger is, or was since it came down, one of two. */
  has(pointerId: number): boolean {
    return this.#pinched.has(pointerId)
  }
}

function pinchOf([a, b]: readonly Finger[], [c, d]: readonly Finger[]): Pinch {
  const apart = (one: Finger, other: Finger): number =>
    Math.max(LEAST_APART, Math.hypot(one.x - other.x, one.y - other.y))
  return {
    x: (c.x + d.x) / 2,
    movedX: (c.x + d.x - a.x - b.x) / 2,
    movedY: (c.y + d.y - a.y - b.y) / 2,
    factor: apart(a, b) / apart(c, d),
  }
}
