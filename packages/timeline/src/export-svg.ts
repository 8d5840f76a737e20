import { arrowsOf, type Link } from './arrows.js'
import type { Highlight } from './highlight.js'
import type { Label, TextFitter } from './labels.js'
import { rowsBetween } from './layout.js'
import type { TimelineModel } from './model.js'
import { boxOf, labelColor } from './overlay.js'
import { baseText, rulerOf, RULER_HEIGHT } from './overview.js'
import { ScenePainter } from './paint-scene.js'
import type { Paints } from './paints.js'
import { formatDuration } from './ruler.js'
import { SvgSurface } from './svg-surface.js'
import type { Theme } from './theme.js'
import { xOf } from './view.js'

/** What goes into the picture besides the model. */
export interface SvgOptions {
  readonly theme: Theme
  readonly paints: Paints
  readonly highlight: Highlight | undefined
  readonly links: readonly Link[]
  readonly fitter: TextFitter
  /** Width of the names of the rows, in CSS pixels. */
  readonly headers: number
}

/** Half a pixel is as fine as a slice is told apart. */
const SCALE = 2
const FAMILY = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"

/** What is seen now as an SVG: ruler, names and rows. */
export function viewSvg(model: TimelineModel, options: SvgOptions): string {
  const { theme, paints, highlight, links, headers } = options
  const { width, height, layout, view, scrollTop } = model
  const ruler = rulerOf(view, width)
  const gridNs = ruler.ticks.flatMap(({ timeNs, label }) => (label === undefined ? [] : [timeNs]))
  const surface = new SvgSurface(Math.round(width * SCALE), Math.round(height * SCALE), paints.background)
  const size = { width: surface.width, height: surface.height, ratio: SCALE }
  const labels = new ScenePainter().paint(surface, { ...model.place, ...size, paints, highlight, gridNs })
  const arrows = arrowsOf(model, links)
  const box = model.selection === undefined ? undefined : boxOf(model, model.selection)
  const { from, to } = rowsBetween(layout.rows, scrollTop, scrollTop + height - layout.pinnedHeight)
  const names = [
    ...layout.pinned.map((row) => ({ row, y: row.top })),
    ...layout.rows.slice(from, to).map((row) => ({ row, y: row.top + layout.pinnedHeight - scrollTop })),
  ].filter(({ y }) => y > -14)
  const text = (x: number, y: number, fill: string, content: string, more = ''): string =>
    `<text x="${round(x)}" y="${round(y)}" fill="${fill}"${more}>${escaped(content)}</text>`

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${headers + width}" height="${RULER_HEIGHT + height}" font-family="${FAMILY}" font-size="11" dominant-baseline="central">`,
    `<defs><clipPath id="names"><rect width="${headers - 6}" height="${height}"/></clipPath><clipPath id="rows"><rect width="${width}" height="${height}"/></clipPath>`,
    `<pattern id="lost" width="9" height="9" patternTransform="rotate(45) scale(${SCALE})" patternUnits="userSpaceOnUse"><rect width="3" height="9" fill="${theme.drop}" fill-opacity="0.5"/></pattern></defs>`,
    `<rect width="100%" height="100%" fill="${theme.background}"/><rect width="${headers}" height="100%" fill="${theme.panel}"/>`,
    `<g transform="translate(${headers} 0)">`,
    ruler.baseNs === 0 ? '' : text(-8, 12, theme.faint, baseText(ruler.baseNs), ' text-anchor="end"'),
    ...ruler.ticks.flatMap(({ timeNs, label }) =>
      label === undefined ? [] : [text(xOf(timeNs, view, width) + 4, 12, theme.faint, label)],
    ),
    `</g><g transform="translate(0 ${RULER_HEIGHT})" clip-path="url(#names)">`,
    ...names.map(({ row, y }) => text(12 + row.indent * 12, y + 13, theme.text, row.node.name.slice(0, 80))),
    `</g><g transform="translate(${headers} ${RULER_HEIGHT})" clip-path="url(#rows)"><g transform="scale(${1 / SCALE})" shape-rendering="crispEdges">`,
    surface.markup(),
    '</g>',
    ...[...labels.scrolled.filter(({ middle }) => middle > layout.pinnedHeight), ...labels.pinned].flatMap((label) =>
      labelMarkup(label, options),
    ),
    box === undefined
      ? ''
      : `<rect x="${round(box.left)}" y="${round(box.top)}" width="${round(box.width)}" height="${round(box.height)}" fill="none" stroke="${theme.accent}" stroke-width="2"/>`,
    ...arrows.map(({ fromX, fromY, toX, toY, isRun }) => {
      const bend = Math.min(120, Math.max(16, Math.abs(toX - fromX) / 2, Math.abs(toY - fromY) / 3))
      const curve = `M${round(fromX)} ${round(fromY)}C${round(fromX + bend)} ${round(fromY)} ${round(toX - bend)} ${round(toY)} ${round(toX)} ${round(toY)}`
      return `<path d="${curve}" fill="none" stroke="${isRun ? theme.faint : theme.arrow}" stroke-width="1.5"${isRun ? ' stroke-dasharray="4 3"' : ''}/>`
    }),
    '</g></svg>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function labelMarkup(label: Label, { theme, fitter }: SvgOptions): string[] {
  const name = label.name.slice(0, 500)
  const width = label.right - label.left - 8
  const fitted = fitter.fit(name, width)
  if (fitted === '') return []
  const fill = labelColor(label, theme)
  const opacity = label.isDimmed ? ' opacity="0.45"' : ''
  const title = Number.isNaN(label.durationNs) ? name : `${name} ${formatDuration(label.durationNs)}`
  return [
    `<text x="${round(label.left + 5)}" y="${round(label.middle)}" fill="${fill}"${opacity}>${escaped(fitted)}<title>${escaped(title)}</title></text>`,
  ]
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** Text for XML, which has no place for control characters and halves of pairs. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
