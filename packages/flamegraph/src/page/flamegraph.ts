import type { ColorBy } from '../color/categories.js'
import { PALETTES, type ThemeName } from '../color/palette.js'
import { hitTest } from '../layout/hit-test.js'
import { layoutOf, spanOf, type Box, type Layout } from '../layout/layout.js'
import { coveringFrame } from '../tree/positions.js'
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
import { listenToPointer, type Point } from './pointer.js'
import { STYLES, themeProperties } from './styles.js'
import { Surface } from './surface.js'
import { TextMeter } from './text-meter.js'
import { ZoomMotion, type Range } from './zoom-motion.js'

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
  /** The pointer is on a frame; undefined when it is on none. */
  readonly onHover?: (node: number | undefined) => void
}

/** Narrower frames are put together. */
const LEAST_WIDTH = 1
/** A frame that gets the keyboard's focus is at least so wide. */
const LEAST_FOCUSED = 6
/** How far beside something narrow the pointer still means it. */
const SLACK = 2
const LEAST_RANGE = 1e-9

let created = 0

/** A flamegraph in an element of a page, which it fills: drawn on a canvas, told as a tree to those who do not see it. */
export class Flamegraph {
  readonly #options: FlamegraphOptions
  readonly #frame = element('div', { class: 'graph' })
  readonly #root = element('div', { style: 'height:100%' })
  readonly #surface = new Surface(() => this.#redraw())
  readonly #motion = new ZoomMotion()
  readonly #texts = new TextMeter()
  readonly #card = new HoverCard()
  readonly #path = new PathBar((node) => this.#zoom(node))
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
  /** Nodes of the view's tree; -1 for none. */
  #zoomed = -1
  #focused = -1
  #hovered: Box | undefined
  #isScheduled = false

  constructor(host: HTMLElement, options: FlamegraphOptions = {}) {
    const { theme, direction = 'icicle', colorBy, side, change } = options
    this.#options = options
    this.#settings = { colorBy, side, change }
    this.#theme = theme
    this.#direction = direction
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
    this.#zoom(-1, { isAtOnce: true })
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
    if (this.#view !== undefined) this.#zoom(node === -1 ? -1 : this.#view.nodeOf(node))
  }

  /** Gives a frame the focus, and scrolls to it. */
  select(node: number): void {
    if (this.#view !== undefined) this.#focus(this.#view.nodeOf(node))
  }

  /** What the colours mean. */
  get legend(): Legend | undefined {
    return this.#view?.legend
  }

  get theme(): ThemeName {
    return this.#theme ?? (this.#dark.matches ? 'dark' : 'light')
  }

  set theme(theme: ThemeName) {
    this.#theme = theme
    this.#applyTheme()
  }

  get direction(): Direction {
    return this.#direction
  }

  set direction(direction: Direction) {
    this.#direction = direction
    this.#scrollToRow(this.#zoomed === -1 ? 0 : (this.#view?.tree.depth[this.#zoomed] ?? 0))
  }

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
        pan: (by) => this.#pan(by),
        zoom: (factor, at) => this.#zoomBy(factor, at),
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
    const [zoomed, focused] = [this.#zoomed, this.#focused].map((node) => (node === -1 ? -1 : before.sourceOf(node)))
    this.#rebuild()
    this.#zoomed = zoomed === -1 ? -1 : this.#nodeOf(zoomed)
    this.#motion.jump(this.#rangeOf(this.#zoomed))
    this.#afterZoom()
    this.#focused = focused === -1 ? -1 : this.#nodeOf(focused)
    this.#tell()
  }

  #rebuild(): void {
    if (this.#content === undefined) return
    this.#view = viewOf(this.#content, this.#settings)
    this.#focused = -1
    this.#hovered = undefined
    this.#card.hide()
    this.#empty.hidden = this.#view.tree.length > 0
    this.#gone.show(this.#view.gone)
    this.search(this.#matcher)
    this.#tell()
  }

  #nodeOf(source: number): number {
    return this.#view?.nodeOf(source) ?? -1
  }

  #showGone(source: number): void {
    this.#set({ side: 'before' })
    this.#zoom(this.#nodeOf(source))
    this.#focus(this.#nodeOf(source))
  }

  #rangeOf(node: number): Range {
    const view = this.#view
    if (view === undefined) return { from: 0, to: 0 }
    return node === -1 ? { from: 0, to: view.tree.extent } : spanOf(view.tree, node)
  }

  #zoom(node: number, { isAtOnce = false } = {}): void {
    if (this.#view === undefined) return
    const range = this.#rangeOf(node)
    if (isAtOnce) this.#motion.jump(range)
    else this.#motion.move(range)
    this.#zoomed = node
    this.#afterZoom()
    this.#scrollToRow(node === -1 ? 0 : this.#view.tree.depth[node])
    this.#options.onZoom?.(node === -1 ? -1 : this.#view.sourceOf(node))
  }

  #afterZoom(): void {
    if (this.#view !== undefined) this.#path.show(this.#view, this.#zoomed)
    this.#hovered = undefined
    this.#card.hide()
    this.#redraw()
  }

  /** To the nearest frame above that is wider than what is shown. */
  #zoomOut(): boolean {
    const view = this.#view
    const { from, to } = this.#motion.target
    if (view === undefined || (from <= 0 && to >= view.tree.extent)) return false
    let node = coveringFrame(view.tree, from, to)
    while (node !== -1 && view.tree.start[node] >= from && view.tree.end[node] <= to) node = view.tree.parent[node]
    this.#zoom(node)
    return true
  }

  #pan(by: number): void {
    const { from, to } = this.#motion.target
    this.#showRange(from - (by * (to - from)) / this.#surface.width, to - from)
  }

  #zoomBy(factor: number, { x }: Point): void {
    const { from, to } = this.#motion.target
    const at = from + ((to - from) * x) / this.#surface.width
    this.#showRange(at - (at - from) / factor, (to - from) / factor)
  }

  #showRange(from: number, length: number): void {
    const view = this.#view
    if (view === undefined || view.tree.extent === 0) return
    const { extent } = view.tree
    const shown = Math.min(extent, Math.max(length, extent * LEAST_RANGE))
    const begin = Math.max(0, Math.min(from, extent - shown))
    this.#motion.jump({ from: begin, to: begin + shown })
    const zoomed = shown === extent ? -1 : coveringFrame(view.tree, begin, begin + shown)
    const isAnother = zoomed !== this.#zoomed
    this.#zoomed = zoomed
    this.#afterZoom()
    if (isAnother) this.#options.onZoom?.(zoomed === -1 ? -1 : view.sourceOf(zoomed))
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
      this.#zoom(box.node)
    } else {
      const from = view.tree.start[box.node]
      const { width } = this.#surface
      const { from: left, to: right } = this.#motion.target
      // At least so wide that something can be seen in it.
      this.#showRange(from, (Math.max(box.width, 1) * (right - left)) / width)
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
    const place = { tree, layout, direction: this.#direction, focused: this.#focused, zoom: this.#zoomed }
    const action = keyAction(event.key, place)
    if (action === undefined || (action.kind === 'out' && !this.#zoomOut())) return
    event.preventDefault()
    if (action.kind === 'all') this.#zoom(-1)
    if (action.kind === 'zoom') this.#zoom(action.node)
    if (action.kind === 'focus') this.#focus(action.node)
  }

  #focus(node: number): void {
    const view = this.#view
    if (view === undefined) return
    this.#focused = node
    this.#tell()
    this.#options.onSelect?.(node === -1 ? undefined : view.sourceOf(node))
    if (node === -1) return this.#redraw()
    this.#makeVisible(view, node)
    this.#scrollToRow(view.tree.depth[node])
  }

  /** Zooms to the frame around one that could hardly be seen, or to itself when it is small in there, too. */
  #makeVisible({ tree }: FlameView, node: number): void {
    const widthIn = ({ from, to }: Range): number =>
      ((Math.min(tree.end[node], to) - Math.max(tree.start[node], from)) * this.#surface.width) / (to - from)
    if (widthIn(this.#motion.target) >= LEAST_FOCUSED) return
    const above = tree.parent[node]
    this.#zoom(widthIn(this.#rangeOf(above)) >= LEAST_FOCUSED ? above : node)
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
    const range = this.#motion.at(time)
    const { last: lastRow } = rows.visible()
    this.#layout = layoutOf(view.tree, view.deepest, { ...range, width, minWidth: LEAST_WIDTH, lastRow })
    new Painter(context, this.#texts, pixelRatio).paint(this.#layout, view, rows, {
      palette: PALETTES[this.theme],
      matches: this.#matches,
      hovered: this.#hovered,
      focused: this.#focused,
      zoomRow: this.#zoomed === -1 ? 0 : view.tree.depth[this.#zoomed],
    })
    if (this.#motion.isMoving) this.#redraw()
  }
}
