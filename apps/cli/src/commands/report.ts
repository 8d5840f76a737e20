import {
  callTree,
  estimatedTimes,
  factsOf,
  type CallTree,
  type FunctionRow,
  functionTable,
  invertedTree,
  type TimeRange,
  type TraceFacts,
} from '@tracer/call-tree'
import type { ThreadIndex, Trace } from '@tracer/core'
import { count, counted, duration } from '@tracer/text-format'
import { once } from 'node:events'
import { widthOf, type Io, type Outcome } from '../io.js'
import type { ReportOptions } from '../options/report-options.js'
import { readTraceFile } from '../formats/read-trace.js'
import { asyncLines } from '../report/async-lines.js'
import { collectionText } from '../report/collection-text.js'
import { ESTIMATE_MARK, functionLines, sortedFunctions } from '../report/function-lines.js'
import { partOf } from '../report/part-of-trace.js'
import { treeLines } from '../report/tree-lines.js'
import { eventLoopTexts } from '../summary/event-loops.js'
import { printable } from '../text/cell.js'
import { labelledLines, type Labelled } from '../text/labelled.js'
import { styleFor, type Style } from '../text/style.js'

/** `tracer report`: the function table and the call tree of a trace file, on stdout. */
export async function reportTrace(options: ReportOptions, file: string, io: Io): Promise<Outcome> {
  const { trace, warnings } = await readTraceFile(file, io.cwd, options.serializer)
  for (const warning of warnings) io.stderr.write(`tracer: ${printable(warning)}\n`)
  const layout = { width: widthOf(io.stdout), cwd: io.cwd }
  const lines = reportLines(trace, options, layout, styleFor(io.stdout, io.env))
  if (!io.stdout.write(`${lines.join('\n')}\n`)) await once(io.stdout, 'drain')
  return { exitCode: 0 }
}

/** The whole report, a line each. */
export function reportLines(
  trace: Trace,
  options: ReportOptions,
  layout: { readonly width: number; readonly cwd: string },
  style: Style,
): string[] {
  if (options.async) return asyncLines(trace, options, layout, style)
  const facts = factsOf(trace)
  const part = partOf(trace, options)
  const rows = sortedFunctions(trace, functionTable(trace, part), options.sort)
  const calls = rows.reduce((sum, row) => sum + row.calls, 0)
  const title = [
    `${counted(calls, 'call')} of ${counted(rows.length, 'function')} in ${duration(lengthOf(options.range, facts.spanNs))}`,
    ...placesText(trace, part.threads ?? [...trace.threads.keys()]),
  ].join(', ')
  const dropped = facts.dropped === 0 ? [] : [style.warning(droppedText(facts))]
  const collections = part.range === undefined && part.threads === undefined ? collectionText(trace) : undefined
  const garbage =
    collections === undefined ? [] : labelledLines([{ label: 'Garbage', texts: [collections] }], layout.width)
  if (rows.length === 0) {
    const where = Object.keys(part).length > 1 ? 'this part of the trace' : 'this trace'
    return [style.strong(title), ...dropped, ...garbage, `There is no function call in ${where}.`]
  }

  const shown = rows.slice(0, options.top)
  const [tableHead, ...table] = functionLines(
    trace,
    shown,
    ['self', 'total', 'calls', 'mean', 'max', 'name', 'place'],
    layout,
  )
  const tree = options.inverted ? invertedTree(trace, part) : callTree(trace, part)
  const branches = treeLines(trace, tree, options, layout.width)
  const [treeHead, ...nodes] = branches.lines
  // What is known of a loop is of the whole trace.
  const threads = part.threads ?? [...trace.threads.keys()]
  const loops = options.range === undefined ? eventLoopTexts(trace, layout.cwd, threads) : []
  return [
    style.strong(title),
    ...dropped,
    ...garbage,
    '',
    style.faint(tableHead),
    ...table,
    ...remark(rows.length > options.top, `${count(rows.length - options.top)} more: --top ${rows.length}`, style),
    '',
    style.faint(treeHead),
    ...nodes,
    ...remark(
      branches.tooSmall > 0,
      `${count(branches.tooSmall)} under ${options.minPercent}%: --min-percent 0`,
      style,
    ),
    ...remark(branches.tooDeep > 0, `${count(branches.tooDeep)} deeper: --depth ${levels(tree)}`, style),
    ...footnotes(trace, shown, options, loops, layout.width).map((line) => style.faint(line)),
  ]
}

/** How many threads, of how many processes. */
function placesText({ threads, processes }: Trace, chosen: readonly ThreadIndex[]): string[] {
  const all = chosen.length === threads.length
  const ofThem = all ? processes.length : new Set(chosen.map((thread) => threads[thread].process)).size
  return [counted(chosen.length, 'thread'), counted(ofThem, 'process', 'processes')]
}

function droppedText({ dropped, unrecordedCalls }: TraceFacts): string {
  const events = counted(dropped, 'event')
  return unrecordedCalls >= dropped
    ? `${events} were dropped; their calls are counted.`
    : `${events} more were dropped.`
}

/** What has to be known to take the numbers for what they are. */
function footnotes(
  { metadata }: Trace,
  shown: readonly FunctionRow[],
  { raw }: ReportOptions,
  loops: readonly string[],
  width: number,
): string[] {
  const { overheadNs } = metadata
  const cost = `what the probes cost, about ${duration(overheadNs)} a call`
  const probes = raw ? `are as recorded, with ${cost}` : `are without ${cost}: --raw shows them as recorded`
  const estimate =
    'with an estimate for calls that left no slice: the tree lacks them, and the own time of their callers holds them'
  const notes: Labelled[] = [
    ...(loops.length > 0 ? [{ label: 'Event loop', texts: loops }] : []),
    ...(overheadNs > 0 ? [{ label: 'Times', texts: [probes] }] : []),
    ...(shown.some((row) => estimatedTimes(row).isEstimate) ? [{ label: ESTIMATE_MARK, texts: [estimate] }] : []),
  ]
  return notes.length === 0 ? [] : ['', ...labelledLines(notes, width)]
}

function remark(isNeeded: boolean, text: string, style: Style): string[] {
  return isNeeded ? [style.faint(`... ${text} shows them`)] : []
}

function levels({ depth }: CallTree): number {
  let deepest = 0
  for (const level of depth) deepest = Math.max(deepest, level + 1)
  return deepest
}

/** How much of the trace a range holds. */
function lengthOf(range: TimeRange | undefined, spanNs: number): number {
  return range === undefined ? spanNs : Math.max(0, Math.min(range.toNs, spanNs) - range.fromNs)
}
