import type { Highlight } from './highlight.js'
import type { Paints } from './paints.js'
import { blended, Pixels } from './pixels.js'
import { ONE_SLICE, RowScanner } from './row-spans.js'
import { formatDuration, formatTime, stepOf, ticksOf, type Tick } from './ruler.js'
import type { Theme } from './theme.js'
import { threadsIn, type TrackNode } from './track-tree.js'
import type { TrackStore } from './track-store.js'
import { FONT } from './overlay.js'
import { timeAt, wholeView, xOf, type TimeRange } from './view.js'

/** Heights in CSS pixels. */
export const MINIMAP_HEIGHT = 36
export const RULER_HEIGHT = 24

/** Labels of the ruler are at least this far apart, in CSS pixels. */
const LABEL_WIDTH = 96
/** From this many steps after zero on, labels count from a moment that is said once. */
const MOST_STEPS = 20_000

/** The marks of the ruler; and the moment from which their labels count, when it is not zero. */
export interface Ruler {
  readonly ticks: readonly Tick[]
  readonly baseNs: number
}

export function rulerOf(view: TimeRange, width: number): Ruler {
  const span = view.toNs - view.fromNs
  const labelNs = (span / Math.max(width, 1)) * LABEL_WIDTH
  const step = stepOf(labelNs)
  const isFar = Math.max(Math.abs(view.fromNs), Math.abs(view.toNs)) / step > MOST_STEPS && step < 1e9
  const coarse = stepOf(span)
  const baseNs = isFar ? Math.floor(view.fromNs / coarse) * coarse : 0
  const ticks = ticksOf({ fromNs: view.fromNs - baseNs, toNs: view.toNs - baseNs }, labelNs).map(
    ({ timeNs, label }) => ({
      timeNs: timeNs + baseNs,
      label: label === undefined || !isFar ? label : label === '0' ? '+0' : label.startsWith('-') ? label : `+${label}`,
    }),
  )
  return { ticks, baseNs }
}

/** The base of a ruler as text, exact to its labels. */
export function baseText(baseNs: number): string {
  return formatTime(baseNs, 1)
}

/** Paints what all threads did, from the first moment to the last; of a search only what it found has colour. */
export function paintMinimap(
  store: TrackStore,
  tree: readonly TrackNode[],
  bounds: TimeRange,
  paints: Paints,
  width: number,
  height: number,
  highlight?: Highlight,
): Pixels {
  const pixels = new Pixels(width, height)
  pixels.rect(0, 0, width, height, paints.band)
  const threads = tree.flatMap(threadsIn).filter((node) => store.levelsOf(node) > 0)
  const shown = threads.slice(0, Math.floor(height / 2))
  if (shown.length === 0) return pixels
  const scanner = new RowScanner()
  const each = (height - 4) / shown.length
  const window = { ...wholeView(bounds), width }
  shown.forEach((node, at) => {
    const slices = store.slicesOf(node)
    if (slices === undefined) return
    const index = store.indexOf(slices, node)
    const levels = Math.max(1, Math.min(index.levels, Math.floor(each / 2), 12))
    for (let level = 0; level < levels; level++) {
      const line = pixels.line().fill(paints.band)
      const matches = highlight?.of(node.trace, node.track ?? 0, slices, index, level)
      const spans = scanner.scan(slices, index, level, window, matches)
      for (let i = 0; i < spans.length; i++) {
        const mark = paints.mark[node.trace][slices.site[spans.slice[i]]]
        const strength = 110 + 120 * (spans.cover[i] === ONE_SLICE ? 1 : spans.cover[i])
        const from = Math.max(0, Math.floor(spans.left[i]))
        const color =
          matches === undefined
            ? blended(paints.band, mark, strength)
            : spans.matched[i] === 1
              ? paints.match
              : blended(paints.band, mark, strength / 4)
        line.fill(color, from, Math.max(from + 1, Math.round(spans.right[i])))
      }
      const top = 2 + at * each + (level * each) / levels
      pixels.stamp(line, Math.round(top), Math.max(Math.round(top + each / levels), Math.round(top) + 1))
    }
  })
  return pixels
}

/** What the overview shows besides the minimap's picture. */
export interface OverviewState {
  readonly view: TimeRange
  readonly bounds: TimeRange
  readonly range: TimeRange | undefined
  /** Where the pointer is, in CSS pixels. */
  readonly pointerX: number | undefined
  readonly ruler: Ruler
  readonly width: number
  readonly theme: Theme
}

/** Draws the window of the minimap, and the ruler below it. */
export function drawOverview(canvas: CanvasRenderingContext2D, state: OverviewState): void {
  const { view, bounds, range, ruler, width, theme } = state
  const whole = wholeView(bounds)
  const left = Math.max(0, xOf(view.fromNs, whole, width))
  const right = Math.min(width, xOf(view.toNs, whole, width))
  canvas.globalAlpha = 0.66
  canvas.fillStyle = theme.background
  canvas.fillRect(0, 0, left, MINIMAP_HEIGHT)
  canvas.fillRect(right, 0, width - right, MINIMAP_HEIGHT)
  canvas.globalAlpha = 1
  canvas.fillStyle = theme.accent
  const wide = Math.max(2, right - left)
  canvas.fillRect(left, MINIMAP_HEIGHT - 2, wide, 2)
  canvas.fillRect(left, 0, 1, MINIMAP_HEIGHT)
  canvas.fillRect(left + wide - 1, 0, 1, MINIMAP_HEIGHT)

  canvas.fillStyle = theme.panel
  canvas.fillRect(0, MINIMAP_HEIGHT, width, RULER_HEIGHT)
  canvas.font = FONT
  canvas.textBaseline = 'middle'
  const bottom = MINIMAP_HEIGHT + RULER_HEIGHT
  for (const { timeNs, label } of ruler.ticks) {
    const x = Math.round(xOf(timeNs, view, width))
    canvas.fillStyle = theme.line
    canvas.fillRect(x, bottom - (label === undefined ? 5 : 10), 1, 10)
    if (label === undefined) continue
    canvas.fillStyle = theme.faint
    canvas.fillText(label, x + 4, MINIMAP_HEIGHT + 10)
  }
  if (range !== undefined) drawMeasure(canvas, range, state)
  if (state.pointerX !== undefined) drawPointer(canvas, state.pointerX, state)
  canvas.fillStyle = theme.line
  canvas.fillRect(0, bottom - 1, width, 1)
  canvas.fillRect(0, MINIMAP_HEIGHT, width, 1)
}

function drawMeasure(canvas: CanvasRenderingContext2D, range: TimeRange, { view, width, theme }: OverviewState): void {
  const left = xOf(range.fromNs, view, width)
  const right = xOf(range.toNs, view, width)
  if (right < 0 || left > width) return
  const [from, to] = [Math.max(0, left), Math.min(width, right)]
  canvas.globalAlpha = 0.2
  canvas.fillStyle = theme.accent
  canvas.fillRect(from, MINIMAP_HEIGHT, to - from, RULER_HEIGHT)
  canvas.globalAlpha = 1
  for (const x of [left, right]) drawGrip(canvas, x, theme)
  drawChip(canvas, formatDuration(range.toNs - range.fromNs), (from + to) / 2, width, theme.accent, theme.background)
}

/** What says that an edge of the range can be moved. */
function drawGrip(canvas: CanvasRenderingContext2D, x: number, theme: Theme): void {
  const bottom = MINIMAP_HEIGHT + RULER_HEIGHT
  canvas.fillStyle = theme.accent
  canvas.fillRect(Math.round(x) - 1, MINIMAP_HEIGHT, 2, RULER_HEIGHT)
  canvas.beginPath()
  canvas.roundRect(Math.round(x) - 3, bottom - 13, 6, 11, 2)
  canvas.fill()
}

/** The moment under the pointer, as exact as a pixel is, counted as the labels are. */
function drawPointer(canvas: CanvasRenderingContext2D, x: number, { view, width, ruler, theme }: OverviewState): void {
  const sign = ruler.baseNs === 0 ? '' : '+'
  const text = sign + formatTime(timeAt(x, view, width) - ruler.baseNs, stepOf((view.toNs - view.fromNs) / width) / 10)
  drawChip(canvas, text, x, width, theme.line, theme.text)
  canvas.fillStyle = theme.faint
  canvas.fillRect(Math.round(x), MINIMAP_HEIGHT + RULER_HEIGHT - 6, 1, 6)
}

/** A text on a ground of its own, as near to `x` as it has room. */
function drawChip(
  canvas: CanvasRenderingContext2D,
  text: string,
  x: number,
  width: number,
  ground: string,
  color: string,
): void {
  const half = canvas.measureText(text).width / 2
  const middle = Math.min(Math.max(x, half + 6), width - half - 6)
  canvas.fillStyle = ground
  canvas.fillRect(middle - half - 5, MINIMAP_HEIGHT + 2, 2 * half + 10, RULER_HEIGHT - 8)
  canvas.fillStyle = color
  canvas.fillText(text, middle - half, MINIMAP_HEIGHT + 2 + (RULER_HEIGHT - 8) / 2)
}
