import type { Color } from './pixels.js'

/** What rows are painted on: pixels, or shapes in a file. Lengths in its own pixels; what lies outside is cut off. */
export interface Surface {
  readonly width: number
  readonly height: number
  /** A line to paint on, which `stamp` then repeats downwards. */
  line(): Uint32Array
  stamp(line: Uint32Array, top: number, bottom: number): void
  rect(left: number, top: number, right: number, bottom: number, color: Color): void
  /** Diagonal stripes of `period` pixels. */
  hatch(left: number, top: number, right: number, bottom: number, color: Color, period: number): void
}
