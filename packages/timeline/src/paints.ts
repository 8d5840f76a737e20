import type { Trace } from '@tracer/core'
import { blended, colorOf, type Color } from './pixels.js'
import { siteColors, type ColorBy } from './site-colors.js'
import type { Theme } from './theme.js'

/** The colours of a theme as numbers, and those of each function. */
export interface Paints {
  readonly background: Color
  readonly band: Color
  readonly line: Color
  readonly grid: Color
  readonly drop: Color
  readonly counter: Color
  readonly counterFill: Color
  readonly instant: Color
  readonly match: Color
  /** By trace and site: the fill of a slice. */
  readonly fill: readonly Uint32Array[]
  /** By trace and site: a slice that is a mark only, with more contrast. */
  readonly mark: readonly Uint32Array[]
  readonly dimmed: readonly Uint32Array[]
}

export function paintsOf(theme: Theme, traces: readonly Trace[], by: ColorBy): Paints {
  const background = colorOf(theme.background)
  const palette = theme.slices.map(colorOf)
  const text = colorOf(theme.text)
  const shades = (shade: (color: Color) => Color): Uint32Array[] => {
    const shaded = palette.map(shade)
    return traces.map(({ sites }) => Uint32Array.from(siteColors(sites, by, palette.length), (at) => shaded[at]))
  }
  return {
    background,
    band: colorOf(theme.band),
    line: colorOf(theme.line),
    grid: colorOf(theme.grid),
    drop: colorOf(theme.drop),
    counter: colorOf(theme.counter),
    counterFill: blended(background, colorOf(theme.counter), 60),
    instant: colorOf(theme.instant),
    match: colorOf(theme.match),
    fill: shades((color) => color),
    mark: shades((color) => blended(color, text, 100)),
    dimmed: shades((color) => blended(background, color, 70)),
  }
}
