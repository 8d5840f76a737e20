import { signal } from '@preact/signals'
import type { FlameContent, Flamegraph, SvgOptions } from '@tracer/flamegraph'

/** A flamegraph on the page, and how it looks. */
export interface ShownFlamegraph {
  readonly graph: Flamegraph
  readonly content: FlameContent
  readonly settings: Pick<SvgOptions, 'colorBy' | 'side' | 'change' | 'direction'>
}

/** The one that is on the page: what is exported as a picture. */
export const shownFlamegraph = signal<ShownFlamegraph | undefined>(undefined)
