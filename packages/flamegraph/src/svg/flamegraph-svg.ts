import { count, counted, duration, Markup } from '@tracer/text-format'
import type { ThemeName } from '../color/palette.js'
import { cutText, fittedLabel } from '../layout/fitted-text.js'
import { layoutOf, rowsOf, type FrameBox, type Layout, type MarkBox } from '../layout/layout.js'
import type { Direction } from '../page/geometry.js'
import type { FlameContent, ViewOptions } from '../view/content.js'
import { viewOf, type FlameView, type FrameFacts } from '../view/flame-view.js'
import { summaryOf } from '../view/summary.js'
import { markFacts } from '../view/mark-facts.js'
import { cellsWidth } from './cells.js'
import { ColorClasses, FIXED_STYLE } from './svg-style.js'
import script from './svg-script.js?script'
import { xml } from './xml.js'

/** How {@link flamegraphSvg} draws. */
export interface SvgOptions extends ViewOptions {
  /** Heading. */
  readonly title?: string | undefined
  /** In pixels: 1,200 unless given. */
  readonly width?: number | undefined
  /** In pixels, 0.5 unless given: what is narrower is put together with its neighbours. */
  readonly minWidth?: number | undefined
  /** `auto`, which follows the reader's preference, unless given. */
  readonly theme?: ThemeName | 'auto' | undefined
  /** `icicle` unless given. */
  readonly direction?: Direction | undefined
  /** Whether a script lets one zoom and search where scripts run: true unless given. */
  readonly interactive?: boolean | undefined
  /** The most frames; `minWidth` grows until there are no more: 10,000 unless given. */
  readonly frames?: number | undefined
}

const ROW = 17
const GAP = 1
const MARGIN = 10
const HEAD = 58
const FOOT = 28
const PADDING = 4
const LEAST_NAMED = 22
/** Deeper levels would make a picture that nothing can show. */
const MOST_ROWS = 2000
const MOST_TITLE = 200
const MOST_ENTRY = 30

/** A flamegraph as the text of an SVG document, which needs nothing else. */
export function flamegraphSvg(content: FlameContent, options: SvgOptions = {}): string {
  const { width = 1200, theme = 'auto', direction = 'icicle', interactive = true, title = 'Flamegraph' } = options
  const view = viewOf(content, options)
  const layout = boundedLayout(view, width - 2 * MARGIN, options)
  const rows = Math.max(1, rowsOf(layout))
  const height = HEAD + rows * ROW + FOOT
  const topOf = (row: number): number => HEAD + (direction === 'icicle' ? row : rows - 1 - row) * ROW
  const classes = new ColorClasses()
  const boxes = layout.boxes.map((box) =>
    box.kind === 'frame'
      ? frame(view, box, topOf(box.row), classes)
      : mark(view, box, [topOf(box.row), topOf(Math.min(box.lastRow, rows - 1))]),
  )
  const legend = legendOf(view, classes, width)
  const heading = cutText(title, MOST_TITLE)
  const body = xml`<rect class="ground" width="100%" height="100%"/>
<text class="title" x="${MARGIN}" y="24">${heading}</text>
<text class="sub faint" x="${MARGIN}" y="44">${summaryOf(content)}</text>
${legend}<g id="frames">
${boxes}</g>
<text id="note" class="sub faint" x="${MARGIN}" y="${height - 10}">${leftOut(layout, view)}</text>
${interactive ? controls(width) : undefined}`
  const style = `${FIXED_STYLE}${classes.styleFor(theme)}`
  return xml`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="label">
<title id="label">${heading}</title>
<style>${new Markup(style)}</style>
<defs><pattern id="gone" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke-width="2.5" opacity=".45"/></pattern></defs>
${body}${interactive ? new Markup(`<script><![CDATA[${script}]]></script>\n`) : undefined}</svg>
`.text
}

function boundedLayout(view: FlameView, width: number, { minWidth = 0.5, frames = 10_000 }: SvgOptions): Layout {
  const { tree, deepest } = view
  for (let least = minWidth; ; least *= 2) {
    const layout = layoutOf(tree, deepest, { from: 0, to: tree.extent, width, minWidth: least, lastRow: MOST_ROWS - 1 })
    // What is wider than all is never left: then there is one mark.
    if (layout.boxes.length <= Math.max(1, frames) || least > width) return layout
  }
}

function frame(view: FlameView, { node, x, width }: FrameBox, top: number, classes: ColorClasses): Markup {
  const color = classes.nameOf((palette) => view.colorOf(node, palette))
  const labels = view.labelsOf(node)
  const shown = width < LEAST_NAMED ? '' : fittedLabel(labels, width - 2 * PADDING, cellsWidth)
  const text = shown === '' ? undefined : xml`<text x="${MARGIN + x + PADDING}" y="${top + 12}">${shown}</text>`
  const rect = (name: string, fill?: string): Markup =>
    xml`<rect class="${name}" x="${MARGIN + x}" y="${top}" width="${gapped(width)}" height="${ROW - GAP}"${fill === undefined ? undefined : xml` fill="${fill}"`}/>`
  const hatch = view.isGone(node) ? rect('hatch', 'url(#gone)') : undefined
  return xml`<g class="f"><title>${titleOf(labels[0], view.factsOf(node))}</title>${rect(color)}${hatch}${text}</g>\n`
}

function mark(view: FlameView, box: MarkBox, [top, last]: readonly [number, number]): Markup {
  const [x, width] = [MARGIN + box.x, Math.max(0.5, box.width)]
  const rect = xml`<rect x="${x}" y="${top}" width="${width}" height="${ROW - GAP}"/>`
  const facts = markFacts(view.tree, box)
  const below = xml`<rect class="below" x="${x}" y="${Math.min(top, last)}" width="${width}" height="${Math.abs(last - top) + ROW - GAP}"/>`
  return xml`<g class="m"><title>${titleOf(facts.name, facts)}</title>${last === top ? undefined : below}${rect}</g>\n`
}

function titleOf(label: string, { place, rows }: FrameFacts): string {
  return [label, ...(place === '' ? [] : [place]), ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n')
}

function gapped(width: number): number {
  return width > 3 ? width - GAP : width
}

/** What the picture does not show. */
function leftOut(layout: Layout, { tree, gone }: FlameView): string {
  const narrow = layout.boxes.reduce((sum, box) => sum + (box.kind === 'mark' ? box.end - box.node : 0), 0)
  const goneNs = gone.reduce((sum, { totalNs }) => sum + totalNs, 0)
  const parts = [
    ...(narrow > 0 ? [`${counted(narrow, 'path')} narrower than ${layout.minWidth} px: grey marks`] : []),
    ...(gone.length > 0 ? [`${counted(gone.length, 'path')} gone, ${duration(goneNs)} before`] : []),
    ...(tree.levels > MOST_ROWS ? [`${count(tree.levels - MOST_ROWS)} deeper levels are left out`] : []),
  ]
  return parts.join('; ')
}

/** On the second line, as much as there is room for. */
function legendOf({ legend, tree }: FlameView, classes: ColorClasses, width: number): Markup | undefined {
  if (tree.length === 0 || legend.entries.length === 0) return undefined
  let x = 330
  const entries = legend.entries.map(({ name, colorOf, isHatched }) => {
    // The end of a path tells more than its beginning.
    const text = name.length > MOST_ENTRY ? `…${name.slice(1 - MOST_ENTRY)}` : name
    const at = x
    x += 12 + 6 + cellsWidth(text) + 14
    if (x > width) return xml``
    const hatch =
      isHatched === true ? xml`<rect x="${at}" y="35" width="11" height="11" rx="2" fill="url(#gone)"/>` : undefined
    return xml`<rect class="${classes.nameOf(colorOf)}" x="${at}" y="35" width="11" height="11" rx="2"/>${hatch}<text class="faint" x="${at + 16}" y="44">${text}</text>`
  })
  return xml`<g class="legend">${entries}</g>\n`
}

function controls(width: number): Markup {
  return xml`<text id="reset" class="sub button hidden" x="${width - 130}" y="24" text-anchor="end" role="button">Show all</text>
<text id="search" class="sub button hidden" x="${width - MARGIN}" y="24" text-anchor="end" role="button">Search</text>
`
}
