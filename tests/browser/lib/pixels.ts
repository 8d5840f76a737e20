import type { Locator, Page } from 'playwright-core'
import { PNG } from 'pngjs'

/** Red, green, blue and opacity, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/** What a person sees: a screenshot, by pixel. */
export class Pixels {
  readonly width: number
  readonly height: number
  readonly #data: Uint8Array

  constructor(png: Uint8Array) {
    const image = PNG.sync.read(Buffer.from(png))
    this.width = image.width
    this.height = image.height
    this.#data = image.data
  }

  at(x: number, y: number): Colour {
    const offset = (y * this.width + x) * 4
    const channel = (index: number): number => this.#data[offset + index] ?? 0
    return [channel(0), channel(1), channel(2), channel(3)]
  }

  /** How many pixels are of a colour that differs by at most `tolerance` in each channel. */
  count(colour: Colour, tolerance = 0): number {
    return this.countWhere((other) =>
      other.every((value, index) => Math.abs(value - (colour[index] ?? 0)) <= tolerance),
    )
  }

  countWhere(matches: (colour: Colour, x: number, y: number) => boolean): number {
    let found = 0
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) if (matches(this.at(x, y), x, y)) found += 1
    }
    return found
  }

  /** How many pixels are not as in a picture of the same size; all, when the sizes differ. */
  difference(other: Pixels): number {
    if (other.width !== this.width || other.height !== this.height) return this.width * this.height
    return this.countWhere((colour, x, y) => other.at(x, y).some((value, index) => value !== colour[index]))
  }

  /** The colours in use, commonest first, as `#rrggbb`. */
  colours(): string[] {
    const counts = new Map<string, number>()
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) {
        const name = hex(this.at(x, y))
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name)
  }
}

/** The pixels of a page, or of one element on it such as a canvas. */
export async function pixelsOf(target: Page | Locator): Promise<Pixels> {
  return new Pixels(await target.screenshot({ animations: 'disabled' }))
}

function hex([red, green, blue]: Colour): string {
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
