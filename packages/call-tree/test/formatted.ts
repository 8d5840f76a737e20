import type { Trace } from '@tracer/core'
import type { CallTree, FunctionRow } from '../src/index.js'

/** One line a function, as the table gives them. */
export function formattedTable(trace: Trace, rows: readonly FunctionRow[]): string {
  return rows
    .map((row) => {
      const { selfNs, totalNs, meanNs, minNs, maxNs } = row
      const recorded = row.recordedCalls
      const unrecorded = row.calls === recorded ? '' : ` (${recorded} recorded, others ~${row.estimatedNs})`
      const counts = `${row.calls} calls${unrecorded}${row.runs === row.calls ? '' : `, ${row.runs} runs`}`
      const name = trace.sites[row.site].name
      return `${name}: ${counts}, self ${selfNs}, total ${totalNs}, mean ${meanNs}, min ${minNs}, max ${maxNs}`
    })
    .join('\n')
}

/** One line a node, indented, in the order of the tree; written from the links, not from the columns' order. */
export function formattedTree(trace: Trace, tree: CallTree): string {
  const lines: string[] = []
  const visit = (first: number, end: number, parent: number, depth: number): void => {
    for (let node = first; node < end; node = tree.subtreeEnd[node]) {
      if (tree.parent[node] !== parent) throw new Error(`Node ${node} has parent ${tree.parent[node]}, not ${parent}`)
      if (tree.depth[node] !== depth) throw new Error(`Node ${node} has depth ${tree.depth[node]}, not ${depth}`)
      const counts =
        tree.runs[node] === tree.calls[node] ? `${tree.calls[node]}x` : `${tree.calls[node]}x/${tree.runs[node]}`
      const name = trace.sites[tree.site[node]].name
      lines.push(`${'  '.repeat(depth)}${name} ${counts} self ${tree.selfNs[node]} total ${tree.totalNs[node]}`)
      visit(node + 1, tree.subtreeEnd[node], node, depth + 1)
    }
  }
  visit(0, tree.length, -1, 0)
  return lines.join('\n')
}

/** A text without the indentation of the test around it. */
export function text(template: string): string {
  const lines = template.split('\n').slice(1, -1)
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(indent)).join('\n')
}
