import type { CallTree } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, counted, duration, percent } from '@tracer/text-format'
import { printable } from '../text/cell.js'
import { tableLines, type Column } from '../text/table.js'

/** What of a call tree is shown. */
export interface TreeCut {
  /** Levels, from 1. */
  readonly depth: number
  /** Nodes of a smaller share of the whole are left out, with all below them. */
  readonly minPercent: number
}

/** The tree as lines that fit, and how many nodes it leaves out, why. */
export interface TreeLines {
  readonly lines: readonly string[]
  readonly tooSmall: number
  readonly tooDeep: number
}

const COLUMNS: readonly Column[] = [
  { heading: '', align: 'right' },
  { heading: 'Total', align: 'right' },
  { heading: 'Self', align: 'right' },
  { heading: 'Calls', align: 'right' },
  { heading: 'Function', align: 'left', flex: 1 },
]
const INDENT = '  '
/** Deeper levels are marked by their number: indented further, names would have no room. */
const MAX_INDENTED_DEPTH = 16

export function treeLines(trace: Trace, tree: CallTree, cut: TreeCut, width: number): TreeLines {
  const rows: string[][] = []
  let tooSmall = 0
  let tooDeep = 0
  for (let node = 0; node < tree.length;) {
    const share = tree.rootNs === 0 ? 1 : tree.totalNs[node] / tree.rootNs
    const size = tree.subtreeEnd[node] - node
    if (tree.depth[node] >= cut.depth) {
      tooDeep += size
      node += size
    } else if (share * 100 < cut.minPercent) {
      tooSmall += size
      node += size
    } else {
      rows.push(cells(trace, tree, node, share))
      node++
    }
  }
  return { lines: tableLines(COLUMNS, rows, width), tooSmall, tooDeep }
}

function cells(trace: Trace, tree: CallTree, node: number, share: number): string[] {
  const depth = tree.depth[node]
  const indent =
    depth <= MAX_INDENTED_DEPTH ? INDENT.repeat(depth) : `${INDENT.repeat(MAX_INDENTED_DEPTH)}[${depth + 1}] `
  const name = printable(trace.sites[tree.site[node]].name)
  // What went on after an await or a yield was called elsewhere, and is counted there.
  const isResumed = tree.calls[node] === 0
  const remark = isResumed ? `, resumed ${counted(tree.runs[node], 'time')}` : ''
  return [
    percent(share),
    duration(tree.totalNs[node]),
    duration(tree.selfNs[node]),
    isResumed ? '' : count(tree.calls[node]),
    indent + name + remark,
  ]
}
