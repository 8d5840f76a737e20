import type { CallTree, TreeDiff, TreeSide } from '@tracer/call-tree'
import type { FlameContent } from '../view/content.js'
import { isDiff } from '../view/flame-view.js'
import type { Links } from './packed-links.js'

/** Content with at most some nodes: those that take longest, and no child without its parent. */
export function pruned(content: FlameContent, most: number): FlameContent {
  if (isDiff(content)) {
    const { diff } = content
    const weight = diff.before.totalNs.map((ns, node) => Math.max(ns, diff.after.totalNs[node]))
    const kept = keptNodes(diff, weight, most)
    return kept === undefined ? content : { diff: prunedDiff(diff, kept) }
  }
  const kept = keptNodes(content.tree, content.tree.totalNs, most)
  return kept === undefined ? content : { ...content, tree: prunedTree(content.tree, kept) }
}

/** Undefined when all are kept. */
function keptNodes({ length, parent }: Links, weight: Float64Array, most: number): Int32Array | undefined {
  if (length <= most) return undefined
  const least = weight.toSorted()[length - most]
  const isKept = new Uint8Array(length)
  const kept: number[] = []
  for (let node = 0; node < length && kept.length < most; node++) {
    const above = parent[node]
    if (weight[node] < least || (above !== -1 && isKept[above] === 0)) continue
    isKept[node] = 1
    kept.push(node)
  }
  return Int32Array.from(kept)
}

function prunedLinks(links: Links, kept: Int32Array): Links & { readonly depth: Int32Array } {
  /** By node, how many kept ones come before it. */
  const place = new Int32Array(links.length + 1)
  let next = 0
  for (let node = 0; node < links.length; node++) {
    place[node] = next
    if (kept[next] === node) next++
  }
  place[links.length] = next
  return {
    length: kept.length,
    parent: kept.map((node) => (links.parent[node] === -1 ? -1 : place[links.parent[node]])),
    subtreeEnd: kept.map((node) => place[links.subtreeEnd[node]]),
    depth: kept.map((node) => links.depth[node]),
  }
}

function prunedTree(tree: CallTree, kept: Int32Array): CallTree {
  return {
    ...prunedLinks(tree, kept),
    site: kept.map((node) => tree.site[node]),
    calls: Uint32Array.from(kept, (node) => tree.calls[node]),
    runs: Uint32Array.from(kept, (node) => tree.runs[node]),
    selfNs: Float64Array.from(kept, (node) => tree.selfNs[node]),
    totalNs: Float64Array.from(kept, (node) => tree.totalNs[node]),
    rootNs: tree.rootNs,
  }
}

function prunedDiff(diff: TreeDiff, kept: Int32Array): TreeDiff {
  const side = ({ node, calls, selfNs, totalNs, rootNs }: TreeSide): TreeSide => ({
    node: kept.map((at) => node[at]),
    calls: Float64Array.from(kept, (at) => calls[at]),
    selfNs: Float64Array.from(kept, (at) => selfNs[at]),
    totalNs: Float64Array.from(kept, (at) => totalNs[at]),
    rootNs,
  })
  return {
    ...prunedLinks(diff, kept),
    frames: diff.frames,
    frame: kept.map((node) => diff.frame[node]),
    before: side(diff.before),
    after: side(diff.after),
  }
}
