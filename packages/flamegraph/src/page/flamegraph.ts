import type { Point } from '@tracer/gestures'
import type { ColorBy } from '../color/categories.js'
import { PALETTES, type ThemeName } from '../color/palette.js'
import { hitTest } from '../layout/hit-test.js'
import { layoutOf, type Box, type Layout } from '../layout/layout.js'
import { search, type FrameMatcher, type Matches } from '../tree/search.js'
import { isDiff, viewOf, type FlameView, type FrameFacts, type Legend } from '../view/flame-view.js'
import type { ChangeKind, DiffSide, FlameContent, ViewOptions } from '../view/content.js'
import { markFacts } from '../view/mark-facts.js'
import { AccessibleTree } from './accessible-tree.js'
import { element } from './element.js'
import { Rows, type Direction } from './geometry.js'
import { GoneList } from './gone-list.js'
import { HoverCard } from './hover-card.js'
import { keyAction } from './keys.js'
import { Painter } from './painter.js'
import { PathBar } from './path-bar.js'
import { listenToPointer } from './pointer.js'
import { STYLES, themeProperties } from './styles.js'
import { Surface } from './surface.js'
import { TextMeter } from './text-meter.js'
import { Zoom } from './zoom.js'

/** How a {@link Flamegraph} looks, and whom it tells. Nodes are those of the content that is shown. */
export interface FlamegraphOptions extends ViewOptions {
  /** That of the page unless given. */
  readonly theme?: ThemeName | undefined
  /** `icicle` unless given. */
  readonly direction?: Direction | undefined
  /** A frame was clicked or came into focus; undefined when none has it any more. */
  readonly onSelect?: (node: number | undefined) => void
  /** A frame now fills the width; -1 when all do. */
  readonly onZoom?: (node: number) => void
  /** Widths are now those of the other side of a diff, because a path that is gone was looked for. */
  readonly onSide?: (side: DiffSide) => void
  /** The pointer is on a frame; undefined when it is on none. */
  readonly onHover?: (node: number | undefined) => void
}

/** Narrower frames are put together. */
const LEAST_WIDTH = 1
/** A frame that gets the keyboard's focus is at least so wide. */
const LEAST_FOCUSED = 6
/** How far beside something narrow the pointer still means it. */
const SLACK = 2

let created = 0

/** A flamegraph in an element of a page, which it fills: drawn on a canvas, told as a tree to those who do not see it. */
export class Flamegraph {
  readonly #options: FlamegraphOptions
  readonly #frame = element('div', { class: 'graph' })
  readonly #root = element('div')
  readonly #surface = new Surface(() => this.#redraw())
  readonly #zoom = new Zoom()
  readonly #texts = new TextMeter()
  readonly #card = new HoverCard()
  readonly #path = new PathBar((node) => this.#zoomTo(node))
  readonly #gone = new GoneList((source) => this.#showGone(source))
  readonly #readers = new AccessibleTree(this.#surface.element, `flame-${++created}`)
  readonly #empty = element('p', { class: 'empty', hidden: '' }, 'No calls were recorded here.')
  readonly #ended = new AbortController()
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  #content: FlameContent | undefined
  #view: FlameView | undefined
  #layout: Layout | undefined
  #settings: ViewOptions
  #theme: ThemeName | undefined
  #direction: Direction
  #matcher: FrameMatcher | undefined
  #matches: Matches | undefined
  /** A node of the view's tree; -1 for none. */
  #focused = -1
  #hovered: Box | undefined
  #isScheduled = false

  constructor(host: HTMLElement, options: FlamegraphOptions = {}) {
    const { theme, direction = 'icicle', colorBy, side, change } = options
    this.#options = options
    this.#settings = { colorBy, side, change }
    this.#theme = theme
    this.#direction = direction
    // By a property: pages with a strict policy take no style attribute.
    this.#root.style.height = '100%'
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLES)
    const shadow = this.#root.attachShadow({ mode: 'open' })
    shadow.adoptedStyleSheets = [sheet]
    shadow.append(this.#frame)
    this.#surface.element.append(this.#readers.element)
    this.#frame.append(this.#path.element, this.#gone.element, this.#surface.element, this.#card.element, this.#empty)
    host.append(this.#root)
    this.#listen()
    this.#applyTheme()
  }

  /** Shows a call tree or a diff, all of it. Search and settings stay. */
  show(content: FlameContent): void {
    this.#content = content
    this.#rebuild()
    this.#zoomTo(-1, { isAtOnce: true })
  }

  /** Highlights the frames that match and fades the others; says what was found. Undefined ends the search. */
  search(matcher: FrameMatcher | undefined): Matches | undefined {
    this.#matcher = matcher
    this.#matches = matcher === undefined || this.#view === undefined ? undefined : search(this.#view.tree, matcher)
    this.#redraw()
    return this.#matches
  }

  /** Makes a frame as wide as the view; -1 shows all. */
  zoomTo(node: number): void {
    this.#zoomTo(this.#nodeOf(node))
  }

  /** Gives a frame the focus, and scrolls to it. */
  select(node: number): void {
    this.#focus(this.#nodeOf(node))
  }

  /** What the colours mean. */
  get legend(): Legend | undefined {
    return this.#view?.legend
  }

  get theme(): ThemeName {
    return this.#theme ?? (this.#dark.matches ? 'dark' : 'light')
  }

  /** Undefined for that of the page. */
  set theme(theme: ThemeName | undefined) {
    this.#theme = theme
    this.#applyTheme()
  }

  /** Which way the stack grows. */
  get direction(): Direction {
    return this.#direction
  }

  set direction(direction: Direction) {
    this.#direction = direction
    this.#scrollToRow(this.#zoom.row)
  }

  /** What frames are coloured by; undefined for the first that tells something. */
  set colorBy(colorBy: ColorBy | undefined) {
    this.#set({ colorBy })
  }

  /** Of a diff: the tree that gives frames their width. */
  set side(side: DiffSide) {
    this.#set({ side })
  }

  /** Of a diff: what counts as a change. */
  set change(change: ChangeKind) {
    this.#set({ change })
  }

  /** What is seen now, as a picture. */
  png(): Promise<Blob> {
    this.#draw(performance.now())
    return this.#surface.png()
  }

  /** Takes everything off the page again. */
  destroy(): void {
    this.#ended.abort()
    this.#surface.destroy()
    this.#root.remove()
  }

  #listen(): void {
    const { signal } = this.#ended
    listenToPointer(
      this.#surface.element,
      {
        hover: (at) => this.#hover(at),
        click: (at) => this.#click(at),
        pan: (by) => this.#showPart((zoom) => zoom.pan(by / this.#surface.width)),
        zoom: (factor, { x }) => this.#showPart((zoom) => zoom.by(factor, x / this.#surface.width)),
      },
      signal,
    )
    this.#surface.element.addEventListener('keydown', (event) => this.#press(event), { signal })
    this.#dark.addEventListener('change', () => this.#applyTheme(), { signal })
  }

  #applyTheme(): void {
    for (const [name, value] of Object.entries(themeProperties(PALETTES[this.theme]))) {
      this.#frame.style.setProperty(name, value)
    }
    this.#redraw()
  }

  /** Changes how the content is shown; what had the focus keeps it. */
  #set(settings: ViewOptions): void {
    const before = this.#view
    this.#settings = { ...this.#settings, ...settings }
    if (before === undefined) return
    const [zoomed, focused] = [this.#zoom.node, this.#focused].map((node) => (node === -1 ? -1 : before.sourceOf(node)))
    this.#rebuild()
    this.#zoom.to(this.#nodeOf(zoomed), { isAtOnce: true })
    this.#afterZoom()
    this.#focused = this.#nodeOf(focused)
    this.#tell()
  }

  #rebuild(): void {
    if (this.#content === undefined) return
    this.#view = viewOf(this.#content, this.#settings)
    this.#zoom.begin(this.#view.tree)
    this.#focused = -1
    this.#hovered = undefined
    this.#card.hide()
    this.#empty.hidden = this.#view.tree.length > 0
    this.#gone.show(this.#view.gone)
    this.search(this.#matcher)
    this.#tell()
  }

  #nodeOf(source: number): number {
    return source === -1 ? -1 : (this.#view?.nodeOf(source) ?? -1)
  }

  #showGone(source: number): void {
    this.#set({ side: 'before' })
    this.#options.onSide?.('before')
    this.#zoomTo(this.#nodeOf(source))
    this.#focus(this.#nodeOf(source))
  }

  /** Makes a frame as wide as what is seen, and scrolls to it. */
  #zoomTo(node: number, { isAtOnce = false } = {}): void {
    const view = this.#view
    if (view === undefined) return
    this.#zoom.to(node, { isAtOnce })
    this.#afterZoom()
    this.#scrollToRow(node === -1 ? 0 : view.tree.depth[node])
    this.#options.onZoom?.(node === -1 ? -1 : view.sourceOf(node))
  }

  /** Shows any part of the axis. */
  #showPart(show: (zoom: Zoom) => void): void {
    const view = this.#view
    if (view === undefined) return
    const before = this.#zoom.node
    show(this.#zoom)
    this.#afterZoom()
    const { node } = this.#zoom
    if (node !== before) this.#options.onZoom?.(node === -1 ? -1 : view.sourceOf(node))
  }

  #afterZoom(): void {
    if (this.#view !== undefined) this.#path.show(this.#view, this.#zoom.node)
    this.#hovered = undefined
    this.#card.hide()
    this.#redraw()
  }

  #click(at: Point): void {
    const view = this.#view
    const box = this.#boxAt(at)
    if (view === undefined) return
    this.#surface.element.focus({ preventScroll: true })
    if (box === undefined) {
      this.#focus(-1)
    } else if (box.kind === 'frame') {
      this.#focus(box.node)
      this.#zoomTo(box.node)
    } else {
      const { x, width } = box
      this.#showPart((zoom) => zoom.toPixels(x, Math.max(1, width), this.#surface.width))
    }
  }

  #hover(at: Point | undefined): void {
    const box = at === undefined ? undefined : this.#boxAt(at)
    const { view, element: surface } = { view: this.#view, element: this.#surface.element }
    surface.style.cursor = box === undefined ? '' : 'pointer'
    if (box === undefined || at === undefined || view === undefined) this.#card.hide()
    else this.#card.show(this.#factsOf(view, box), { x: at.x + surface.offsetLeft, y: at.y + surface.offsetTop })
    if (box?.node === this.#hovered?.node && box?.kind === this.#hovered?.kind) return
    this.#hovered = box
    this.#options.onHover?.(box?.kind === 'frame' ? view?.sourceOf(box.node) : undefined)
    this.#redraw()
  }

  #factsOf(view: FlameView, box: Box): FrameFacts {
    return box.kind === 'frame' ? view.factsOf(box.node) : markFacts(view.tree, box)
  }

  #boxAt({ x, y }: Point): Box | undefined {
    return this.#layout === undefined ? undefined : hitTest(this.#layout, x, this.#rows().rowAt(y), SLACK)
  }

  #press(event: KeyboardEvent): void {
    const [view, layout] = [this.#view, this.#layout]
    if (view === undefined || layout === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const { tree } = view
    const place = { tree, layout, direction: this.#direction, focused: this.#focused, zoom: this.#zoom.node }
    const action = keyAction(event.key, place)
    if (action === undefined || (action.kind === 'out' && this.#zoom.isAll)) return
    event.preventDefault()
    if (action.kind === 'all') this.#zoomTo(-1)
    if (action.kind === 'out') this.#zoomTo(this.#zoom.around())
    if (action.kind === 'zoom') this.#zoomTo(action.node)
    if (action.kind === 'focus') this.#focus(action.node)
  }

  #focus(node: number): void {
    const view = this.#view
    if (view === undefined) return
    this.#focused = node
    this.#tell()
    this.#options.onSelect?.(node === -1 ? undefined : view.sourceOf(node))
    if (node === -1) return this.#redraw()
    const { width } = this.#surface
    const around = this.#zoom.neededFor(node, LEAST_FOCUSED / width)
    if (around !== undefined) this.#zoomTo(around)
    this.#scrollToRow(view.tree.depth[node])
  }

  /** Tells those who do not see the canvas. */
  #tell(): void {
    if (this.#view === undefined) return
    this.#surface.element.setAttribute(
      'aria-label',
      this.#content !== undefined && isDiff(this.#content) ? 'Differential flamegraph' : 'Flamegraph',
    )
    this.#readers.show(this.#view, this.#focused)
  }

  #rows(): Rows {
    return new Rows(this.#direction, this.#view?.tree.levels ?? 0, this.#surface)
  }

  #scrollToRow(row: number): void {
    if (this.#surface.context() === undefined) return
    const rows = this.#rows()
    this.#surface.makeRoom(rows.height)
    this.#surface.scrollTo(row === 0 ? rows.scrollTopOfRoot() : rows.scrollTopFor(row))
  }

  #redraw(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    requestAnimationFrame((time) => {
      this.#isScheduled = false
      if (!this.#ended.signal.aborted) this.#draw(time)
    })
  }

  #draw(time: number): void {
    const [view, context] = [this.#view, this.#surface.context()]
    if (view === undefined || context === undefined) return
    const rows = this.#rows()
    this.#surface.makeRoom(rows.height)
    const { width, pixelRatio } = this.#surface
    const range = this.#zoom.rangeAt(time)
    const { last: lastRow } = rows.visible()
    this.#layout = layoutOf(view.tree, view.deepest, { ...range, width, minWidth: LEAST_WIDTH, lastRow })
    new Painter(context, this.#texts, pixelRatio).paint(this.#layout, view, rows, {
      palette: PALETTES[this.theme],
      matches: this.#matches,
      hovered: this.#hovered,
      focused: this.#focused,
      zoomRow: this.#zoom.row,
    })
    if (this.#zoom.isMoving) this.#redraw()
  }
}
