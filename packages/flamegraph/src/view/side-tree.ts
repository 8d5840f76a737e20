import type { TreeDiff } from '@tracer/call-tree'
import { levelsOf, type FrameTree } from '../tree/frame-tree.js'
import { spansOf } from '../tree/spans.js'
import type { DiffSide } from './content.js'

/** One side of a diff as a tree of its own: only the paths that this side has. */
export function sideTree(diff: TreeDiff, name: DiffSide): { readonly tree: FrameTree; readonly source: Int32Array } {
  const side = diff[name]
  /** By node of the diff, how many nodes of this side come before it: its place here, if it is on this side. */
  const place = new Int32Array(diff.length + 1)
  for (let node = 0; node < diff.length; node++) place[node + 1] = place[node] + (side.node[node] === -1 ? 0 : 1)
  const length = place[diff.length]
  const source = new Int32Array(length)
  for (let node = 0; node < diff.length; node++) if (side.node[node] !== -1) source[place[node]] = node
  const links = {
    length,
    parent: source.map((node) => (diff.parent[node] === -1 ? -1 : place[diff.parent[node]])),
    subtreeEnd: source.map((node) => place[diff.subtreeEnd[node]]),
    depth: source.map((node) => diff.depth[node]),
  }
  const totalNs = Float64Array.from(source, (node) => side.totalNs[node])
  const tree = {
    ...links,
    ...spansOf(links, totalNs),
    frame: source.map((node) => diff.frame[node]),
    frames: diff.frames.map(({ name, file, lineBefore, lineAfter }) => {
      const [own, other] = side === diff.before ? [lineBefore, lineAfter] : [lineAfter, lineBefore]
      return { name, file, line: own === 0 ? other : own, column: 0 }
    }),
    levels: levelsOf(links.depth, length),
  }
  return { tree, source }
}
