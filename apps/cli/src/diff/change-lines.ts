import { count, counted, duration } from '@tracer/text-format'
import { placeOf } from '../report/place.js'
import { printable, shorten } from '../text/cell.js'
import { labelledLines, type Labelled } from '../text/labelled.js'
import type { Style } from '../text/style.js'
import { tableLines, type Column } from '../text/table.js'
import { runsNeeded } from './false-discoveries.js'
import type { BothSides, FunctionChange, RunComparison, TimeChange, TimeScale } from './function-changes.js'
import type { RunSide } from './run-side.js'

/** How much is shown, and how wide. */
export interface ChangeLayout {
  readonly top: number
  /** Functions too that are as they were. */
  readonly all: boolean
  readonly width: number
  readonly cwd: string
}

const COLUMNS: readonly Column[] = [
  { heading: 'Before', align: 'right' },
  { heading: 'After', align: 'right' },
  { heading: 'Change', align: 'right' },
  { heading: 'Ratio', align: 'left' },
  { heading: 'Calls', align: 'right' },
  { heading: 'Function', align: 'left', flex: 1 },
  { heading: 'Position', align: 'left', flex: 1, cut: 'folders' },
]

const SCALES: Readonly<Record<TimeScale, string>> = {
  absolute: 'Self time of one run',
  normalised: 'Self time as if every run had taken as long in all as those before',
  'per-call': 'Self time of one call',
}

/** What two sides differ in, a line each. */
export function changeLines(comparison: RunComparison, layout: ChangeLayout, style: Style): string[] {
  const { before, after, all, functions } = comparison
  const title = [
    style.strong(shorten(`before  ${filesText(before)}`, layout.width)),
    style.strong(shorten(`after   ${filesText(after)}`, layout.width)),
    '',
    `${duration(all.medianNs.before)} in all functions before, ${duration(all.medianNs.after)} after: ${wholeText(all)}`,
    summaryText(functions),
  ]
  const changed = layout.all ? functions : functions.filter((change) => isShown(change, comparison.isTested))
  const shown = changed.slice(0, layout.top)
  const [head, ...rows] = tableLines(
    COLUMNS,
    shown.map((change) => cells(change, layout.cwd)),
    layout.width,
  )
  const hidden = functions.length - changed.length
  return [
    ...title,
    ...(shown.length === 0
      ? []
      : ['', style.faint(head), ...rows.map((row, index) => coloured(row, shown[index], style))]),
    ...remark(
      changed.length > layout.top,
      `${count(changed.length - layout.top)} more: --top ${changed.length}`,
      style,
    ),
    ...remark(hidden > 0, `${count(hidden)} as before: --all`, style),
    ...footnotes(comparison, layout.width).map((line) => style.faint(line)),
  ]
}

function filesText({ files }: RunSide): string {
  const [first] = files
  const others = files.length - 1
  return `${printable(first)}${others === 0 ? '' : ` and ${counted(others, 'other run')}`}`
}

function wholeText(all: TimeChange): string {
  return all.verdict === 'same' && all.chance !== undefined
    ? `${ratioText(all)}, which may be chance`
    : `${ratioText(all)}${all.verdict === 'same' ? '' : `, ${all.verdict}`}`
}

/** How many functions changed, and how; exact for calls. */
function summaryText(functions: readonly FunctionChange[]): string {
  const calls = (change: FunctionChange['callsChange']): number =>
    functions.filter(({ callsChange }) => callsChange === change).length
  const times = (verdict: TimeChange['verdict']): number =>
    functions.filter(({ time, callsChange }) => time.verdict === verdict && isOnBothSides(callsChange)).length
  const parts = [
    part(calls('new'), 'new'),
    part(calls('gone'), 'gone'),
    part(calls('more'), 'called more often'),
    part(calls('fewer'), 'called less often'),
    part(times('slower'), 'slower'),
    part(times('faster'), 'faster'),
  ].flat()
  const rest = parts.length === 0 ? 'none new or gone, all called as often as before' : parts.join(', ')
  return `${counted(functions.length, 'function')}: ${rest}`
}

function part(number: number, what: string): string[] {
  return number === 0 ? [] : [`${count(number)} ${what}`]
}

function isOnBothSides(change: FunctionChange['callsChange']): boolean {
  return change !== 'new' && change !== 'gone'
}

/** What is not as it was, as far as can be told. */
function isShown({ callsChange, time }: FunctionChange, isTested: boolean): boolean {
  if (callsChange !== 'same') return true
  return isTested
    ? time.verdict === 'slower' || time.verdict === 'faster'
    : time.medianNs.before !== time.medianNs.after
}

function cells(change: FunctionChange, cwd: string): string[] {
  const { name, site, calls, callsChange, time } = change
  const { before, after } = time.medianNs
  const place = site.after ?? site.before
  return [
    callsChange === 'new' ? '' : duration(before),
    callsChange === 'gone' ? '' : duration(after),
    signed(after - before),
    isOnBothSides(callsChange) ? ratioText(time) : callsChange,
    callsText(calls, callsChange),
    printable(name),
    place === undefined ? '' : placeOf(place, cwd),
  ]
}

function signed(ns: number): string {
  if (ns === 0) return '0 ns'
  return `${ns < 0 ? '-' : '+'}${duration(Math.abs(ns))}`
}

/** `1.26x`, with the interval where chance was looked at: `1.26x (1.21–1.31)`; `~` for no more than chance. */
function ratioText({ factor, chance, verdict }: TimeChange): string {
  const { ratio, low, high } = factor
  if (!Number.isFinite(ratio)) return ''
  if (chance === undefined) return times(ratio)
  return verdict === 'same' ? `~${times(ratio)}` : `${times(ratio)} (${short(low)}–${short(high)})`
}

function times(ratio: number): string {
  return `${short(ratio)}x`
}

function short(ratio: number): string {
  return ratio >= 99.95 ? count(Math.round(ratio)) : ratio.toFixed(ratio >= 9.995 ? 1 : 2)
}

function callsText({ before, after }: BothSides<readonly number[]>, change: FunctionChange['callsChange']): string {
  const [early, late] = [range(before), range(after)]
  if (change === 'new') return late
  return change === 'gone' || early === late ? early : `${early} → ${late}`
}

function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  return least === most ? count(least) : `${count(least)}–${count(most)}`
}

/** What got dearer, and what is new, in one colour, the opposite in another; the sign says it too. */
function coloured(row: string, { time }: FunctionChange, style: Style): string {
  const { before, after } = time.medianNs
  if (before === after) return row
  return row.replace(/[-+][\d.,]+ \S+/, (text) => (after > before ? style.worse(text) : style.better(text)))
}

function footnotes({ before, after, scale, isTested, tests, functions }: RunComparison, width: number): string[] {
  const [early, late] = [before.runs.length, after.runs.length]
  const runs = early === late ? `${counted(early, 'run')} a side` : `${early} and ${counted(late, 'run')}`
  const needed = runsNeeded(tests)
  const chance = isTested
    ? `in brackets what the ratio is, 95 times of 100; ~ is no more than chance, of ${counted(tests, 'function')} that took 1% of the time or more`
    : `with ${runs} nobody can tell a change from chance: 4 a side can, 10 do so well`
  const few =
    isTested &&
    Math.min(early, late) < needed &&
    !functions.some(({ time }) => time.verdict === 'slower' || time.verdict === 'faster')
      ? [`a change of one function alone shows with ${needed} runs a side`]
      : []
  const notes: Labelled[] = [
    { label: 'Times', texts: [`${SCALES[scale]}${early + late > 2 ? ', the median of all runs' : ''}`] },
    { label: 'Ratio', texts: [`after / before; ${chance}`, ...few] },
  ]
  return ['', ...labelledLines(notes, width)]
}

function remark(isNeeded: boolean, text: string, style: Style): string[] {
  return isNeeded ? [style.faint(`... ${text} shows them`)] : []
}
