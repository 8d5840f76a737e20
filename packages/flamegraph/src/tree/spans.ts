import type { FrameTree } from './frame-tree.js'

type Links = Pick<FrameTree, 'length' | 'parent'>
type Spans = Pick<FrameTree, 'start' | 'end' | 'extent' | 'unit'>

/**
 * Where each node lies. Totals are taken for what they are where they add up. A node is as wide as its
 * children at least (sums without the cost of probes may miss that by a little), and what is no length,
 * NaN or below 0, is 0. Where nothing took any time, all leaves are equally wide.
 */
export function spansOf(links: Links, totalNs: Float64Array): Spans {
  const width = widths(links, (node) => totalNs[node])
  const spans = laidOut(links, width)
  if (spans.extent > 0 || links.length === 0) return { ...spans, unit: 'ns' }
  return {
    ...laidOut(
      links,
      widths(links, () => 1),
    ),
    unit: 'slices',
  }
}

function widths({ length, parent }: Links, ownOf: (node: number) => number): Float64Array {
  const width = new Float64Array(length)
  for (let node = length - 1; node >= 0; node--) {
    const own = ownOf(node)
    if (own > width[node] && own < Infinity) width[node] = own
    if (parent[node] !== -1) width[parent[node]] += width[node]
  }
  return width
}

function laidOut({ length, parent }: Links, width: Float64Array): Omit<Spans, 'unit'> {
  const start = new Float64Array(length)
  const end = width
  /** By node, where its next child begins. */
  const next = new Float64Array(length)
  let extent = 0
  for (let node = 0; node < length; node++) {
    const above = parent[node]
    const from = above === -1 ? extent : next[above]
    // Sums of fractions differ in the last bits by their order: nothing may lie outside of its parent.
    const to = above === -1 ? from + width[node] : Math.min(from + width[node], end[above])
    start[node] = from
    end[node] = to
    next[node] = from
    if (above === -1) extent = to
    else next[above] = to
  }
  return { start, end, extent }
}
