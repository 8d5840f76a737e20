import { asyncTree, groupedTree, type AsyncTree, type GroupedTree } from '@tracer/async-tree'
import { factsOf } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, counted, duration } from '@tracer/text-format'
import { printable } from '../text/cell.js'
import type { Style } from '../text/style.js'
import { tableLines, type Column } from '../text/table.js'
import { thingOf } from './awaited-thing.js'
import { placeOf } from './place.js'
import type { TreeCut } from './tree-lines.js'

const ROOT_COLUMNS: readonly Column[] = [
  { heading: 'Lasted', align: 'right' },
  { heading: 'Max', align: 'right' },
  { heading: 'Running', align: 'right' },
  { heading: 'Awaiting', align: 'right' },
  { heading: 'Queued', align: 'right' },
  { heading: 'Times', align: 'right' },
  { heading: 'Root', align: 'left', flex: 1 },
  { heading: 'Position', align: 'left', flex: 1, cut: 'folders' },
]

const TREE_COLUMNS: readonly Column[] = [
  { heading: 'Elapsed', align: 'right' },
  { heading: 'Self', align: 'right' },
  { heading: 'Awaiting', align: 'right' },
  { heading: 'Queued', align: 'right' },
  { heading: 'Times', align: 'right' },
  { heading: 'Function, and what it waited for', align: 'left', flex: 1, cut: 'end' },
]

/** The report of `--async`: what began by itself, and below it what that has set going; times are means. */
export function asyncLines(
  trace: Trace,
  options: TreeCut & { readonly top: number },
  layout: { readonly width: number; readonly cwd: string },
  style: Style,
): string[] {
  const tree = asyncTree(trace)
  const groups = groupedTree(tree)
  const title = `${counted(tree.length, 'task')} from ${counted(rootsOf(tree), 'root')}`
  if (tree.length === 0) return [style.strong(title), 'There is no slice in this trace.']
  const roots = rootGroups(groups)
  const [rootHead, ...rootRows] = tableLines(
    ROOT_COLUMNS,
    roots.slice(0, options.top).map((root) => rootCells(trace, groups, root, layout.cwd)),
    layout.width,
  )
  const { rows, tooDeep, tooSmall } = treeRows(trace, groups, options)
  const [treeHead, ...nodes] = tableLines(TREE_COLUMNS, rows, layout.width)
  const more = roots.length - options.top
  return [
    style.strong(title),
    ...countedOnly(trace, style),
    ...(isLinked(tree) ? [] : [style.warning('Timers, ticks and I/O were not followed: tracer --async does.')]),
    '',
    style.faint(rootHead),
    ...rootRows,
    ...(more > 0 ? [style.faint(`... ${count(more)} more: --top ${roots.length} shows them`)] : []),
    '',
    style.faint(treeHead),
    ...nodes,
    ...(tooSmall > 0
      ? [style.faint(`... ${count(tooSmall)} under ${options.minPercent}%: --min-percent 0 shows them`)]
      : []),
    ...(tooDeep > 0 ? [style.faint(`... ${count(tooDeep)} deeper: --depth ${deepest(groups)} shows them`)] : []),
  ]
}

/** What left no slice caused nothing that a trace knows of. */
function countedOnly(trace: Trace, style: Style): string[] {
  const { unrecordedCalls } = factsOf(trace)
  if (unrecordedCalls === 0) return []
  const text = `${counted(unrecordedCalls, 'call')} left no slice: what they set going is missing, or has another cause.`
  return [style.warning(text)]
}

function rootsOf({ parent }: AsyncTree): number {
  return parent.reduce((roots, above) => roots + (above === -1 ? 1 : 0), 0)
}

/** Whether it is known of anything what it was called back for, or arrows lead anywhere. */
function isLinked({ link, outside }: AsyncTree): boolean {
  return outside.size > 0 || link.includes('flow')
}

/** Longest first, all that they have set going included. */
function rootGroups({ length, subtreeEnd, lastingNs }: GroupedTree): number[] {
  const roots: number[] = []
  for (let node = 0; node < length; node = subtreeEnd[node]) roots.push(node)
  return roots.sort((a, b) => lastingNs[b] - lastingNs[a])
}

function rootCells(trace: Trace, groups: GroupedTree, node: number, cwd: string): string[] {
  const site = trace.sites[groups.site[node]]
  const tasks = groups.tasks[node]
  return [
    duration(groups.lastingNs[node] / tasks),
    duration(groups.maxLastingNs[node]),
    unlessNone(groups.totalNs[node] / tasks),
    unlessNone(groups.awaitingNs[node] / tasks),
    unlessNone(groups.queuedNs[node] / tasks),
    count(tasks),
    printable(site.name),
    placeOf(site, cwd),
  ]
}

/** The rows of the tree that are long enough, by their share of all that the roots lasted, and not too deep. */
function treeRows(
  trace: Trace,
  groups: GroupedTree,
  { depth, minPercent }: TreeCut,
): { readonly rows: string[][]; readonly tooDeep: number; readonly tooSmall: number } {
  const wholeNs = rootGroups(groups).reduce((sum, root) => sum + groups.lastingNs[root], 0)
  const rows: string[][] = []
  let tooDeep = 0
  let tooSmall = 0
  for (let node = 0; node < groups.length;) {
    const size = groups.subtreeEnd[node] - node
    const share = wholeNs === 0 ? 1 : groups.lastingNs[node] / wholeNs
    if (groups.depth[node] >= depth) {
      tooDeep += size
      node += size
    } else if (share * 100 < minPercent) {
      tooSmall += size
      node += size
    } else {
      rows.push(treeCells(trace, groups, node))
      node++
    }
  }
  return { rows, tooDeep, tooSmall }
}

/** One column: these trees are deep, and behind the name stands what was waited for. */
const INDENT = ' '
/** Deeper levels are marked by their number: indented further, names would have no room. */
const MAX_INDENTED_DEPTH = 16

function treeCells(trace: Trace, groups: GroupedTree, node: number): string[] {
  const tasks = groups.tasks[node]
  const depth = groups.depth[node]
  const indent =
    depth <= MAX_INDENTED_DEPTH ? INDENT.repeat(depth) : `${INDENT.repeat(MAX_INDENTED_DEPTH)}[${depth + 1}] `
  return [
    duration(groups.elapsedNs[node] / tasks),
    unlessNone(groups.selfNs[node] / tasks),
    unlessNone(groups.awaitingNs[node] / tasks),
    unlessNone(groups.queuedNs[node] / tasks),
    count(tasks),
    indent + printable(trace.sites[groups.site[node]].name) + waitedFor(trace, groups, node, tasks),
  ]
}

/** Most tasks do not wait: zeros would hide those that do. */
function unlessNone(ns: number): string {
  return ns === 0 ? '' : duration(ns)
}

/** The two things that took longest, of what a node waited for. */
function waitedFor(trace: Trace, groups: GroupedTree, node: number, tasks: number): string {
  const waits = (groups.outside.get(node) ?? []).map(({ kind, ns }) => ({ name: thingOf(kind), ns }))
  for (let child = node + 1; child < groups.subtreeEnd[node]; child = groups.subtreeEnd[child]) {
    if (groups.awaitedNs[child] > 0) {
      waits.push({ name: trace.sites[groups.site[child]].name, ns: groups.awaitedNs[child] })
    }
  }
  const longest = waits.sort((a, b) => b.ns - a.ns).slice(0, 2)
  if (longest.length === 0) return ''
  return ` (${longest.map(({ name, ns }) => `${printable(name)} ${duration(ns / tasks)}`).join(', ')})`
}

function deepest({ depth }: GroupedTree): number {
  return depth.reduce((most, level) => Math.max(most, level + 1), 0)
}
