import type { Layout } from '../layout/layout.js'
import type { FrameTree } from '../tree/frame-tree.js'
import { widestChild } from '../tree/positions.js'
import type { Direction } from './geometry.js'

/** What a key asks for. */
export type KeyAction =
  | { readonly kind: 'focus'; readonly node: number }
  | { readonly kind: 'zoom'; readonly node: number }
  | { readonly kind: 'out' }
  | { readonly kind: 'all' }

/** Where the keyboard is: in which layout, drawn which way, on which node (-1: on none), zoomed to which. */
export interface KeyPlace {
  readonly tree: FrameTree
  readonly layout: Layout
  readonly direction: Direction
  readonly focused: number
  readonly zoom: number
}

/** What a key means, or undefined when nothing. */
export function keyAction(key: string, place: KeyPlace): KeyAction | undefined {
  const { tree, focused } = place
  if (key === 'Escape') return { kind: 'out' }
  if (key === 'Home') return { kind: 'all' }
  if (tree.length === 0) return undefined
  if (key === 'Enter' || key === ' ') return focused === -1 ? undefined : { kind: 'zoom', node: focused }
  if (!key.startsWith('Arrow')) return undefined
  if (focused === -1) return { kind: 'focus', node: place.zoom === -1 ? widestRoot(tree) : place.zoom }
  const node = neighbour(key, place)
  return node === -1 ? undefined : { kind: 'focus', node }
}

function neighbour(key: string, { tree, layout, direction, focused }: KeyPlace): number {
  const [inwards, outwards] = direction === 'icicle' ? ['ArrowDown', 'ArrowUp'] : ['ArrowUp', 'ArrowDown']
  if (key === inwards) return widestChild(tree, focused)
  if (key === outwards) return tree.parent[focused]
  const row = layout.boxes
    .slice(layout.rowStart[tree.depth[focused]], layout.rowStart[tree.depth[focused] + 1])
    .filter((box) => box.kind === 'frame')
  const position = row.findIndex((box) => box.node === focused)
  const next = row[position + (key === 'ArrowRight' ? 1 : -1)]
  return position === -1 || next === undefined ? -1 : next.node
}

function widestRoot(tree: FrameTree): number {
  let widest = 0
  for (let root = 0; root < tree.length; root = tree.subtreeEnd[root]) {
    if (tree.end[root] - tree.start[root] > tree.end[widest] - tree.start[widest]) widest = root
  }
  return widest
}
