import type { SliceIndex, TrackIndex } from '@tracer/core'

/** What can be selected: a slice, an instant or a sample, by its place in the traces shown. */
export type Selection = SelectedSlice | SelectedInstant | SelectedSample

/** A slice of one track. */
export interface SelectedSlice {
  readonly kind: 'slice'
  /** Position in the traces shown. */
  readonly trace: number
  readonly track: TrackIndex
  readonly slice: SliceIndex
}

/** An instant, by its position among those of its thread. */
export interface SelectedInstant {
  readonly kind: 'instant'
  readonly trace: number
  readonly track: TrackIndex
  readonly instant: number
}

/** A value of a counter, by its position in its track. */
export interface SelectedSample {
  readonly kind: 'sample'
  readonly trace: number
  readonly track: TrackIndex
  readonly sample: number
}

export function isSame(a: Selection | undefined, b: Selection | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.kind === b.kind && a.trace === b.trace && a.track === b.track && positionOf(a) === positionOf(b)
}

/** Its position in the table that holds it. */
function positionOf(selection: Selection): number {
  switch (selection.kind) {
    case 'slice':
      return selection.slice
    case 'instant':
      return selection.instant
    case 'sample':
      return selection.sample
  }
}
