/** A colour by how it is seen: lightness from 0 to 1, green to red, blue to yellow. */
export type Oklab = readonly [lightness: number, a: number, b: number]

/** Red, green and blue as amounts of light, from 0 to 1. */
export type Light = readonly [red: number, green: number, blue: number]

/** Amounts of light of a colour such as `#8fb8e8`. */
export function lightOf(hex: string): Light {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function hexOf(light: Light): string {
  const channel = (amount: number): string => {
    const cut = Math.min(1, Math.max(0, amount))
    const value = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${light.map(channel).join('')}`
}

// Björn Ottosson, https://bottosson.github.io/posts/oklab/

export function oklabOf([red, green, blue]: Light): Oklab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function lightOfOklab([lightness, a, b]: Oklab): Light {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** A colour between two: the first at 0, the second at 1. */
export function mixed(first: string, second: string, share: number): string {
  const [from, to] = [oklabOf(lightOf(first)), oklabOf(lightOf(second))]
  const between = (channel: 0 | 1 | 2): number => from[channel] + (to[channel] - from[channel]) * share
  return hexOf(lightOfOklab([between(0), between(1), between(2)]))
}

/** The same colour, lighter or darker. */
export function shaded(hex: string, by: number): string {
  const [lightness, a, b] = oklabOf(lightOf(hex))
  return hexOf(lightOfOklab([lightness + by, a, b]))
}
