import type { Point } from './point.js'

/** Two fingers that moved: where the middle between them is now, how far it came, and how much is shown of what was. */
export interface Pinch {
  /** CSS pixels from the left of the element. */
  readonly x: number
  readonly movedX: number
  readonly movedY: number
  /** Below 1 when the fingers went apart. */
  readonly factor: number
}

/** Fingers closer than that say nothing of how much to zoom. CSS pixels. */
const LEAST_APART = 20

/** What two fingers mean that went from `a` and `b` to `c` and `d`. */
export function pinchOf([a, b]: readonly Point[], [c, d]: readonly Point[]): Pinch {
  const apart = (one: Point, other: Point): number =>
    Math.max(LEAST_APART, Math.hypot(one.x - other.x, one.y - other.y))
  return {
    x: (c.x + d.x) / 2,
    movedX: (c.x + d.x - a.x - b.x) / 2,
    movedY: (c.y + d.y - a.y - b.y) / 2,
    factor: apart(a, b) / apart(c, d),
  }
}
