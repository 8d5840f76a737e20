import type { CallTree } from '@tracer/call-tree'
import type { Site } from '@tracer/core'
import fc from 'fast-check'
import type { TreeContent } from '../../src/index.js'

/** A node of a drawn tree; depths of a list are those of a tree in preorder. */
export interface DrawnNode {
  readonly depth: number
  readonly name: string
  readonly selfNs: number
  readonly calls?: number
}

/**
 * A tree as one draws it, indented by two spaces a level: name, self time in nanoseconds, and calls if not 1.
 *
 * ```
 * main 10
 *   parse 20 3x
 * ```
 */
export function drawn(text: string, fileOf: (name: string) => string = () => '/srv/app.ts'): TreeContent {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const indent = Math.min(...lines.map((line) => line.search(/\S/)))
  const nodes = lines.map((line): DrawnNode => {
    const match = /^( *)(\S+) (-?\d+|NaN)(?: (\d+)x)?$/.exec(line)
    if (match === null) throw new Error(`Not a line of a drawn tree: ${line}`)
    const [, space, name, selfNs, calls] = match
    return { depth: (space.length - indent) / 2, name, selfNs: Number(selfNs), calls: Number(calls ?? 1) }
  })
  return treeOf(nodes, fileOf)
}

export function treeOf(
  nodes: readonly DrawnNode[],
  fileOf: (name: string) => string = () => '/srv/app.ts',
): TreeContent {
  const names = [...new Set(nodes.map(({ name }) => name))]
  const sites = names.map((name, index): Site => ({
    kind: 'function',
    name,
    file: fileOf(name),
    line: index + 1,
    column: 1,
  }))
  const { length } = nodes
  const tree = {
    length,
    site: Int32Array.from(nodes, ({ name }) => names.indexOf(name)),
    parent: new Int32Array(length).fill(-1),
    subtreeEnd: new Int32Array(length),
    depth: Int32Array.from(nodes, ({ depth }) => depth),
    calls: Uint32Array.from(nodes, ({ calls = 1 }) => calls),
    runs: Uint32Array.from(nodes, ({ calls = 1 }) => calls),
    selfNs: Float64Array.from(nodes, ({ selfNs }) => selfNs),
    totalNs: Float64Array.from(nodes, ({ selfNs }) => selfNs),
  }
  const path: number[] = []
  for (const [node, { depth }] of nodes.entries()) {
    tree.parent[node] = depth === 0 ? -1 : path[depth - 1]
    path[depth] = node
  }
  let rootNs = 0
  for (let node = length - 1; node >= 0; node--) {
    tree.subtreeEnd[node] = Math.max(tree.subtreeEnd[node], node + 1)
    const above = tree.parent[node]
    if (above === -1) {
      rootNs += tree.totalNs[node]
    } else {
      tree.totalNs[above] += tree.totalNs[node]
      tree.subtreeEnd[above] = Math.max(tree.subtreeEnd[above], tree.subtreeEnd[node])
    }
  }
  const callTree: CallTree = { ...tree, rootNs }
  return { tree: callTree, sites }
}

/** Trees of any shape; self times are whole numbers, often 0. */
export const anyTree: fc.Arbitrary<TreeContent> = fc
  .array(fc.record({ up: fc.nat(4), selfNs: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)), name: fc.nat(5) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((steps) => {
    let depth = -1
    const nodes = steps.map(({ up, selfNs, name }): DrawnNode => {
      depth = Math.max(0, depth + 1 - up)
      return { depth, selfNs, name: `f${name}` }
    })
    return treeOf(nodes)
  })
