import type { Trace } from '@tracer/core'
import { blended, colorOf, type Color } from './pixels.js'
import type { SiteColors } from './site-colors.js'
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
  /** By trace and site: slices that are a mark only, with more contrast. */
  readonly mark: readonly Uint32Array[]
  /** By trace and site: what a search did not find. */
  readonly dimmed: readonly Uint32Array[]
}

/** `colors` has those of each trace. */
export function paintsOf(theme: Theme, traces: readonly Trace[], colors: readonly SiteColors[]): Paints {
  const background = colorOf(theme.background)
  const shades = theme.slices.map((category) => category.map(colorOf))
  const marks = theme.marks.map(colorOf)
  const others = theme.slices.length - 1
  const bySite = (paint: (category: number, shade: number) => Color): Uint32Array[] =>
    traces.map(({ sites }, trace) => {
      const { category, shade } = colors[trace]
      return Uint32Array.from(sites, (_, site) => paint(category[site] < 0 ? others : category[site], shade[site]))
    })
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
    fill: bySite((category, shade) => shades[category][shade]),
    mark: bySite((category) => marks[category]),
    dimmed: bySite((category, shade) => blended(background, shades[category][shade], 70)),
  }
}
