import { arrowsOf, linksInView, type Link, type ShownFlows } from './arrows.js'
import { viewPng } from './export-png.js'
import { viewSvg } from './export-svg.js'
import type { Highlight } from './highlight.js'
import { TextFitter } from './labels.js'
import type { TimelineModel } from './model.js'
import { boxOf, drawArrows, drawFrame, drawLabels, drawRange, FONT } from './overlay.js'
import { baseText, drawOverview, MINIMAP_HEIGHT, paintMinimap, rulerOf, type Ruler } from './overview.js'
import { ScenePainter } from './paint-scene.js'
import { paintsOf, type Paints } from './paints.js'
import { Pixels } from './pixels.js'
import type { Selection } from './selection.js'
import { siteColors, type ColorBy, type SiteColors } from './site-colors.js'
import { fitCanvas, OVERVIEW_HEIGHT, type Stage } from './stage.js'
import { themeOf, type Theme } from './theme.js'

/** A list longer than this is scrolled in larger steps than its bar moves: elements cannot be of any height. CSS pixels. */
const MOST_SPACER = 5_000_000

/** What is drawn besides the rows themselves. */
export interface Decoration {
  readonly highlight: Highlight | undefined
  readonly hovered: Selection | undefined
  /** Where the pointer is over the rows, in CSS pixels. */
  readonly pointerX: number | undefined
  readonly flows: ShownFlows
}

/** Draws a model on the canvases of a stage. */
export class Picture {
  readonly #stage: Stage
  readonly #rows: CanvasRenderingContext2D
  readonly #overview: CanvasRenderingContext2D
  readonly #painter = new ScenePainter()
  readonly #fitter: TextFitter
  #pixels = new Pixels(1, 1)
  #image = imageOf(this.#pixels)
  #minimap: ImageData | undefined
  /** What the search had found when the minimap was painted. */
  #found: Highlight | undefined
  #theme: Theme = themeOf('light')
  #paints: Paints = paintsOf(this.#theme, [], [])

  constructor(stage: Stage) {
    this.#stage = stage
    this.#rows = contextOf(stage.canvas)
    this.#overview = contextOf(stage.overview)
    this.#rows.font = FONT
    this.#fitter = new TextFitter((text) => this.#rows.measureText(text).width)
  }

  /** `given` are the colours of each trace; without them they follow from `by`. */
  setColors(model: TimelineModel, theme: Theme, by: ColorBy | undefined, given?: readonly SiteColors[]): void {
    this.#theme = theme
    const colors = model.traces.map((trace, at) => given?.at(at) ?? siteColors(trace, by))
    this.#paints = paintsOf(theme, model.traces, colors)
    this.#minimap = undefined
  }

  /** Takes over where the scroll bar was dragged to; says whether that is somewhere else. */
  takeScroll(model: TimelineModel): boolean {
    const { scroller } = this.#stage
    const scale = this.#scrollScale(model)
    if (Math.abs(scroller.scrollTop - model.scrollTop / scale) < 1.5) return false
    model.scrollTo(scroller.scrollTop * scale)
    return true
  }

  draw(model: TimelineModel, decoration: Decoration): void {
    const ratio = window.devicePixelRatio
    const { surface, canvas, overview } = this.#stage
    model.width = Math.max(1, surface.clientWidth)
    model.height = Math.max(1, surface.clientHeight)
    this.#placeScrollBar(model)
    if (
      fitCanvas(canvas, model.width, model.height, ratio) ||
      this.#pixels.width !== canvas.width ||
      this.#pixels.height !== canvas.height
    ) {
      this.#pixels = new Pixels(canvas.width, canvas.height)
      this.#image = imageOf(this.#pixels)
    }
    if (fitCanvas(overview, model.width, OVERVIEW_HEIGHT, ratio)) this.#minimap = undefined
    const ruler = rulerOf(model.view, model.width)
    this.#drawRows(model, decoration, ruler, ratio)
    this.#drawOverview(model, decoration, ruler, ratio)
    this.#stage.base.textContent = ruler.baseNs === 0 ? '' : baseText(ruler.baseNs)
  }

  png(model: TimelineModel): Promise<Blob> {
    return viewPng(this.#stage, model, this.#theme)
  }

  svg(model: TimelineModel, { highlight, flows }: Decoration): string {
    const [theme, paints, fitter] = [this.#theme, this.#paints, this.#fitter]
    const headers = this.#stage.headers.offsetWidth
    return viewSvg(model, { theme, paints, highlight, links: shownLinks(model, flows), fitter, headers })
  }

  #drawRows(model: TimelineModel, { highlight, hovered, flows }: Decoration, ruler: Ruler, ratio: number): void {
    const { layout, range } = model
    const { width, height } = this.#pixels
    const gridNs = ruler.ticks.flatMap(({ timeNs, label }) => (label === undefined ? [] : [timeNs]))
    const scene = { ...model.place, paints: this.#paints, width, height, ratio, highlight, gridNs }
    const labels = this.#painter.paint(this.#pixels, scene)
    const canvas = this.#rows
    canvas.setTransform(1, 0, 0, 1, 0, 0)
    canvas.putImageData(this.#image, 0, 0)
    canvas.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawLabels(canvas, labels.pinned, this.#theme, this.#fitter)
    canvas.save()
    canvas.beginPath()
    canvas.rect(0, layout.pinnedHeight, model.width, model.height)
    canvas.clip()
    drawLabels(canvas, labels.scrolled, this.#theme, this.#fitter)
    this.#drawFrames(model, hovered, false)
    canvas.restore()
    this.#drawFrames(model, hovered, true)
    if (range !== undefined) drawRange(canvas, range, model, model.height, this.#theme)
    drawArrows(canvas, arrowsOf(model, shownLinks(model, flows)), this.#theme.arrow, this.#theme.faint)
  }

  /** Frames what is selected and what the pointer is on, in the rows that scroll or in those that do not. */
  #drawFrames(model: TimelineModel, hovered: Selection | undefined, isPinned: boolean): void {
    const frames = [
      [hovered, this.#theme.faint, 1],
      [model.selection, this.#theme.accent, 2],
    ] as const
    for (const [selection, color, thickness] of frames) {
      const box = selection === undefined ? undefined : boxOf(model, selection)
      if (box?.isPinned === isPinned) drawFrame(this.#rows, box, color, thickness)
    }
  }

  #drawOverview(model: TimelineModel, { highlight, pointerX }: Decoration, ruler: Ruler, ratio: number): void {
    const canvas = this.#overview
    if (this.#minimap === undefined || this.#found !== highlight) {
      this.#found = highlight
      const [width, height] = [canvas.canvas.width, Math.round(MINIMAP_HEIGHT * ratio)]
      this.#minimap = imageOf(
        paintMinimap(model.store, model.tree, model.bounds, this.#paints, width, height, highlight),
      )
    }
    canvas.setTransform(1, 0, 0, 1, 0, 0)
    canvas.putImageData(this.#minimap, 0, 0)
    canvas.setTransform(ratio, 0, 0, ratio, 0, 0)
    const { view, bounds, range, width } = model
    drawOverview(canvas, { view, bounds, range, pointerX, ruler, width, theme: this.#theme })
  }

  #placeScrollBar(model: TimelineModel): void {
    const { scroller, spacer } = this.#stage
    model.scrollTo(model.scrollTop)
    const over = Math.max(0, model.layout.height + model.layout.pinnedHeight - model.height)
    const height = `${Math.min(over, MOST_SPACER)}px`
    if (spacer.style.height !== height) spacer.style.height = height
    const top = model.scrollTop / this.#scrollScale(model)
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top
  }

  /** How far the rows move for each pixel of the scroll bar's. */
  #scrollScale({ layout, height }: TimelineModel): number {
    return Math.max(1, (layout.height + layout.pinnedHeight - height) / MOST_SPACER)
  }
}

function shownLinks(model: TimelineModel, flows: ShownFlows): readonly Link[] {
  switch (flows) {
    case 'none':
      return []
    case 'selected':
      return model.links
    case 'all':
      return [...linksInView(model), ...model.links]
  }
}

function imageOf(pixels: Pixels): ImageData {
  return new ImageData(new Uint8ClampedArray(pixels.data.buffer), pixels.width, pixels.height)
}

/** Everything is put into it from memory, so it may as well lie there. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (context === null) throw new Error('The timeline needs a canvas, and this page has none left')
  return context
}
