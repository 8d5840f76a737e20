import { count, duration, percent, Places } from '@tracer/text-format'
import { categoriesOf, type Categories } from '../color/categories.js'
import { PALETTES } from '../color/palette.js'
import { Deepest } from '../tree/deepest.js'
import { frameOf, frameTree, shareOf, widthOf, type FrameTree } from '../tree/frame-tree.js'
import type { TreeContent, ViewOptions } from './content.js'
import type { FlameView, FrameFacts, Legend } from './flame-view.js'
import { MOST_LETTERS, titleOf } from './frame-names.js'

const CATEGORIES = PALETTES.light.categories.length

/** The view of one call tree. */
export function treeView(content: TreeContent, { colorBy }: ViewOptions): FlameView {
  const { tree: callTree, sites } = content
  const tree = frameTree(callTree, sites)
  const categories = categoriesOf(tree, colorBy, CATEGORIES, content)
  const { category, shade } = categories
  const places = new Places(sites, MOST_LETTERS)
  return {
    tree,
    deepest: new Deepest(tree),
    legend: legendOf(categories, places),
    colorOf: (node, palette) => {
      const frame = tree.frame[node]
      const colors = categories.by === 'name' ? palette.names : palette.categories
      const shades = category[frame] === -1 ? palette.others : colors[category[frame]]
      return shades[shade[frame]]
    },
    isGone: () => false,
    labelsOf: (node) => [titleOf(frameOf(tree, node))],
    factsOf: (node) => ({
      name: titleOf(frameOf(tree, node)),
      place: places.of(frameOf(tree, node)),
      rows: rowsOf(tree, callTree, node),
    }),
    sourceOf: (node) => node,
    nodeOf: (source) => source,
    gone: [],
  }
}

function legendOf({ by, legend }: Categories, places: Places): Legend {
  const named = legend
    .filter(({ category }) => category >= 0)
    .map(({ name, share, category }) => ({
      name: `${by === 'file' ? places.fileOf({ file: name }) : name} ${percent(share)}`,
      colorOf: (palette: (typeof PALETTES)['light']) => palette.categories[category][0],
    }))
  const rest = legend.filter(({ category }) => category < 0)
  const others = {
    name: `${count(rest.length)} others ${percent(rest.reduce((sum, { share }) => sum + share, 0))}`,
    colorOf: (palette: (typeof PALETTES)['light']) => palette.others[0],
  }
  return { title: `Colour by ${by}`, entries: rest.length === 0 ? named : [...named, others] }
}

function rowsOf(
  tree: FrameTree,
  { calls, runs, selfNs, totalNs }: TreeContent['tree'],
  node: number,
): FrameFacts['rows'] {
  const isResumed = calls[node] === 0
  const isTimed = tree.unit === 'ns' && tree.extent > 0
  const time = (ns: number): string => (isTimed ? `${duration(ns)}, ${percent(ns / tree.extent)}` : duration(ns))
  return [
    ['Total', isTimed ? `${duration(widthOf(tree, node))}, ${percent(shareOf(tree, node))}` : duration(totalNs[node])],
    ['Self', time(selfNs[node])],
    isResumed ? ['Resumed', `${count(runs[node])} times`] : ['Calls', count(calls[node])],
    ...(calls[node] > 1 ? ([['Mean', duration(totalNs[node] / calls[node])]] as const) : []),
  ]
}
