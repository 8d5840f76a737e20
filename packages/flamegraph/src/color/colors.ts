import type { FrameTree } from '../tree/frame-tree.js'
import type { Categories } from './categories.js'
import type { Palette } from './palette.js'

/** The colour of a node in a theme. */
export type ColorOf = (node: number, palette: Palette) => string

/** Colours by category. */
export function categoryColors(tree: FrameTree, { category, shade }: Categories): ColorOf {
  return (node, palette) => {
    const frame = tree.frame[node]
    const shades = category[frame] === -1 ? palette.others : palette.categories[category[frame]]
    return shades[shade[frame]]
  }
}
