import { BUILT_IN, nameHash, OWN_CODE, packageOf } from '@tracer/core'
import type { Frame, FrameTree } from '../tree/frame-tree.js'
import type { TreeContent } from '../view/content.js'

/** What frames are coloured by. */
export type ColorBy = (typeof COLOR_BY)[number]
/** All of them, the coarsest first. */
export const COLOR_BY = ['package', 'file', 'name'] as const

/** Which colour each function has: the index of a category, or -1 for the one of all others. */
export interface Categories {
  readonly by: ColorBy
  /** By function. */
  readonly category: Int32Array
  /** By function, a number from 0 to 2 that follows from its name. */
  readonly shade: Uint8Array
  /**
   * Names of the categories, as far as they mean anything, and the share of time in functions of each, those with a
   * colour of their own first.
   */
  readonly legend: readonly { readonly name: string; readonly share: number; readonly category: number }[]
}

/** Categories that were found elsewhere, for a graph to have the same colours as another picture. */
export type GivenCategories = Pick<Categories, 'by' | 'category'>

/** Where a category of its own has no colour left. */
const OTHERS = -1

/** A category with more of the time than that says too little: all would look alike. */
const TOO_MUCH = 2 / 3

const SPOKEN = new Map([
  [OWN_CODE, 'own code'],
  [BUILT_IN, 'Node.js'],
])
const NOWHERE = 'no file'

/**
 * Sorts the functions of a tree into at most `count` categories; the dearest get a colour of their own, unless `given`
 * says which do.
 */
export function categoriesOf(
  tree: FrameTree,
  by: ColorBy | undefined,
  count: number,
  { categories: given, isInverted = false }: Pick<TreeContent, 'categories' | 'isInverted'> = {},
): Categories {
  if (given !== undefined && (by === undefined || by === given.by)) {
    return sorted(tree, given.by, count, isInverted, given)
  }
  const find = (key: ColorBy): Categories => sorted(tree, key, count, isInverted)
  if (by !== undefined) return find(by)
  return [find('package'), find('file')].find(({ legend }) => isTelling(legend)) ?? find('name')
}

function isTelling([first]: Categories['legend']): boolean {
  return first !== undefined && first.share < TOO_MUCH
}

function sorted(tree: FrameTree, by: ColorBy, count: number, isInverted: boolean, given?: GivenCategories): Categories {
  const shade = Uint8Array.from(tree.frames, ({ name }) => nameHash(name) % 3)
  if (by === 'name') {
    return {
      by,
      category: Int32Array.from(tree.frames, ({ name }) => (nameHash(name) >>> 2) % count),
      shade,
      legend: [],
    }
  }
  const nameOf = by === 'package' ? packageNameOf : fileOf
  const own = ownWidths(tree, isInverted)
  const widths = new Map<string, number>()
  const names = tree.frames.map(nameOf)
  for (const [frame, name] of names.entries()) widths.set(name, (widths.get(name) ?? 0) + own[frame])
  const dearest = [...widths].filter(([, width]) => width > 0).sort(([, a], [, b]) => b - a)
  const category =
    given === undefined
      ? new Map(dearest.slice(0, count).map(([name], index) => [name, index]))
      : new Map(names.map((name, frame) => [name, given.category[frame]]))
  const categoryOf = (name: string): number => category.get(name) ?? OTHERS
  return {
    by,
    category: Int32Array.from(names, categoryOf),
    shade,
    legend: dearest
      .map(([name, width]) => ({ name, share: width / tree.extent, category: categoryOf(name) }))
      .sort((a, b) => Number(a.category === OTHERS) - Number(b.category === OTHERS)),
  }
}

/** By function, the width of its nodes without that of their children; of an inverted tree that of its roots. */
function ownWidths({ length, frame, frames, parent, start, end }: FrameTree, isInverted: boolean): Float64Array {
  const own = new Float64Array(frames.length)
  for (let node = 0; node < length; node++) {
    if (isInverted && parent[node] !== -1) continue
    const width = end[node] - start[node]
    own[frame[node]] += width
    if (parent[node] !== -1) own[frame[parent[node]]] -= width
  }
  return own
}

/** The package that a function belongs to, as the legend calls it. */
export function packageNameOf({ file }: Pick<Frame, 'file'>): string {
  if (file === '') return NOWHERE
  const name = packageOf(file)
  return SPOKEN.get(name) ?? name
}

function fileOf({ file }: Pick<Frame, 'file'>): string {
  return file === '' ? NOWHERE : file
}
