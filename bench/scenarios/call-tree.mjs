import { callTree, diffTrees, functionTable, invertedTree, timeTree } from '@tracer/call-tree'
import { inventTrace } from '../lib/invented-trace.mjs'

const SLICES = 10_000_000
/** Of the traces that hardly take a path twice. */
const SCATTERED = 2_800_000

export const isolates = `call trees and function tables of ${SLICES.toLocaleString('en')} slices, and trees of a million nodes`

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'Ten million slices to a call tree',
    measurement: 'ms',
    variant: 'tree',
    unit: 'ms',
    atMost: 2000,
  },
  { text: 'Ten million slices to a function table', measurement: 'ms', variant: 'table', unit: 'ms', atMost: 2000 },
  {
    text: 'Function table of 4 of 6 seconds of ten million slices',
    measurement: 'ms',
    variant: 'table of a range',
    unit: 'ms',
    atMost: 1000,
  },
  {
    text: 'Call tree of a million nodes: bytes a node',
    measurement: 'bytes a node',
    variant: 'tree of a million nodes',
    unit: 'bytes',
    atMost: 40,
  },
  { text: 'Diff of two call trees of a million nodes', measurement: 'ms', variant: 'diff', unit: 'ms' },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const trace = inventTrace(SLICES)
  const before = inventTrace(SCATTERED, scattered)
  const after = inventTrace(SCATTERED, (index) => scattered(index % 10 === 0 ? -index : index))
  const [treeBefore, treeAfter] = [callTree(before), callTree(after)]
  const range = { fromNs: 1e9, toNs: 5e9 }
  return {
    tree: timed(() => callTree(trace)),
    'tree by time': timed(() => timeTree(trace)),
    'inverted tree': timed(() => invertedTree(trace)),
    table: timed(() => functionTable(trace)),
    'table of a range': timed(() => functionTable(trace, { range })),
    'tree of a range': timed(() => callTree(trace, { range })),
    'tree of a third of the functions': timed(() => callTree(trace, { sites: (_, index) => index % 3 === 0 })),
    'tree of a million nodes': sized(() => callTree(before)),
    'inverted tree of a million nodes': sized(() => invertedTree(before)),
    diff: sized(() => diffTrees({ trace: before, tree: treeBefore }, { trace: after, tree: treeAfter })),
  }
}

/**
 * @param {() => unknown} make
 * @returns {import('../lib/scenario.mjs').Variant}
 */
function timed(make) {
  return () => {
    const start = performance.now()
    make()
    return { ms: performance.now() - start }
  }
}

/**
 * @param {() => { readonly length: number }} make
 * @returns {import('../lib/scenario.mjs').Variant}
 */
function sized(make) {
  return () => {
    const start = performance.now()
    const tree = make()
    return { ms: performance.now() - start, nodes: tree.length, 'bytes a node': bytesOf(tree) / tree.length }
  }
}

/** What the columns of a tree take. @param {object} tree */
function bytesOf(tree) {
  const columns = Object.values(tree).flatMap((value) =>
    'before' in tree && isSide(value) ? Object.values(value) : [value],
  )
  return [...new Set(columns)].reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0)
}

/** Whether a value is the columns of one side of a diff. @param {unknown} value @returns {value is object} */
function isSide(value) {
  return typeof value === 'object' && value !== null && 'rootNs' in value
}

/** A share that looks like chance and is the same each time. @param {number} index */
function scattered(index) {
  const product = Math.imul(index ^ (index >>> 15), 0x2c1b3c6d)
  return ((product ^ (product >>> 13)) >>> 0) / 2 ** 32
}
