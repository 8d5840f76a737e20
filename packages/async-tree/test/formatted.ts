import type { Trace } from '@tracer/core'
import type { AsyncTree } from '../src/index.js'

/** One line a node, indented, times in milliseconds; written from the links, not from the columns' order. */
export function formattedTree(trace: Trace, tree: AsyncTree): string {
  const lines: string[] = []
  const visit = (first: number, end: number, parent: number, depth: number): void => {
    for (let node = first; node < end; node = tree.subtreeEnd[node]) {
      if (tree.parent[node] !== parent) throw new Error(`Node ${node} has parent ${tree.parent[node]}, not ${parent}`)
      if (tree.depth[node] !== depth) throw new Error(`Node ${node} has depth ${tree.depth[node]}, not ${depth}`)
      const parts = [
        `${trace.sites[tree.site[node]].name} ${ms(tree.causedNs[node])}-${ms(tree.endNs[node])}`,
        tree.link[node],
        `self ${ms(tree.selfNs[node])}`,
        `run ${ms(tree.runNs[node])}`,
        ...named('await', tree.awaitingNs[node]),
        ...named('queue', tree.queuedNs[node]),
        ...named('awaited', tree.awaitedNs[node]),
        ...(tree.outside.get(node) ?? []).map(({ kind, ns }) => `(${kind} ${ms(ns)})`),
      ]
      lines.push('  '.repeat(depth) + parts.join(' '))
      visit(node + 1, tree.subtreeEnd[node], node, depth + 1)
    }
  }
  visit(0, tree.length, -1, 0)
  return lines.join('\n')
}

function named(name: string, ns: number): string[] {
  return ns === 0 ? [] : [`${name} ${ms(ns)}`]
}

function ms(ns: number): number {
  return ns / 1e6
}

/** A text without the indentation of the test around it. */
export function text(template: string): string {
  const lines = template.split('\n').slice(1, -1)
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(indent)).join('\n')
}
