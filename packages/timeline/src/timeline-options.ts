import type { Trace } from '@tracer/core'
import type { ShownFlows } from './arrows.js'
import type { LayoutState } from './layout.js'
import type { SlicePlace } from './nearby-slices.js'
import type { Selection } from './selection.js'
import type { ColorBy, SiteColors } from './site-colors.js'
import type { ThemeName } from './theme.js'
import type { GivenIndex } from './track-store.js'
import type { TimeRange } from './view.js'

/** What is on the screen: a stretch of time, and how far down the rows are scrolled, in CSS pixels. */
export interface TimelineView extends TimeRange {
  readonly scrollTop: number
}

/** A point in the window, for something to be shown beside it. */
export interface ClientPoint {
  readonly x: number
  readonly y: number
}

/** What is known of cause and effect besides flows and runs. */
export interface FurtherLinks {
  causeOf(trace: Trace, place: SlicePlace): SlicePlace | undefined
  effectOf(trace: Trace, place: SlicePlace): SlicePlace | undefined
}

/** How a timeline looks, and whom it tells. */
export interface TimelineOptions {
  readonly theme?: ThemeName
  /** The coarsest that tells something, unless it says otherwise. */
  readonly colorBy?: ColorBy | undefined
  /** Which flows are drawn as arrows; those of the selected slice unless it says otherwise. */
  readonly flows?: ShownFlows
  /** What else set a slice going, or was set going by it: asked where no arrow and no other run leads on. */
  readonly further?: FurtherLinks | undefined
  readonly onSelect?: (selection: Selection | undefined) => void
  readonly onHover?: (target: Selection | undefined, point: ClientPoint) => void
  /** A measured range, once it is drawn, or undefined when it is taken away. */
  readonly onRange?: (range: TimeRange | undefined) => void
  /** At most once a frame. */
  readonly onViewChange?: (view: TimelineView) => void
  readonly onLayoutChange?: (layout: LayoutState) => void
}

/** What else may be given with traces. */
export interface ShowOptions {
  /** What several traces are called. */
  readonly names?: readonly string[]
  /** At least this much of time is there to be seen: so that several timelines can have the same scale. */
  readonly bounds?: TimeRange | undefined
  /** Colours of the functions of each trace, in place of those by `colorBy`: so that other pictures can have the same. */
  readonly colors?: readonly SiteColors[]
  /** Indexes that were made in a worker; the others are made when they are needed. */
  readonly indexes?: readonly GivenIndex[]
}
