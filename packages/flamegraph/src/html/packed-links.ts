import type { FrameTree } from '../tree/frame-tree.js'
import type { VarintReader, VarintWriter } from './varints.js'

export type Links = Pick<FrameTree, 'length' | 'parent' | 'subtreeEnd'> & { readonly depth: Int32Array | Uint16Array }
export type UnpackedLinks = Links & { readonly depth: Int32Array }

/** By node in preorder, how much further up it is than a child of the one before. */
export function packedLinks(writer: VarintWriter, { length, depth }: Links): void {
  let expected = 0
  for (let node = 0; node < length; node++) {
    writer.push(expected - depth[node])
    expected = depth[node] + 1
  }
}

export function unpackedLinks(reader: VarintReader, length: number): UnpackedLinks {
  const parent = new Int32Array(length)
  const subtreeEnd = new Int32Array(length)
  const depth = new Int32Array(length)
  const path: number[] = []
  let expected = 0
  for (let node = 0; node < length; node++) {
    const own = expected - reader.next()
    depth[node] = own
    parent[node] = own === 0 ? -1 : path[own - 1]
    path[own] = node
    expected = own + 1
  }
  for (let node = length - 1; node >= 0; node--) {
    subtreeEnd[node] = Math.max(subtreeEnd[node], node + 1)
    const above = parent[node]
    if (above !== -1) subtreeEnd[above] = Math.max(subtreeEnd[above], subtreeEnd[node])
  }
  return { length, parent, subtreeEnd, depth }
}
