import type { Trace } from '@tracer/core'
import type { Layout, Row } from './layout.js'
import { flowEndsOf, runsOf } from './nearby-slices.js'
import type { Selection } from './selection.js'
import type { Screen } from './hit-test.js'
import { xOf } from './view.js'

/** Two moments on slices of one trace that belong together. */
export interface Link {
  readonly trace: number
  readonly fromTrack: number
  readonly fromSlice: number
  readonly fromNs: number
  readonly toTrack: number
  readonly toSlice: number
  readonly toNs: number
  /** True between the runs of one activation, false for a flow. */
  readonly isRun: boolean
}

/** A link in CSS pixels from the top left of the rows. */
export interface Arrow {
  readonly fromX: number
  readonly fromY: number
  readonly toX: number
  readonly toY: number
  readonly isRun: boolean
}

/** Which flows are drawn. */
export type ShownFlows = 'selected' | 'all' | 'none'

/** More arrows than these are a tangle. */
const MOST_ARROWS = 400

/** The flows that a slice has an end of, and the runs of its activation. */
export function linksOf(traces: readonly Trace[], selection: Selection | undefined): Link[] {
  if (selection?.kind !== 'slice') return []
  const { trace: position, track: onTrack, slice } = selection
  const trace = traces[position]
  const { flow } = trace.flows
  const links: Link[] = []
  for (const end of flowEndsOf(trace.flows, onTrack, slice)) {
    if (flow[end - 1] === flow[end]) links.push(flowLink(trace, position, end))
    if (flow[end + 1] === flow[end]) links.push(flowLink(trace, position, end + 1))
  }
  const track = trace.tracks[onTrack]
  if (track.kind === 'counter') return links
  const { startNs, durationNs } = track.slices
  const runs = runsOf(track.slices, slice)
  for (let at = 1; at < runs.length; at++) {
    const [before, after] = [runs[at - 1], runs[at]]
    const fromNs = startNs[before] + durationNs[before]
    const ends = {
      fromTrack: onTrack,
      fromSlice: before,
      fromNs,
      toTrack: onTrack,
      toSlice: after,
      toNs: startNs[after],
    }
    links.push({ trace: position, ...ends, isRun: true })
  }
  return links
}

/** All flows that touch the view, up to a limit. */
export function linksInView({ store, view }: Screen): Link[] {
  const links: Link[] = []
  store.traces.forEach((trace, position) => {
    const { flow, timeNs, length } = trace.flows
    for (let end = 1; end < length && links.length < MOST_ARROWS; end++) {
      if (flow[end] !== flow[end - 1] || timeNs[end] < view.fromNs || timeNs[end - 1] > view.toNs) continue
      links.push(flowLink(trace, position, end))
    }
  })
  return links
}

/** Where links are drawn; those with an end in no row, or that the view does not touch, are not. */
export function arrowsOf(screen: Screen, links: readonly Link[]): Arrow[] {
  if (links.length === 0) return []
  const rows = rowsByTrack(screen.layout)
  const arrows: Arrow[] = []
  for (const link of links) {
    if (arrows.length === MOST_ARROWS) break
    const from = rows.get(`${link.trace} ${link.fromTrack}`)
    const to = rows.get(`${link.trace} ${link.toTrack}`)
    if (from === undefined || to === undefined) continue
    if (Math.max(link.fromNs, link.toNs) < screen.view.fromNs || Math.min(link.fromNs, link.toNs) > screen.view.toNs) {
      continue
    }
    arrows.push({
      fromX: xOf(link.fromNs, screen.view, screen.width),
      fromY: middleOf(screen, from, link.fromSlice),
      toX: xOf(link.toNs, screen.view, screen.width),
      toY: middleOf(screen, to, link.toSlice),
      isRun: link.isRun,
    })
  }
  return arrows
}

/** The link that leads to an end of a flow. */
function flowLink({ flows, tracks }: Trace, trace: number, end: number): Link {
  const { track, slice, timeNs } = flows
  const toTrack = tracks[track[end]]
  // An end that stands before its slice is what set it going: the arrow points to where it begins.
  const startNs = toTrack.kind === 'counter' ? NaN : toTrack.slices.startNs[slice[end]]
  return {
    trace,
    fromTrack: track[end - 1],
    fromSlice: slice[end - 1],
    fromNs: timeNs[end - 1],
    toTrack: track[end],
    toSlice: slice[end],
    toNs: startNs > timeNs[end] ? startNs : timeNs[end],
    isRun: false,
  }
}

/** A row, and whether it is one of those that stay at the top. */
export interface PlacedRow {
  readonly row: Row
  readonly isPinned: boolean
}

/** The top of a row on the screen. */
export function topOf({ layout, scrollTop }: Screen, { row, isPinned }: PlacedRow): number {
  return isPinned ? row.top : row.top + layout.pinnedHeight - scrollTop
}

function middleOf(screen: Screen, placed: PlacedRow, slice: number): number {
  const { row } = placed
  const level = Math.min(screen.store.levelOf(row.node, slice), Math.max(row.levels - 1, 0))
  return topOf(screen, placed) + row.levelsTop + (level + 0.5) * row.levelHeight
}

const KNOWN = new WeakMap<Layout, ReadonlyMap<string, PlacedRow>>()

/** Rows by trace and track; one that is hidden in a group is not among them. */
export function rowsByTrack(layout: Layout): ReadonlyMap<string, PlacedRow> {
  const known = KNOWN.get(layout)
  if (known !== undefined) return known
  const rows = new Map<string, PlacedRow>()
  for (const row of layout.rows) rows.set(`${row.node.trace} ${row.node.track}`, { row, isPinned: false })
  for (const row of layout.pinned) rows.set(`${row.node.trace} ${row.node.track}`, { row, isPinned: true })
  KNOWN.set(layout, rows)
  return rows
}
