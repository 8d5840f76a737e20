import type { Trace } from '@tracer/core'
import { linksOf, rowsByTrack, topOf, type Link } from './arrows.js'
import type { Screen } from './hit-test.js'
import { inOrder, layoutRows, NO_CHANGES, type Layout, type LayoutState } from './layout.js'
import type { Selection } from './selection.js'
import { boundsOf } from './trace-bounds.js'
import { TrackStore, type GivenIndex } from './track-store.js'
import { trackTree, type TrackNode } from './track-tree.js'
import { kept, wholeView, type TimeRange } from './view.js'

/** How far from the edge a row is scrolled to, in CSS pixels. */
const SCROLL_MARGIN = 40

/** What a timeline shows and where it stands, without a page around it. Lengths in CSS pixels. */
export class TimelineModel implements Screen {
  traces: readonly Trace[] = []
  store = new TrackStore([])
  tree: readonly TrackNode[] = []
  bounds: TimeRange = { fromNs: 0, toNs: 1 }
  state: LayoutState = NO_CHANGES
  layout: Layout = { pinned: [], pinnedHeight: 0, rows: [], height: 0 }
  view: TimeRange = wholeView(this.bounds)
  range: TimeRange | undefined
  scrollTop = 0
  width = 1
  height = 1
  #selection: Selection | undefined
  #links: readonly Link[] = []

  get selection(): Selection | undefined {
    return this.#selection
  }

  /** The flows and runs that the selection is linked by. */
  get links(): readonly Link[] {
    return this.#links
  }

  /** What the picture of the rows depends on. */
  get place(): Pick<Screen, 'store' | 'layout' | 'view' | 'scrollTop'> {
    const { store, layout, view, scrollTop } = this
    return { store, layout, view, scrollTop }
  }

  /** `atLeast` is shown even where nothing is in it. */
  show(
    traces: readonly Trace[],
    indexes: readonly GivenIndex[] = [],
    names: readonly string[] = [],
    atLeast?: TimeRange,
  ): void {
    this.traces = traces
    this.store = new TrackStore(traces, indexes)
    this.tree = trackTree(traces, names)
    const bounds = boundsOf(traces, (slices) => this.store.readyIndexOf(slices))
    this.bounds = withinBoth(bounds, atLeast)
    this.view = wholeView(this.bounds)
    this.range = undefined
    this.scrollTop = 0
    this.select(undefined)
    this.setState(this.state)
  }

  /** Takes what is in the traces; a place that is not there counts as nothing. */
  select(selection: Selection | undefined): void {
    this.#selection = selection !== undefined && this.#exists(selection) ? selection : undefined
    this.#links = linksOf(this.traces, this.#selection)
  }

  setState(state: LayoutState): void {
    this.state = state
    this.layout = layoutRows(this.tree, state, this.store)
    this.scrollTo(this.scrollTop)
  }

  toggle(node: TrackNode): void {
    const { collapsed } = this.state
    const isCollapsed = collapsed.includes(node.key)
    this.setState({
      ...this.state,
      collapsed: isCollapsed ? collapsed.filter((key) => key !== node.key) : [...collapsed, node.key],
    })
  }

  pin(node: TrackNode): void {
    const { pinned } = this.state
    const isPinned = pinned.includes(node.key)
    this.setState({
      ...this.state,
      pinned: isPinned ? pinned.filter((key) => key !== node.key) : [...pinned, node.key],
    })
  }

  /** Moves a row before another one with the same parent, or to the end. */
  move(node: TrackNode, before: TrackNode | undefined): void {
    const parentKey = node.parent?.key ?? ''
    const siblings = inOrder(node.parent?.children ?? this.tree, this.state.order[parentKey])
    const keys = siblings.map(({ key }) => key).filter((key) => key !== node.key)
    const at = before === undefined ? -1 : keys.indexOf(before.key)
    keys.splice(at === -1 ? keys.length : at, 0, node.key)
    this.setState({ ...this.state, order: { ...this.state.order, [parentKey]: keys } })
  }

  scrollTo(top: number): void {
    const most = Math.max(0, this.layout.height + this.layout.pinnedHeight - this.height)
    this.scrollTop = Math.min(Math.max(0, top), most)
  }

  /** Unfolds what hides the row of a selection, and scrolls to its level. */
  reveal(selection: Selection): void {
    const node = this.#nodeOf(selection)
    if (node === undefined) return
    const hiding = new Set<string>()
    for (let at: TrackNode | undefined = node; at !== undefined; at = at.parent) hiding.add(at.key)
    if (this.state.collapsed.some((key) => hiding.has(key))) {
      this.setState({ ...this.state, collapsed: this.state.collapsed.filter((key) => !hiding.has(key)) })
    }
    const placed = rowsByTrack(this.layout).get(`${selection.trace} ${selection.track}`)
    if (placed === undefined || placed.isPinned) return
    const level = selection.kind === 'slice' ? this.store.levelOf(node, selection.slice) : 0
    const top = topOf(this, placed) + placed.row.levelsTop + level * placed.row.levelHeight
    const least = this.layout.pinnedHeight + SCROLL_MARGIN
    if (top < least) this.scrollTo(this.scrollTop + top - least)
    else if (top > this.height - SCROLL_MARGIN) this.scrollTo(this.scrollTop + top - this.height + SCROLL_MARGIN)
  }

  /** Scrolls as far as it takes to see the head of a row. */
  revealRow(node: TrackNode): void {
    const row = this.layout.rows.find((one) => one.node === node)
    if (row === undefined) return
    const room = this.height - this.layout.pinnedHeight
    if (row.top < this.scrollTop) this.scrollTo(row.top)
    else if (row.top + 26 > this.scrollTop + room) this.scrollTo(row.top + 26 - room)
  }

  setView(view: TimeRange): void {
    this.view = kept(view, this.bounds)
  }

  #nodeOf({ trace, track }: Selection): TrackNode | undefined {
    const find = (nodes: readonly TrackNode[]): TrackNode | undefined => {
      for (const node of nodes) {
        if (node.trace === trace && node.track === track) return node
        const found = find(node.children)
        if (found !== undefined) return found
      }
      return undefined
    }
    return find(this.tree)
  }

  #exists(selection: Selection): boolean {
    const track = this.traces.at(selection.trace)?.tracks.at(selection.track)
    if (track === undefined) return false
    switch (selection.kind) {
      case 'slice':
        return track.kind !== 'counter' && isIn(selection.slice, track.slices.length)
      case 'instant':
        return track.kind === 'thread' && isIn(selection.instant, track.instants.length)
      case 'sample':
        return track.kind === 'counter' && isIn(selection.sample, track.samples.length)
    }
  }
}

function withinBoth(bounds: TimeRange, other: TimeRange = bounds): TimeRange {
  return { fromNs: Math.min(bounds.fromNs, other.fromNs), toNs: Math.max(bounds.toNs, other.toNs) }
}

function isIn(position: number, length: number): boolean {
  return Number.isInteger(position) && position >= 0 && position < length
}
