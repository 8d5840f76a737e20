import type { TimelineModel } from './model.js'
import { kept, panned, timeAt, wholeView, type TimeRange } from './view.js'

/** A view that shows as good as everything has no window to take hold of. */
const ALMOST_ALL = 0.98

/** The pointer on the minimap: it drags the window of the view, or draws a new one outside of it. */
export class MinimapGrip {
  #atNs = 0
  #hasWindow = false

  /** The pointer goes down; outside of the window, that comes to it. */
  take({ view, bounds, width }: TimelineModel, x: number): TimeRange | undefined {
    const whole = wholeView(bounds)
    const span = view.toNs - view.fromNs
    const isPart = span < ALMOST_ALL * (whole.toNs - whole.fromNs)
    const atNs = timeAt(x, whole, width)
    this.#hasWindow = isPart && atNs >= view.fromNs && atNs <= view.toNs
    this.#atNs = this.#hasWindow ? atNs - view.fromNs : atNs
    return isPart && !this.#hasWindow ? panned(view, atNs - span / 2 - view.fromNs, bounds) : undefined
  }

  /** The pointer moves, from where it went down to where it is. */
  drag({ view, bounds, width }: TimelineModel, fromX: number, toX: number): TimeRange | undefined {
    const atNs = timeAt(toX, wholeView(bounds), width)
    if (this.#hasWindow) return panned(view, atNs - this.#atNs - view.fromNs, bounds)
    if (Math.abs(toX - fromX) < 4) return undefined
    return kept({ fromNs: Math.min(this.#atNs, atNs), toNs: Math.max(this.#atNs, atNs) }, bounds)
  }
}
