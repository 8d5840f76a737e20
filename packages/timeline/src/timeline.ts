import type { Trace } from '@tracer/core'
import { listenToGestures } from './gestures.js'
import { Headers } from './headers.js'
import { Highlight, type Matches } from './highlight.js'
import { hitTest } from './hit-test.js'
import { pressKey } from './keys.js'
import { NO_CHANGES, type LayoutState } from './layout.js'
import { TimelineModel } from './model.js'
import { MinimapGrip } from './minimap-grip.js'
import { Motion } from './motion.js'
import { moves } from './moves.js'
import { causeOf, effectOf, type SlicePlace } from './nearby-slices.js'
import { MINIMAP_HEIGHT } from './overview.js'
import { Picture, type Decoration } from './picture.js'
import type { ShownFlows } from './arrows.js'
import { isSame, type Selection } from './selection.js'
import type { ColorBy, SiteColors } from './site-colors.js'
import { EdgeGrip, edgeAt } from './range-edges.js'
import { spoken } from './spoken.js'
import { Stage } from './stage.js'
import { themeOf, type ThemeName } from './theme.js'
import type { ClientPoint, ShowOptions, TimelineOptions, TimelineView } from './timeline-options.js'
import { timeRangeOf } from './time-range-of.js'
import { fitting, panned, timeAt, wholeView, zoomed, type TimeRange } from './view.js'

/** A timeline in a page: rows of slices, counters and instants over an axis of time. */
export class Timeline {
  readonly #options: TimelineOptions
  readonly #stage: Stage
  readonly #model = new TimelineModel()
  readonly #picture: Picture
  readonly #headers: Headers
  readonly #motion = new Motion()
  readonly #grip = new MinimapGrip()
  readonly #edgeGrip = new EdgeGrip()
  readonly #stop = new AbortController()
  readonly #resize: ResizeObserver
  #frame = 0
  #hovered: Selection | undefined
  /** Where the pointer is over the rows, and in the window. */
  #pointer: { readonly x: number; readonly y: number; readonly client: ClientPoint } | undefined
  #highlight: Highlight | undefined
  #told: TimelineView | undefined
  #colorBy: ColorBy | undefined
  #colors: readonly SiteColors[] | undefined
  #flows: ShownFlows
  #theme: ThemeName

  constructor(host: HTMLElement, options: TimelineOptions = {}) {
    this.#options = options
    this.#theme = options.theme ?? 'light'
    this.#colorBy = options.colorBy
    this.#flows = options.flows ?? 'selected'
    this.#stage = new Stage(host)
    this.#picture = new Picture(this.#stage)
    this.#headers = new Headers(this.#stage.headers, {
      toggle: (node) => this.#change(() => this.#model.toggle(node)),
      pin: (node) => this.#change(() => this.#model.pin(node)),
      move: (node, before) => this.#change(() => this.#model.move(node, before)),
      focus: (node) => {
        this.#model.revealRow(node)
        this.#drawNow()
      },
    })
    this.#resize = new ResizeObserver(() => this.#drawNow())
    this.#resize.observe(this.#stage.root)
    this.#listen()
    this.theme = this.#theme
  }

  /** Shows traces, the whole of them, in place of those before; what was folded or pinned by its key stays so. */
  show(traces: readonly Trace[], { indexes = [], colors, names = [], bounds }: ShowOptions = {}): void {
    this.#motion.stop()
    this.#highlight = undefined
    this.#hovered = undefined
    this.#told = undefined
    this.#colors = colors
    this.#model.show(traces, indexes, names, bounds)
    this.#stage.empty.textContent = this.#model.layout.rows.length === 0 ? 'This trace holds no events' : ''
    this.#changeColors()
  }

  /** What is on the screen. Setting it moves there at once, as far as the bounds allow; rows stay unless told. */
  get view(): TimelineView {
    const { view, scrollTop } = this.#model
    return { fromNs: view.fromNs, toNs: view.toNs, scrollTop }
  }

  set view(view: TimeRange & { readonly scrollTop?: number }) {
    this.#motion.stop()
    this.#model.setView(view)
    if (view.scrollTop !== undefined) this.#model.scrollTo(view.scrollTop)
    this.#invalidate()
  }

  /** First and last moment of the traces shown. */
  get bounds(): TimeRange {
    return this.#model.bounds
  }

  /** What is folded, pinned, reordered and filtered, to be kept and set again; what is left out is as at the beginning. */
  get layout(): LayoutState {
    return this.#model.state
  }

  set layout(state: Partial<LayoutState>) {
    this.#model.setState({ ...NO_CHANGES, ...state })
    this.#stage.filter.value = this.#model.state.filter
    this.#invalidate()
  }

  /** `light` unless given. */
  get theme(): ThemeName {
    return this.#theme
  }

  set theme(theme: ThemeName) {
    this.#theme = theme
    this.#stage.setTheme(themeOf(theme))
    this.#changeColors()
  }

  /** What gives functions the same colour; undefined for the coarsest that tells something. */
  get colorBy(): ColorBy | undefined {
    return this.#colorBy
  }

  set colorBy(by: ColorBy | undefined) {
    this.#colorBy = by
    this.#changeColors()
  }

  /** Which flows are drawn as arrows. */
  get flows(): ShownFlows {
    return this.#flows
  }

  set flows(flows: ShownFlows) {
    this.#flows = flows
    this.#invalidate()
  }

  /** The measured range; undefined when there is none. Setting it tells nobody. */
  get range(): TimeRange | undefined {
    return this.#model.range
  }

  set range(range: TimeRange | undefined) {
    this.#model.range = range
    this.#invalidate()
  }

  /** What is selected; undefined for nothing. */
  get selection(): Selection | undefined {
    return this.#model.selection
  }

  /** Selects something and tells `onSelect`; `reveal` moves the view so that it is seen, `zoom` so that it fills it. */
  select(selection: Selection | undefined, { reveal = true, zoom = false } = {}): void {
    const before = this.#model.selection
    this.#model.select(selection)
    const now = this.#model.selection
    if (now !== undefined && (reveal || zoom)) this.#bringIntoView(now, zoom)
    this.#invalidate()
    if (isSame(before, now)) return
    this.#stage.say(spoken(this.#model.traces, now))
    this.#options.onSelect?.(now)
  }

  /** Shows what a search found and dims the rest; undefined ends that. */
  highlight(matches: readonly Matches[] | undefined): void {
    this.#highlight = matches === undefined ? undefined : new Highlight(matches)
    this.#invalidate()
  }

  /** Selects what the selected slice was set going by: along an arrow, or the run before. Says whether there is any. */
  goToCause(): boolean {
    return this.#follow((trace, place) => causeOf(trace, place) ?? this.#options.further?.causeOf(trace, place))
  }

  /** Selects what the selected slice set going: along an arrow, or the next run. Says whether there is any. */
  goToEffect(): boolean {
    return this.#follow((trace, place) => effectOf(trace, place) ?? this.#options.further?.effectOf(trace, place))
  }

  /** Moves so that the range fills the view. */
  zoomTo(range: TimeRange): void {
    this.#glide(fitting(range, this.#model.bounds, 0.02))
  }

  /** Moves so that all of the time is seen. */
  showAll(): void {
    this.#glide(wholeView(this.#model.bounds))
  }

  /** What is seen now, as a picture. */
  png(): Promise<Blob> {
    this.#drawNow()
    return this.#picture.png(this.#model)
  }

  /** What is seen now, as the text of an SVG. */
  svg(): string {
    this.#drawNow()
    return this.#picture.svg(this.#model, this.#decoration)
  }

  /** Gives the rows the keyboard. */
  focus(): void {
    this.#stage.surface.focus()
  }

  /** Takes everything off the page again. */
  destroy(): void {
    cancelAnimationFrame(this.#frame)
    this.#stop.abort()
    this.#resize.disconnect()
    this.#stage.remove()
  }

  #listen(): void {
    const { signal } = this.#stop
    const stage = this.#stage
    const model = this.#model
    listenToGestures(
      stage,
      MINIMAP_HEIGHT,
      {
        zoomAt: (x, factor) => this.#jump(zoomed(model.view, factor, timeAt(x, model.view, model.width), model.bounds)),
        panBy: (x, y) => {
          this.#jump(panned(model.view, (-x / model.width) * (model.view.toNs - model.view.fromNs), model.bounds))
          model.scrollTo(model.scrollTop - y)
        },
        scrollBy: (y) => {
          model.scrollTo(model.scrollTop + y)
          this.#invalidate()
        },
        hover: (x, y, event) => this.#hover(x, y, event),
        click: (x, y) => this.select(hitTest(model, x, y), { reveal: false }),
        doubleClick: (x, y) => {
          const hit = hitTest(model, x, y)
          if (hit?.kind === 'slice') this.select(hit, { zoom: true })
        },
        measure: (fromX, toX, isDone) => this.#measure(fromX, toX, isDone),
        edgeAt: (x, reach) => edgeAt(model, x, reach),
        takeEdge: (edge) => this.#edgeGrip.take(model, edge),
        moveEdge: (x, isDone) => {
          this.range = this.#edgeGrip.move(model, x)
          if (isDone) this.#options.onRange?.(this.range)
        },
        minimap: (fromX, toX, isStart) => {
          const view = isStart ? this.#grip.take(model, toX) : this.#grip.drag(model, fromX, toX)
          if (view !== undefined) this.#jump(view)
        },
      },
      signal,
    )
    const keys = moves(
      this,
      model,
      (view) => this.#glide(view),
      () => this.#motion.target,
    )
    stage.surface.addEventListener(
      'keydown',
      (event) => {
        if (pressKey(event, keys)) event.preventDefault()
      },
      { signal },
    )
    stage.filter.addEventListener(
      'input',
      () => this.#change(() => model.setState({ ...model.state, filter: stage.filter.value })),
      { signal },
    )
    stage.scroller.addEventListener(
      'scroll',
      () => {
        if (this.#picture.takeScroll(model)) this.#invalidate()
      },
      { signal },
    )
  }

  #change(change: () => void): void {
    change()
    this.#drawNow()
    this.#options.onLayoutChange?.(this.#model.state)
  }

  #changeColors(): void {
    this.#picture.setColors(this.#model, themeOf(this.#theme), this.#colorBy, this.#colors)
    this.#invalidate()
  }

  #follow(next: (trace: Trace, place: SlicePlace) => SlicePlace | undefined): boolean {
    const { selection, traces } = this.#model
    if (selection?.kind !== 'slice') return false
    const place = next(traces[selection.trace], selection)
    if (place === undefined) return false
    this.select({ kind: 'slice', trace: selection.trace, ...place })
    return true
  }

  #bringIntoView(selection: Selection, zoom: boolean): void {
    const model = this.#model
    model.reveal(selection)
    const range = timeRangeOf(model.traces, selection)
    const { view } = model
    const isSeen = range.toNs >= view.fromNs && range.fromNs <= view.toNs
    if (zoom) {
      this.#glide(fitting(range, model.bounds))
    } else if (!isSeen) {
      const span = view.toNs - view.fromNs
      const length = range.toNs - range.fromNs
      // A slice longer than the view shows its beginning.
      const fromNs = length < span ? range.fromNs - (span - length) / 2 : range.fromNs - span / 10
      this.#glide({ fromNs, toNs: fromNs + span })
    }
  }

  #hover(x: number, y: number, event: PointerEvent | undefined): void {
    this.#pointer = event === undefined ? undefined : { x, y, client: { x: event.clientX, y: event.clientY } }
    this.#tellHovered()
    this.#invalidate()
  }

  /** What the pointer is on changes when it moves, and when the rows move below it. */
  #tellHovered(): void {
    const pointer = this.#pointer
    const target = pointer === undefined ? undefined : hitTest(this.#model, pointer.x, pointer.y)
    if (target === undefined && this.#hovered === undefined) return
    this.#hovered = target
    this.#options.onHover?.(target, pointer?.client ?? { x: 0, y: 0 })
  }

  #measure(fromX: number, toX: number, isDone: boolean): void {
    const { view, width } = this.#model
    const [a, b] = [timeAt(fromX, view, width), timeAt(toX, view, width)]
    this.range = Math.abs(toX - fromX) < 2 ? undefined : { fromNs: Math.min(a, b), toNs: Math.max(a, b) }
    if (isDone) this.#options.onRange?.(this.range)
  }

  /** Measures what is selected; what is measured already is let go. */
  measureSelection(): void {
    const { selection, range, traces } = this.#model
    this.range = range !== undefined || selection === undefined ? undefined : timeRangeOf(traces, selection)
    this.#options.onRange?.(this.range)
  }

  get #decoration(): Decoration {
    return { highlight: this.#highlight, hovered: this.#hovered, pointerX: this.#pointer?.x, flows: this.#flows }
  }

  #jump(view: TimeRange): void {
    this.#motion.stop()
    this.#model.view = view
    this.#invalidate()
  }

  #glide(view: TimeRange): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#jump(view)
      return
    }
    this.#motion.start(this.#model.view, view, performance.now())
    this.#invalidate()
  }

  #invalidate(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame((nowMs) => {
      this.#frame = 0
      const view = this.#motion.at(nowMs)
      if (view !== undefined) this.#model.view = view
      this.#drawNow()
      if (this.#motion.target !== undefined) this.#invalidate()
    })
  }

  #drawNow(): void {
    const model = this.#model
    const { view } = this
    const { fromNs, toNs, scrollTop } = this.#told ?? {}
    const isMoved = view.fromNs !== fromNs || view.toNs !== toNs || view.scrollTop !== scrollTop
    if (isMoved) this.#tellHovered()
    this.#picture.draw(model, this.#decoration)
    this.#headers.update(model.layout, model.store, model.scrollTop, model.height)
    if (!isMoved) return
    this.#told = view
    this.#options.onViewChange?.(view)
  }
}
