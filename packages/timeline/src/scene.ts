import type { Highlight } from './highlight.js'
import type { Layout } from './layout.js'
import type { Paints } from './paints.js'
import type { TrackStore } from './track-store.js'
import type { TimeRange } from './view.js'

/** All that a picture of the rows depends on. */
export interface Scene {
  readonly store: TrackStore
  readonly layout: Layout
  readonly paints: Paints
  readonly view: TimeRange
  /** How far the rows are scrolled, in CSS pixels. */
  readonly scrollTop: number
  /** Of the picture, in device pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels for each CSS pixel. */
  readonly ratio: number
  readonly highlight: Highlight | undefined
  /** Moments of labelled marks of the ruler. */
  readonly gridNs: readonly number[]
}
