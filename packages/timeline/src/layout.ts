import type { TrackNode } from './track-tree.js'

/** What a person has changed about the rows, by their keys. Made to be stored as JSON. */
export interface LayoutState {
  /** Rows shown as one line, without those below them. */
  readonly collapsed: readonly string[]
  /** Rows that stay at the top, in this order. */
  readonly pinned: readonly string[]
  /** Only rows with this in their name, with what is above and below them. Case does not matter. */
  readonly filter: string
  /** Keys of the children of a row in another order than theirs, by the row's key; '' for the top. */
  readonly order: Readonly<Record<string, readonly string[]>>
}

export const NO_CHANGES: LayoutState = { collapsed: [], pinned: [], filter: '', order: {} }

/** A row in its place. All lengths in CSS pixels, `top` from the start of the list that holds it. */
export interface Row {
  readonly node: TrackNode
  /** Nesting of groups, 0 for the outermost. */
  readonly indent: number
  /** From 1 among the shown rows with the same parent, and how many these are. */
  readonly place: number
  readonly siblings: number
  readonly top: number
  readonly height: number
  readonly isCollapsed: boolean
  /** Where instants are marked, from the top of the row; undefined when there are none. */
  readonly instantsTop: number | undefined
  /** Where the first level begins, from the top of the row. */
  readonly levelsTop: number
  readonly levels: number
  readonly levelHeight: number
}

/** What the layout needs to know of the tracks. */
export interface TrackSizes {
  levelsOf(node: TrackNode): number
  hasInstants(node: TrackNode): boolean
}

export interface Layout {
  readonly pinned: readonly Row[]
  readonly pinnedHeight: number
  readonly rows: readonly Row[]
  readonly height: number
}

const LEVEL_HEIGHT = 18
const COLLAPSED_LEVEL_HEIGHT = 3
const COLLAPSED_LEVELS = 6
const GROUP_HEIGHT = 28
const COUNTER_HEIGHT = 44
const COLLAPSED_HEIGHT = 26
const LEAST_HEIGHT = 26
export const INSTANTS_HEIGHT = 16
const PADDING = 4

/** Puts all rows in their places; what is far down costs nothing more than its place. */
export function layoutRows(tree: readonly TrackNode[], state: LayoutState, sizes: TrackSizes): Layout {
  const collapsed = new Set(state.collapsed)
  const isWanted = filterOf(tree, state.filter)
  const rows: Row[] = []
  let top = 0
  const visit = (nodes: readonly TrackNode[], parentKey: string, indent: number): void => {
    const shown = inOrder(nodes, state.order[parentKey]).filter(isWanted)
    for (const [at, node] of shown.entries()) {
      const among = { indent, place: at + 1, siblings: shown.length }
      const row = placed(node, among, top, collapsed.has(node.key), sizes)
      rows.push(row)
      top += row.height
      if (!row.isCollapsed) visit(node.children, node.key, indent + 1)
    }
  }
  visit(tree, '', 0)
  const byKey = state.pinned.length === 0 ? undefined : nodesByKey(tree)
  const pinned: Row[] = []
  let pinnedHeight = 0
  for (const key of state.pinned) {
    const node = byKey?.get(key)
    if (node === undefined) continue
    const among = { indent: 0, place: pinned.length + 1, siblings: state.pinned.length }
    const row = placed(node, among, pinnedHeight, collapsed.has(key), sizes)
    pinned.push(row)
    pinnedHeight += row.height
  }
  return { pinned, pinnedHeight, rows, height: top }
}

/** The rows that `fromY` to `toY` touches, as positions from and up to. */
export function rowsBetween(rows: readonly Row[], fromY: number, toY: number): { from: number; to: number } {
  const from = rowAt(rows, fromY)
  let to = from
  while (to < rows.length && rows[to].top < toY) to++
  return { from, to }
}

/** The position of the row at `y`, or of the last one above it; 0 when there is none. */
export function rowAt(rows: readonly Row[], y: number): number {
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rows[middle].top <= y) low = middle
    else high = middle - 1
  }
  return low
}

/** The children of a node as they are shown. */
export function inOrder(nodes: readonly TrackNode[], order: readonly string[] | undefined): readonly TrackNode[] {
  if (order === undefined) return nodes
  const place = new Map(order.map((key, index) => [key, index]))
  const placeOf = (node: TrackNode): number => place.get(node.key) ?? order.length
  return nodes.slice().sort((a, b) => placeOf(a) - placeOf(b))
}

function placed(
  node: TrackNode,
  among: Pick<Row, 'indent' | 'place' | 'siblings'>,
  top: number,
  isCollapsed: boolean,
  sizes: TrackSizes,
): Row {
  const base = {
    node,
    ...among,
    top,
    isCollapsed,
    instantsTop: undefined,
    levelsTop: PADDING,
    levels: 0,
    levelHeight: LEVEL_HEIGHT,
  }
  if (node.kind === 'trace' || node.kind === 'process') return { ...base, height: GROUP_HEIGHT }
  if (node.kind === 'counter') return { ...base, height: isCollapsed ? COLLAPSED_HEIGHT : COUNTER_HEIGHT }
  const levels = sizes.levelsOf(node)
  if (isCollapsed) {
    const shown = Math.min(levels, COLLAPSED_LEVELS)
    return { ...base, levels: shown, levelHeight: COLLAPSED_LEVEL_HEIGHT, height: COLLAPSED_HEIGHT }
  }
  const hasInstants = sizes.hasInstants(node)
  const levelsTop = PADDING + (hasInstants ? INSTANTS_HEIGHT : 0)
  const height = Math.max(LEAST_HEIGHT, levelsTop + levels * LEVEL_HEIGHT + PADDING)
  return { ...base, instantsTop: hasInstants ? PADDING : undefined, levelsTop, levels, height }
}

/** A row is wanted when its own name matches, or that of one above or below it. */
function filterOf(tree: readonly TrackNode[], filter: string): (node: TrackNode) => boolean {
  const text = filter.trim().toLowerCase()
  if (text === '') return () => true
  const wanted = new Set<TrackNode>()
  const visit = (node: TrackNode, isInside: boolean): boolean => {
    const matches = isInside || `${node.name} ${node.detail}`.toLowerCase().includes(text)
    let isWanted = matches
    for (const child of node.children) if (visit(child, matches)) isWanted = true
    if (isWanted) wanted.add(node)
    return isWanted
  }
  for (const node of tree) visit(node, false)
  return (node) => wanted.has(node)
}

function nodesByKey(tree: readonly TrackNode[]): Map<string, TrackNode> {
  const found = new Map<string, TrackNode>()
  const visit = (nodes: readonly TrackNode[]): void => {
    for (const node of nodes) {
      found.set(node.key, node)
      visit(node.children)
    }
  }
  visit(tree)
  return found
}
