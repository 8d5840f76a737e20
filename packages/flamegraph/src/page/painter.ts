import type { Palette } from '../color/palette.js'
import { fittedLabel } from '../layout/fitted-text.js'
import type { Box, FrameBox, Layout, MarkBox } from '../layout/layout.js'
import { rowsOf } from '../layout/layout.js'
import { hasMatch, type Matches } from '../tree/search.js'
import type { FlameView } from '../view/flame-view.js'
import { ROW_HEIGHT, type Rows } from './geometry.js'
import type { TextMeter } from './text-meter.js'

/** What is drawn besides the frames themselves. */
export interface PaintState {
  readonly palette: Palette
  readonly matches: Matches | undefined
  readonly hovered: Box | undefined
  /** Node with the focus; -1 for none. */
  readonly focused: number
  /** Rows above this one are those of frames around what was zoomed to. */
  readonly zoomRow: number
}

const FONT = '12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif'
const PADDING = 5
const GAP = 1
/** Frames narrower than that have no room for a name. */
const LEAST_NAMED = 26
const FADED = 0.22
const ABOVE_ZOOM = 0.62
const HATCH_STEP = 7

/** Draws a layout onto a canvas, as sharp as the screen is. */
export class Painter {
  readonly #context: CanvasRenderingContext2D
  readonly #texts: TextMeter
  readonly #pixelRatio: number

  constructor(context: CanvasRenderingContext2D, texts: TextMeter, pixelRatio: number) {
    this.#context = context
    this.#texts = texts
    this.#pixelRatio = pixelRatio
  }

  paint(layout: Layout, view: FlameView, rows: Rows, state: PaintState): void {
    const context = this.#context
    const { width, height } = context.canvas
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = state.palette.ground
    context.fillRect(0, 0, width, height)
    context.scale(this.#pixelRatio, this.#pixelRatio)
    context.font = FONT
    context.textBaseline = 'middle'
    this.#texts.use(context)
    const { first, last } = rows.visible()
    // Marks reach down over rows that may be visible when their own is not; frames of these rows lie over them.
    for (const box of layout.boxes) if (box.kind === 'mark') this.#paintMark(box, rows, first, last, state)
    for (let row = first; row <= Math.min(last, rowsOf(layout) - 1); row++) {
      for (let i = layout.rowStart[row]; i < layout.rowStart[row + 1]; i++) {
        const box = layout.boxes[i]
        if (box.kind === 'frame') this.#paintFrame(box, view, rows, state)
      }
    }
    if (state.hovered !== undefined) this.#outline(state.hovered, rows, state.palette.text, 1)
    const focused = layout.boxes.find((box) => box.kind === 'frame' && box.node === state.focused)
    if (focused !== undefined) this.#outline(focused, rows, state.palette.accent, 2)
    context.globalAlpha = 1
  }

  #paintFrame(box: FrameBox, view: FlameView, rows: Rows, { palette, matches, zoomRow }: PaintState): void {
    const context = this.#context
    const top = rows.topOf(box.row)
    const { left, width } = this.#snapped(box)
    const isFaded = matches !== undefined && !hasMatch(matches, box.node, box.node + 1)
    context.globalAlpha = isFaded ? FADED : box.row < zoomRow ? ABOVE_ZOOM : 1
    context.fillStyle = view.colorOf(box.node, palette)
    context.fillRect(left, top, width, ROW_HEIGHT - GAP)
    if (view.isGone(box.node)) this.#hatch(left, top, width, palette)
    if (width < LEAST_NAMED) return
    const text = fittedLabel(view.labelsOf(box.node), width - 2 * PADDING, (part) => this.#texts.widthOf(part))
    if (text === '') return
    if (isFaded) context.globalAlpha = 0.6
    context.fillStyle = isFaded ? palette.faint : palette.label
    context.fillText(text, left + PADDING, top + (ROW_HEIGHT - GAP) / 2 + 0.5)
  }

  /** A solid beginning and a fainter column below it, as far as what it stands for reaches. */
  #paintMark(box: MarkBox, rows: Rows, first: number, last: number, { palette, matches }: PaintState): void {
    if (box.row > last || box.lastRow < first) return
    const context = this.#context
    const { left, width } = this.#snapped(box)
    const isFaded = matches !== undefined && !hasMatch(matches, box.node, box.end)
    context.fillStyle = isFaded || matches === undefined ? palette.mark : palette.accent
    for (let row = Math.max(first, box.row); row <= Math.min(last, box.lastRow); row++) {
      context.globalAlpha = (isFaded ? FADED : 1) * (row === box.row ? 0.85 : 0.3)
      context.fillRect(left, rows.topOf(row), width, ROW_HEIGHT - GAP)
    }
  }

  #hatch(left: number, top: number, width: number, palette: Palette): void {
    const context = this.#context
    context.save()
    context.beginPath()
    context.rect(left, top, width, ROW_HEIGHT - GAP)
    context.clip()
    context.strokeStyle = palette.hatch
    context.globalAlpha *= 0.4
    context.lineWidth = 1.25
    context.beginPath()
    const height = ROW_HEIGHT - GAP
    const from = left - height - (left % HATCH_STEP)
    for (let x = from; x < left + width; x += HATCH_STEP) {
      context.moveTo(x, top + height)
      context.lineTo(x + height, top)
    }
    context.stroke()
    context.restore()
  }

  #outline(box: Box, rows: Rows, color: string, thickness: number): void {
    const context = this.#context
    const { left, width } = this.#snapped(box)
    const inset = thickness / 2
    context.globalAlpha = 1
    context.strokeStyle = color
    context.lineWidth = thickness
    const [w, h] = [Math.max(thickness, width) - thickness, ROW_HEIGHT - GAP - thickness]
    context.strokeRect(left + inset, rows.topOf(box.row) + inset, w, h)
  }

  /** On whole pixels of the screen, at least one of them wide, and with a gap after it where there is room. */
  #snapped({ x, width }: Box): { readonly left: number; readonly width: number } {
    const ratio = this.#pixelRatio
    const left = Math.round(x * ratio)
    const right = Math.round((x + width) * ratio)
    const gap = width > 3 ? Math.round(GAP * ratio) : 0
    const last = this.#context.canvas.width
    // What takes no time at the very end lies in the last pixel.
    const begin = Math.min(left, last - 1)
    return { left: begin / ratio, width: Math.max(1, right - gap - begin) / ratio }
  }
}
