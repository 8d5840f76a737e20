import type { DiffFrame, TreeDiff } from '@tracer/call-tree'
import { count, duration, percent, Places } from '@tracer/text-format'
import { CHANGE_STEPS, type Palette } from '../color/palette.js'
import { Deepest } from '../tree/deepest.js'
import { frameOf } from '../tree/frame-tree.js'
import { changesOf } from './changes.js'
import type { ViewOptions } from './content.js'
import type { FlameView, FrameFacts, Legend } from './flame-view.js'
import { MOST_LETTERS, titleOf } from './frame-names.js'
import { gonePaths } from './gone-paths.js'
import { sideTree } from './side-tree.js'

/** The view of a diff: as wide as one of its sides, coloured by what became of self times. */
export function diffView(diff: TreeDiff, { side = 'after', change = 'absolute' }: ViewOptions): FlameView {
  const { tree, source } = sideTree(diff, side)
  const changes = changesOf(diff, change)
  const largest = changes.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const places = new Places(diff.frames, MOST_LETTERS)
  const isGone = (node: number): boolean => diff.after.node[source[node]] === -1
  return {
    tree,
    deepest: new Deepest(tree),
    legend: LEGENDS[side],
    colorOf: (node, palette) => palette.changes[stepOf(changes[source[node]], largest) + CHANGE_STEPS],
    isGone,
    labelsOf: (node) => {
      const name = titleOf(frameOf(tree, node))
      const changeNs = changes[source[node]]
      if (isGone(node)) return [`${name} (gone)`, name]
      if (diff.before.node[source[node]] === -1) return [`${name} (new)`, name]
      return stepOf(changeNs, largest) === 0 ? [name] : [`${name} ${signed(changeNs)}`, name]
    },
    factsOf: (node) => factsOf(diff, source[node], places),
    sourceOf: (node) => source[node],
    nodeOf: (wanted) => positionIn(source, wanted),
    gone: side === 'after' ? gonePaths(diff) : [],
  }
}

/** From -CHANGE_STEPS to CHANGE_STEPS; the root, so that changes of a tenth of the largest can be seen. */
function stepOf(changeNs: number, largestNs: number): number {
  if (largestNs === 0) return 0
  return Math.round(Math.sign(changeNs) * Math.sqrt(Math.abs(changeNs) / largestNs) * CHANGE_STEPS)
}

const changeColor =
  (step: number) =>
  ({ changes }: Palette): string =>
    changes[step + CHANGE_STEPS]

const USUAL_ENTRIES = [
  { name: 'less self time', colorOf: changeColor(-CHANGE_STEPS) },
  { name: 'the same', colorOf: changeColor(0) },
  { name: 'more self time', colorOf: changeColor(CHANGE_STEPS) },
]

const LEGENDS: Readonly<Record<'after' | 'before', Legend>> = {
  after: { title: 'Widths after', entries: USUAL_ENTRIES },
  before: {
    title: 'Widths before',
    entries: [...USUAL_ENTRIES, { name: 'gone', colorOf: changeColor(-CHANGE_STEPS), isHatched: true }],
  },
}

function factsOf(diff: TreeDiff, node: number, places: Places): FrameFacts {
  const frame = diff.frames[diff.frame[node]]
  const { before, after } = diff
  const compared = (was: number, is: number, text: (value: number) => string): string => {
    const change = is - was
    const share = was === 0 ? '' : `, ${change < 0 ? '−' : '+'}${percent(Math.abs(change) / was)}`
    return `${text(was)} → ${text(is)}${change === 0 ? '' : `  (${change < 0 ? '−' : '+'}${text(Math.abs(change))}${share})`}`
  }
  const perCall = (side: typeof before): number => side.totalNs[node] / side.calls[node]
  const isOnBoth = before.calls[node] > 0 && after.calls[node] > 0
  const state = before.node[node] === -1 ? 'new' : after.node[node] === -1 ? 'gone' : undefined
  return {
    name: titleOf(frame),
    place: placeOf(frame, places),
    rows: [
      ...(state === undefined ? [] : ([['Path', state]] as const)),
      ['Total', compared(before.totalNs[node], after.totalNs[node], duration)],
      ['Self', compared(before.selfNs[node], after.selfNs[node], duration)],
      ['Calls', compared(before.calls[node], after.calls[node], count)],
      ...(isOnBoth ? ([['Per call', compared(perCall(before), perCall(after), duration)]] as const) : []),
    ],
  }
}

/** `src/app.ts:12`, or `src/app.ts:12 → 15` where the function has moved. */
function placeOf(frame: DiffFrame, places: Places): string {
  const file = places.fileOf(frame)
  const lines = [...new Set([frame.lineBefore, frame.lineAfter])].filter((line) => line > 0)
  return file === '' || lines.length === 0 ? file : `${file}:${lines.join(' → ')}`
}

function signed(ns: number): string {
  return `${ns < 0 ? '−' : '+'}${duration(Math.abs(ns))}`
}

function positionIn(ascending: Int32Array, wanted: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted ? low : -1
}
