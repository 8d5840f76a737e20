import type { Surface } from './surface.js'

/** A colour as a canvas keeps it: alpha, blue, green, red from the highest byte down. */
export type Color = number

/** `#rrggbb` as a number, opaque. */
export function colorOf(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16)
  return (0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >>> 16)) >>> 0
}

/** `over` on top of `under`, with an opacity of 0 to 256; both opaque. */
export function blended(under: Color, over: Color, opacity: number): Color {
  // With a fraction, one channel would run over into the next.
  const whole = opacity | 0
  const keep = 256 - whole
  const redBlue = (((under & 0xff00ff) * keep + (over & 0xff00ff) * whole) >>> 8) & 0xff00ff
  const green = (((under & 0xff00) * keep + (over & 0xff00) * whole) >>> 8) & 0xff00
  return (0xff000000 | redBlue | green) >>> 0
}

/** A picture in memory, in device pixels. What lies outside is cut off. */
export class Pixels implements Surface {
  readonly width: number
  readonly height: number
  readonly data: Uint32Array<ArrayBuffer>
  readonly #line: Uint32Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.data = new Uint32Array(width * height)
    this.#line = new Uint32Array(width)
  }

  line(): Uint32Array {
    return this.#line
  }

  stamp(line: Uint32Array, top: number, bottom: number): void {
    const to = Math.min(bottom, this.height)
    for (let y = Math.max(0, top); y < to; y++) this.data.set(line, y * this.width)
  }

  rect(left: number, top: number, right: number, bottom: number, color: Color): void {
    const [fromX, toX] = [Math.max(0, left), Math.min(this.width, right)]
    const toY = Math.min(bottom, this.height)
    if (fromX >= toX) return
    if (toX - fromX === 1) {
      // Counters are made of these, and a fill costs more than a pixel.
      for (let at = Math.max(0, top) * this.width + fromX; at < toY * this.width; at += this.width) {
        this.data[at] = color
      }
      return
    }
    for (let y = Math.max(0, top); y < toY; y++) this.data.fill(color, y * this.width + fromX, y * this.width + toX)
  }

  /** A third of each stripe is coloured. */
  hatch(left: number, top: number, right: number, bottom: number, color: Color, period: number): void {
    const [fromX, toX] = [Math.max(0, left), Math.min(this.width, right)]
    const toY = Math.min(bottom, this.height)
    for (let y = Math.max(0, top); y < toY; y++) {
      for (let x = fromX; x < toX; x++) {
        const at = y * this.width + x
        const isStripe = (x + y) % period < period / 3
        this.data[at] = blended(this.data[at], color, isStripe ? 130 : 30)
      }
    }
  }
}
