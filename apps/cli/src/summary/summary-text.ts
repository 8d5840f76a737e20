import { estimatedTimes, factsOf, functionTable, type TraceFacts } from '@tracer/call-tree'
import type { Thread, Trace } from '@tracer/core'
import type { ModuleSummary, Session } from '@tracer/spool'
import { bytes, count, counted, duration, percent } from '@tracer/text-format'
import { isNamedLikeTrace } from '../formats/file-format.js'
import { isLargePage, isPage, LARGE_PAGE } from '../formats/large-page.js'
import { collectionText } from '../report/collection-text.js'
import { ESTIMATE_MARK, functionLines, sortedFunctions } from '../report/function-lines.js'
import { shortPath } from '../report/place.js'
import { printable } from '../text/cell.js'
import { endText } from '../text/process-end.js'
import { labelledLines, type Labelled } from '../text/labelled.js'
import { shellWord } from '../text/shell-word.js'
import type { Style } from '../text/style.js'
import { budgetText, learnedText, tickChecked, warningsOf } from './budget.js'
import { leftOutText } from './left-out.js'
import { longestStopNs } from './stops.js'
import { eventLoopTexts } from './event-loops.js'
import { emptiness } from './emptiness.js'
import { overheadOf, type Overhead } from './overhead.js'
import type { RunResult } from './run-result.js'

/** How many of a long list are shown. */
const FIRST_FEW = 5
const MARGIN = '  '

/** The summary of a run for people: calm, aligned, within `width`. */
export function summaryLines(
  result: RunResult,
  layout: { readonly width: number; readonly cwd: string },
  style: Style,
): string[] {
  const { session, output } = result
  const facts = factsOf(session.trace)
  const leftOut = leftOutText(session)
  const title = [
    `Recorded ${counted(facts.events, 'event')} in ${duration(facts.spanNs)}`,
    counted(facts.threads, 'thread'),
    counted(facts.processes, 'process', 'processes'),
  ].join(', ')
  const entries: Labelled[] = [
    { label: 'Saved', texts: [`${output} (${bytes(result.bytes)})`] },
    ...moduleEntries(session.modules, layout.cwd),
    ...lossEntries(facts, session.trace),
    ...endEntries(session.trace),
    ...labelled('Left out', leftOut === '' ? [] : [`${leftOut}; they are counted`]),
    ...stopEntries(session),
    ...labelled('Event loop', eventLoopTexts(session.trace, layout.cwd, [...session.trace.threads.keys()])),
    ...labelled('Garbage', session.hasCollections ? [collectionText(session.trace) ?? 'no collection'] : []),
    ...overheadEntries(facts, session),
    ...budgetEntries(facts, session),
    ...labelled('Note', warningsOf(session).map(printable)),
    ...labelled('No function', emptiness(result)),
  ]
  return [
    '',
    style.strong(title),
    '',
    ...labelledLines(entries, layout.width),
    ...dearestFunctions(session.trace, layout, style),
    '',
    ...labelledLines([{ label: 'Open it', texts: waysToOpen(output, result.bytes) }], layout.width),
  ]
}

function waysToOpen(output: string, size: number): string[] {
  const file = shellWord(output)
  if (!isNamedLikeTrace(output)) return ['in a program for its format: tracer does not read it']
  const [view, report] = [`tracer view ${file}`, `tracer report ${file}`]
  if (!isPage(output)) return [view, report]
  return isLargePage(output, size)
    ? [view, `${output} in a browser: ${LARGE_PAGE}`]
    : [`${output} in a browser`, report]
}

function moduleEntries(modules: ModuleSummary, cwd: string): Labelled[] {
  const { instrumented, functionsInstrumented, functionsSkipped, skipped, filtered } = modules
  const leftAlone = [...reasons(functionsSkipped, 'function'), ...reasons(filtered, 'module')].join(', ')
  const skippedModules = skipped.slice(0, FIRST_FEW).map(({ file, reason, message }) => {
    const why = message === '' ? reason.replaceAll('-', ' ') : message
    return `${printable(shortPath(file, cwd))}: ${printable(why)}`
  })
  const more = skipped.length - skippedModules.length
  return [
    {
      label: 'Instrumented',
      texts: [`${counted(functionsInstrumented, 'function')} in ${counted(instrumented, 'module')}`],
    },
    ...labelled('Left alone', leftAlone === '' ? [] : [leftAlone]),
    ...labelled('Skipped', [...skippedModules, ...(more > 0 ? [`and ${counted(more, 'module')} more`] : [])]),
  ]
}

/** `2 functions (notrace), 46 modules (node_modules)`. */
function reasons(counts: Readonly<Record<string, number>>, noun: string): string[] {
  return Object.entries(counts)
    .filter(([, amount]) => amount > 0)
    .map(([reason, amount]) => `${counted(amount, noun)} (${reason.replaceAll('-', ' ')})`)
}

function lossEntries({ dropped, unfinished }: TraceFacts, trace: Trace): Labelled[] {
  const names = unfinished.slice(0, FIRST_FEW).map((thread) => threadName(thread, trace))
  const more = unfinished.length - names.length
  const threads = [...names, ...(more > 0 ? [`${count(more)} more`] : [])].join(', ')
  return [
    ...labelled('Dropped', dropped === 0 ? [] : [`${counted(dropped, 'event')}, which the trace marks`]),
    ...labelled('Unfinished', threads === '' ? [] : [`${threads}: the last events are missing`]),
  ]
}

/** Of several processes, those that did not end well. */
function endEntries({ processes }: Trace): Labelled[] {
  if (processes.length < 2) return []
  const bad = processes.filter(({ exitCode = 0, signal }) => exitCode !== 0 || signal !== undefined)
  const texts = bad
    .slice(0, FIRST_FEW)
    .map((process) => printable(`${process.name}, process ${process.pid}: ${endText(process)}`))
  const more = bad.length - texts.length
  return labelled('Ended', [...texts, ...(more > 0 ? [`and ${counted(more, 'process', 'processes')} more`] : [])])
}

function stopEntries({ stops }: Session): Labelled[] {
  const times = Math.max(0, ...stops.map((thread) => thread.count))
  const text = `recording was stopped for ${duration(longestStopNs(stops))} in total, ${counted(times, 'time')}`
  return labelled('Stopped', times === 0 ? [] : [text])
}

function threadName(thread: Thread, trace: Trace): string {
  const { pid } = trace.processes[thread.process]
  const name = thread.name === '' ? `thread ${thread.tid}` : printable(thread.name)
  return `${name} of process ${pid}`
}

function overheadEntries(facts: TraceFacts, session: Session): Labelled[] {
  const { overheadNs, checkNs } = session.trace.metadata
  const overhead = overheadOf(session, facts.spanNs)
  const { leastNs, mostNs } = overhead
  if (leastNs === 0) return []
  const check = checkNs > 0 && facts.unrecordedCalls > 0 ? `, ${duration(checkNs)} a tick-checked one` : ''
  const cost = `${between(duration, leastNs, mostNs)} at ${between(duration, overheadNs, (overheadNs * mostNs) / leastNs)} a call${check}`
  return labelled('Overhead', [cost + shareText(overhead, facts.threads)])
}

function shareText(overhead: Overhead, threads: number): string {
  const { share, budgetPercent, isOfProcessorTime, isOverBudget } = overhead
  if (share === undefined) return ''
  const whole = threads > 1 ? 'the busiest thread' : 'the span'
  const base = isOfProcessorTime ? `the processor time of ${threads > 1 ? 'the busiest thread' : 'the thread'}` : whole
  const over = `, over the budget of ${budgetPercent}%; the program does little but call functions`
  return `: ${between(percent, share.least, share.most)} of ${base}${isOverBudget ? over : ''}`
}

function between(textOf: (value: number) => string, least: number, most: number): string {
  const [from, to] = [textOf(least), textOf(most)]
  return from === to ? from : `${from} to ${to}`
}

function budgetEntries(facts: TraceFacts, session: Session): Labelled[] {
  const texts = [budgetText(session, facts), learnedText(session)].filter((text) => text !== undefined)
  return labelled(tickChecked(session).length > 0 ? 'Budget' : 'Counted', texts)
}

function dearestFunctions(
  trace: Trace,
  layout: { readonly width: number; readonly cwd: string },
  style: Style,
): string[] {
  const rows = sortedFunctions(trace, functionTable(trace), 'self').slice(0, FIRST_FEW)
  if (rows.length === 0) return []
  const width = layout.width - MARGIN.length
  const [heading, ...lines] = functionLines(trace, rows, ['self', 'calls', 'name', 'place'], { ...layout, width })
  const hasEstimates = rows.some((row) => estimatedTimes(row).isEstimate)
  return [
    '',
    MARGIN + style.faint(heading),
    ...lines.map((line) => MARGIN + line),
    ...(hasEstimates ? [MARGIN + style.faint(`${ESTIMATE_MARK} with an estimate for calls that left no slice`)] : []),
  ]
}

function labelled(label: string, texts: readonly string[]): Labelled[] {
  return texts.length === 0 ? [] : [{ label, texts }]
}
