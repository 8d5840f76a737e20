/** The part of the time axis that is seen, in nanoseconds of the trace. */
export interface TimeRange {
  readonly fromNs: number
  readonly toNs: number
}

/** Ten nanoseconds over the whole width: a nanosecond is as wide as a word. */
const LEAST_SPAN_NS = 10

/** How much of the bounds is left free on either side, so that the first and last slice are not at the edge. */
const MARGIN = 0.01

/** The bounds with some air around them; never empty. */
export function wholeView(bounds: TimeRange): TimeRange {
  const span = Math.max(bounds.toNs - bounds.fromNs, LEAST_SPAN_NS)
  return { fromNs: bounds.fromNs - span * MARGIN, toNs: bounds.fromNs + span * (1 + MARGIN) }
}

/** The view scaled by `factor` (below 1 shows less) around `anchorNs`, which keeps its place. */
export function zoomed(view: TimeRange, factor: number, anchorNs: number, bounds: TimeRange): TimeRange {
  const span = view.toNs - view.fromNs
  const whole = wholeView(bounds)
  const wanted = Math.min(Math.max(span * factor, LEAST_SPAN_NS), whole.toNs - whole.fromNs)
  const fromNs = anchorNs - ((anchorNs - view.fromNs) / span) * wanted
  return kept({ fromNs, toNs: fromNs + wanted }, bounds)
}

export function panned(view: TimeRange, byNs: number, bounds: TimeRange): TimeRange {
  return kept({ fromNs: view.fromNs + byNs, toNs: view.toNs + byNs }, bounds)
}

/** A view that shows `range` with air around it. */
export function fitting(range: TimeRange, bounds: TimeRange, air = 0.25): TimeRange {
  const span = Math.max(range.toNs - range.fromNs, LEAST_SPAN_NS / 2)
  const middle = range.fromNs + (range.toNs - range.fromNs) / 2
  const half = Math.max((span / 2) * (1 + 2 * air), LEAST_SPAN_NS / 2)
  return kept({ fromNs: middle - half, toNs: middle + half }, bounds)
}

/** The view moved, and if need be shrunk, so that it lies within the bounds. What is no range becomes the whole. */
export function kept(view: TimeRange, bounds: TimeRange): TimeRange {
  const whole = wholeView(bounds)
  const span = view.toNs - view.fromNs
  if (!(span > 0) || !Number.isFinite(span) || span >= whole.toNs - whole.fromNs) return whole
  const wanted = Math.max(span, LEAST_SPAN_NS)
  const fromNs = Math.min(Math.max(view.fromNs, whole.fromNs), whole.toNs - wanted)
  return { fromNs, toNs: fromNs + wanted }
}

/** Where a moment is on a width of pixels. */
export function xOf(timeNs: number, view: TimeRange, width: number): number {
  return ((timeNs - view.fromNs) / (view.toNs - view.fromNs)) * width
}

/** Which moment a pixel stands for. */
export function timeAt(x: number, view: TimeRange, width: number): number {
  return view.fromNs + (x / width) * (view.toNs - view.fromNs)
}
