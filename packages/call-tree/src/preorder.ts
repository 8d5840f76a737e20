/** The parent of a root. */
export const NONE = -1

/** Where the nodes of a tree stand in preorder. */
export interface Preorder {
  /** By node: its place. */
  readonly place: Int32Array
  /** By place: the place after the node's last descendant. */
  readonly subtreeEnd: Int32Array
}

/**
 * Puts nodes into preorder, siblings by weight, the heaviest first, of equal ones the one with the
 * lower number. A parent has a lower number than its children.
 */
export function heaviestFirst(parent: Int32Array, weight: Float64Array, length: number): Preorder {
  const { first, children } = childLists(parent, length)
  const size = new Int32Array(length).fill(1)
  for (let node = length - 1; node >= 0; node--) if (parent[node] !== NONE) size[parent[node]] += size[node]

  const place = new Int32Array(length)
  const subtreeEnd = new Int32Array(length)
  const putChildren = (list: number, firstPlace: number): void => {
    const [from, to] = [first[list], first[list + 1]]
    sortByWeight(children, from, to, weight)
    let next = firstPlace
    for (let i = from; i < to; i++) {
      const node = children[i]
      place[node] = next
      next += size[node]
      subtreeEnd[place[node]] = next
    }
  }
  putChildren(0, 0)
  for (let node = 0; node < length; node++) putChildren(node + 1, place[node] + 1)
  return { place, subtreeEnd }
}

/** For list 0, of the roots, and list `node + 1`, of its children: nodes from `first[list]` to `first[list + 1]`. */
function childLists(parent: Int32Array, length: number): { first: Int32Array; children: Int32Array } {
  const first = new Int32Array(length + 2)
  for (let node = 0; node < length; node++) first[parent[node] + 2]++
  for (let list = 1; list < first.length; list++) first[list] += first[list - 1]
  const children = new Int32Array(length)
  // Each list is filled from its end: afterwards `first` says where it begins.
  for (let node = length - 1; node >= 0; node--) children[--first[parent[node] + 2]] = node
  return { first: first.subarray(1), children }
}

/** Most nodes have a few children: moving these about is faster than calling a comparison. */
const FEW = 24

function sortByWeight(nodes: Int32Array, from: number, to: number, weight: Float64Array): void {
  if (to - from > FEW) {
    nodes.subarray(from, to).sort((a, b) => weight[b] - weight[a] || a - b)
    return
  }
  for (let i = from + 1; i < to; i++) {
    const node = nodes[i]
    let at = i
    for (; at > from && weight[nodes[at - 1]] < weight[node]; at--) nodes[at] = nodes[at - 1]
    nodes[at] = node
  }
}
