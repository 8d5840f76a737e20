import type { CallTree, TreeDiff, TreeSide } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import { cutText } from '../layout/fitted-text.js'
import type { DiffContent, FlameContent, TreeContent } from '../view/content.js'
import { isDiff } from '../view/flame-view.js'
import { packedLinks, unpackedLinks, type Links, type UnpackedLinks } from './packed-links.js'
import { VarintReader, VarintWriter } from './varints.js'

/**
 * What a page holds: texts as JSON, and all columns one after the other. Times are whole nanoseconds. Links
 * follow from depths, and totals from self times but for what they differ by.
 */
export interface PackedContent {
  readonly texts: PackedTexts
  readonly columns: Uint8Array<ArrayBuffer>
}

const MOST_LETTERS = 1000

export type PackedTexts =
  | { readonly kind: 'tree'; readonly length: number; readonly sites: readonly Site[]; readonly isInverted: boolean }
  | { readonly kind: 'diff'; readonly length: number; readonly frames: TreeDiff['frames'] }

export function packed(content: FlameContent): PackedContent {
  const writer = new VarintWriter()
  if (isDiff(content)) {
    const { diff } = content
    packedLinks(writer, diff)
    for (let node = 0; node < diff.length; node++) writer.push(diff.frame[node])
    for (const side of [diff.before, diff.after]) packSide(writer, diff, side)
    return { texts: { kind: 'diff', length: diff.length, frames: diff.frames.map(cut) }, columns: writer.bytes }
  }
  const { tree, isInverted = false } = content
  /** Only functions that are in the tree, by their first node. */
  const numbers = new Map<number, number>()
  for (const site of tree.site.subarray(0, tree.length)) if (!numbers.has(site)) numbers.set(site, numbers.size)
  const sites = [...numbers.keys()].map((site) => cut(content.sites[site]))
  packedLinks(writer, tree)
  for (let node = 0; node < tree.length; node++) writer.push(numbers.get(tree.site[node]) ?? 0)
  for (let node = 0; node < tree.length; node++) writer.push(tree.calls[node])
  for (let node = 0; node < tree.length; node++) writer.pushSigned(tree.runs[node] - tree.calls[node])
  packTimes(writer, tree, tree)
  return { texts: { kind: 'tree', length: tree.length, sites, isInverted }, columns: writer.bytes }
}

/** A name may have a megabyte. */
function cut<Named extends { readonly name: string; readonly file: string }>(named: Named): Named {
  return { ...named, name: cutText(named.name, MOST_LETTERS), file: cutText(named.file, MOST_LETTERS) }
}

export function unpacked({ texts, columns }: PackedContent): FlameContent {
  const reader = new VarintReader(columns)
  const links = unpackedLinks(reader, texts.length)
  return texts.kind === 'tree' ? tree(reader, links, texts) : diff(reader, links, texts.frames)
}

function tree(reader: VarintReader, links: Links, { sites, isInverted }: Omit<TreeContent, 'tree'>): TreeContent {
  const { length } = links
  const site = Int32Array.from({ length }, () => reader.next())
  const calls = Uint32Array.from({ length }, () => reader.next())
  const runs = calls.map((count) => count + reader.nextSigned())
  const tree: CallTree = { ...links, site, calls, runs, ...unpackTimes(reader, links) }
  return { tree, sites, isInverted }
}

function diff(reader: VarintReader, links: UnpackedLinks, frames: TreeDiff['frames']): DiffContent {
  const frame = Int32Array.from({ length: links.length }, () => reader.next())
  const [before, after] = [unpackSide(reader, links), unpackSide(reader, links)]
  return { diff: { ...links, frames, frame, before, after } }
}

/** Which node of its own tree a node was is left out but for whether there is one. */
function packSide(writer: VarintWriter, links: Links, side: TreeSide): void {
  for (let node = 0; node < links.length; node++) writer.push(side.node[node] === -1 ? 0 : 1 + side.calls[node])
  packTimes(writer, links, side)
}

function unpackSide(reader: VarintReader, links: Links): TreeSide {
  const { length } = links
  const [node, calls] = [new Int32Array(length), new Float64Array(length)]
  let found = 0
  for (let i = 0; i < length; i++) {
    const count = reader.next()
    node[i] = count === 0 ? -1 : found++
    calls[i] = Math.max(0, count - 1)
  }
  return { node, calls, ...unpackTimes(reader, links) }
}

interface Times {
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
}

function packTimes(writer: VarintWriter, { length, parent }: Links, { selfNs, totalNs }: Times): void {
  const sums = new Float64Array(length)
  for (let node = length - 1; node >= 0; node--) {
    const [own, total] = [whole(selfNs[node]), whole(totalNs[node])]
    writer.push(own)
    writer.pushSigned(total - own - sums[node])
    if (parent[node] !== -1) sums[parent[node]] += total
  }
}

function unpackTimes(reader: VarintReader, { length, parent }: Links): Times & { readonly rootNs: number } {
  const [selfNs, totalNs] = [new Float64Array(length), new Float64Array(length)]
  let rootNs = 0
  for (let node = length - 1; node >= 0; node--) {
    selfNs[node] = reader.next()
    totalNs[node] += selfNs[node] + reader.nextSigned()
    if (parent[node] === -1) rootNs += totalNs[node]
    else totalNs[parent[node]] += totalNs[node]
  }
  return { selfNs, totalNs, rootNs }
}

function whole(ns: number): number {
  return ns > 0 && ns < Number.MAX_SAFE_INTEGER ? Math.round(ns) : 0
}
