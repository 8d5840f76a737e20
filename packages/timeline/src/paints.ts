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

/** How much of its colour a span keeps, of 256. */
const SPAN_STRENGTH = 170

/** `colors` has those of each trace. */
export function paintsOf(theme: Theme, traces: readonly Trace[], colors: readonly SiteColors[]): Paints {
  const background = colorOf(theme.background)
  const shades = theme.slices.map((category) => category.map(colorOf))
  const marks = theme.marks.map(colorOf)
  const others = theme.slices.length - 1
  // Spans are no calls: they stand back a little, and a function of their colour is not taken for theirs.
  const pale = shades.map((category) => category.map((color) => blended(background, color, SPAN_STRENGTH)))
  const bySite = (paint: (from: readonly (readonly Color[])[], category: number, shade: number) => Color) =>
    traces.map(({ sites }, trace) => {
      const { category, shade } = colors[trace]
      return Uint32Array.from(sites, ({ kind }, site) =>
        paint(kind === 'async-span' ? pale : shades, category[site] < 0 ? others : category[site], shade[site]),
      )
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
    fill: bySite((from, category, shade) => from[category][shade]),
    mark: bySite((_, category) => marks[category]),
    dimmed: bySite((from, category, shade) => blended(background, from[category][shade], 70)),
  }
}
