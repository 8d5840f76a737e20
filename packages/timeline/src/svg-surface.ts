import type { Color } from './pixels.js'
import type { Surface } from './surface.js'

/** Collects what is painted as shapes of an SVG. */
export class SvgSurface implements Surface {
  readonly width: number
  readonly height: number
  readonly #line: Uint32Array
  readonly #background: Color
  readonly #shapes: string[] = []

  constructor(width: number, height: number, background: Color) {
    this.width = width
    this.height = height
    this.#background = background
    this.#line = new Uint32Array(width)
  }

  line(): Uint32Array {
    return this.#line
  }

  /** A rectangle for each stretch of one colour. */
  stamp(line: Uint32Array, top: number, bottom: number): void {
    for (let from = 0; from < this.width;) {
      let to = from + 1
      while (to < this.width && line[to] === line[from]) to++
      if (line[from] !== this.#background) this.rect(from, top, to, bottom, line[from])
      from = to
    }
  }

  rect(left: number, top: number, right: number, bottom: number, color: Color): void {
    this.#add(left, top, right, bottom, `fill="${hexOf(color)}"`)
  }

  hatch(left: number, top: number, right: number, bottom: number, color: Color): void {
    this.#add(left, top, right, bottom, `fill="${hexOf(color)}" fill-opacity="0.12"`)
    this.#add(left, top, right, bottom, 'fill="url(#lost)"')
  }

  /** All shapes as markup; those of a pattern `lost` have to be there. */
  markup(): string {
    return this.#shapes.join('\n')
  }

  #add(left: number, top: number, right: number, bottom: number, paint: string): void {
    const [x, y] = [Math.max(0, left), Math.max(0, top)]
    const [width, height] = [Math.min(right, this.width) - x, Math.min(bottom, this.height) - y]
    if (width > 0 && height > 0) {
      this.#shapes.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" ${paint}/>`)
    }
  }
}

/** A colour as `#rrggbb`. */
function hexOf(color: Color): string {
  const value = ((color & 0xff) << 16) | (color & 0xff00) | ((color >>> 16) & 0xff)
  return `#${value.toString(16).padStart(6, '0')}`
}
