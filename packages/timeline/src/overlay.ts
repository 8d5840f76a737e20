import { rowsByTrack, topOf, type Arrow } from './arrows.js'
import type { Screen } from './hit-test.js'
import type { Label, TextFitter } from './labels.js'
import { INSTANTS_HEIGHT } from './layout.js'
import { endOf } from './level-index.js'
import { formatDuration } from './ruler.js'
import type { Selection } from './selection.js'
import type { Theme } from './theme.js'
import { xOf, type TimeRange } from './view.js'

/** Family and size of all text on the canvas. */
export const FONT = "11px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"

/** Names are looked at as far as any slice is wide. */
const MOST_NAME = 500
const PADDING = 5

/** Writes names into their slices, and durations behind them where there is room. */
export function drawLabels(
  canvas: CanvasRenderingContext2D,
  labels: readonly Label[],
  theme: Theme,
  fitter: TextFitter,
): void {
  canvas.font = FONT
  canvas.textBaseline = 'middle'
  for (const shade of [false, true]) {
    canvas.globalAlpha = shade ? 0.45 : 1
    for (const label of labels) {
      if (label.isDimmed !== shade) continue
      const { name } = label
      const width = label.right - label.left - 2 * PADDING + 2
      const text = fitter.fit(name.length > MOST_NAME ? name.slice(0, MOST_NAME) : name, width)
      if (text === '') continue
      canvas.fillStyle = labelColor(label, theme)
      canvas.fillText(text, label.left + PADDING, label.middle)
      if (!(width > 120) || Number.isNaN(label.durationNs)) continue
      const duration = formatDuration(label.durationNs)
      const used = fitter.widthOf(text) + 10
      if (used + fitter.widthOf(duration) > width) continue
      canvas.globalAlpha = shade ? 0.3 : 0.62
      canvas.fillText(duration, label.left + PADDING + used, label.middle)
      canvas.globalAlpha = shade ? 0.45 : 1
    }
  }
  canvas.globalAlpha = 1
}

/** The colour of a label, by what it stands on. */
export function labelColor({ tone }: Label, theme: Theme): string {
  return tone === 'slice' ? theme.sliceText : tone === 'ground' ? theme.text : theme.faint
}

/** A rectangle on the screen in CSS pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly isPinned: boolean
}

/** Where a selection is drawn; undefined when its row is hidden. */
export function boxOf(screen: Screen, selection: Selection): Box | undefined {
  const { store, view, width } = screen
  const placed = rowsByTrack(screen.layout).get(`${selection.trace} ${selection.track}`)
  const track = store.traces[selection.trace].tracks.at(selection.track)
  if (placed === undefined || track === undefined) return undefined
  const { row, isPinned } = placed
  const top = topOf(screen, placed)
  if (selection.kind === 'slice' && track.kind !== 'counter') {
    const level = store.levelOf(row.node, selection.slice)
    if (level >= row.levels) return undefined
    const left = Math.max(-4, xOf(track.slices.startNs[selection.slice], view, width))
    const right = Math.min(width + 4, xOf(endOf(track.slices, selection.slice), view, width))
    const height = row.levelHeight - (row.isCollapsed ? 0 : 1)
    return {
      left,
      top: top + row.levelsTop + level * row.levelHeight,
      width: Math.max(right - left, 1),
      height,
      isPinned,
    }
  }
  if (selection.kind === 'instant' && track.kind === 'thread' && row.instantsTop !== undefined) {
    const x = xOf(track.instants.timeNs[selection.instant], view, width)
    return { left: x - 5, top: top + row.instantsTop - 1, width: 10, height: INSTANTS_HEIGHT - 2, isPinned }
  }
  if (selection.kind === 'sample' && track.kind === 'counter') {
    const { timeNs, length } = track.samples
    const next = selection.sample + 1 < length ? timeNs[selection.sample + 1] : view.toNs
    const left = Math.max(-4, xOf(timeNs[selection.sample], view, width))
    const right = Math.min(width + 4, xOf(next, view, width))
    return { left, top: top + 2, width: Math.max(right - left, 2), height: row.height - 4, isPinned }
  }
  return undefined
}

/** Draws a frame around a slice; inside and outside so that it shows on any colour. */
export function drawFrame(canvas: CanvasRenderingContext2D, box: Box, color: string, thickness: number): void {
  canvas.strokeStyle = color
  canvas.lineWidth = thickness
  // A slice of no width to speak of gets a frame around it rather than over it.
  const grow = box.width < 6 ? 2 : thickness / 2 - 0.5
  canvas.strokeRect(box.left - grow, box.top - 0.5, box.width + 2 * grow, box.height + 1)
}

/** So many arrows hide what they lead to, unless they are thin and let it through. */
const MANY_ARROWS = 40

/** Draws arrows as curves that leave to the right and arrive from the left. */
export function drawArrows(
  canvas: CanvasRenderingContext2D,
  arrows: readonly Arrow[],
  color: string,
  faint: string,
): void {
  const areMany = arrows.length > MANY_ARROWS
  canvas.lineWidth = areMany ? 1 : 1.5
  canvas.globalAlpha = areMany ? 0.4 : 1
  for (const { fromX, fromY, toX, toY, isRun } of arrows) {
    canvas.strokeStyle = canvas.fillStyle = isRun ? faint : color
    canvas.setLineDash(isRun ? [4, 3] : [])
    const bend = Math.min(120, Math.max(16, Math.abs(toX - fromX) / 2, Math.abs(toY - fromY) / 3))
    canvas.beginPath()
    canvas.moveTo(fromX, fromY)
    canvas.bezierCurveTo(fromX + bend, fromY, toX - bend, toY, toX - 3, toY)
    canvas.stroke()
    canvas.setLineDash([])
    canvas.beginPath()
    canvas.moveTo(toX, toY)
    canvas.lineTo(toX - 7, toY - 4)
    canvas.lineTo(toX - 7, toY + 4)
    canvas.fill()
    canvas.beginPath()
    canvas.arc(fromX, fromY, 2.5, 0, 2 * Math.PI)
    canvas.fill()
  }
  canvas.globalAlpha = 1
}

/** Tints a measured range, with its length where there is room. */
export function drawRange(
  canvas: CanvasRenderingContext2D,
  range: TimeRange,
  screen: Screen,
  height: number,
  theme: Theme,
): void {
  const left = xOf(range.fromNs, screen.view, screen.width)
  const right = xOf(range.toNs, screen.view, screen.width)
  if (right < 0 || left > screen.width) return
  const [from, to] = [Math.max(-2, left), Math.min(screen.width + 2, right)]
  canvas.fillStyle = theme.accent
  canvas.globalAlpha = 0.12
  canvas.fillRect(from, 0, to - from, height)
  canvas.globalAlpha = 0.9
  canvas.fillRect(Math.round(left), 0, 1, height)
  canvas.fillRect(Math.round(right) - 1, 0, 1, height)
  canvas.globalAlpha = 1
}
