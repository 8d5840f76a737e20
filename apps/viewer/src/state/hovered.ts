import { signal } from '@preact/signals'
import type { ClientPoint, Selection } from '@tracer/timeline'
import type { OpenFile } from './model.js'

/** What the pointer is on in a timeline, and where. */
export interface Hovered extends ClientPoint {
  readonly file: OpenFile
  readonly target: Selection
}

export const hovered = signal<Hovered | undefined>(undefined)
