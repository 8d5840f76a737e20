import { callTree, diffTrees } from '@tracer/call-tree'
import { flamegraphHtml, flamegraphSvg, layoutOf, matcherOf, search, viewOf } from '@tracer/flamegraph'
import { inventTrace } from '../lib/invented-trace.mjs'

const SLICES = 10_000_000
/** Of a trace that hardly takes a path twice: a million nodes. */
const SCATTERED = 2_800_000
const WIDTH = 1280

export const isolates = `flamegraphs of ${SLICES.toLocaleString('en')} slices, and of trees of a million nodes`

export const turns = 3

/** @type {import('../lib/scenario.mjs').Figure[]} */
export const figures = [
  {
    text: 'Ten million slices to the first flamegraph, without drawing it',
    measurement: 'ms',
    variant: 'tree, view and layout',
    unit: 'ms',
    atMost: 1000,
  },
  { text: '… to an SVG file', measurement: 'ms', variant: 'tree and SVG', unit: 'ms' },
  {
    text: 'What is visible of a million nodes, each time one zooms',
    measurement: 'ms',
    variant: 'layout of a million nodes',
    unit: 'ms',
    atMost: 16,
  },
  { text: 'A search in a million nodes', measurement: 'ms', variant: 'search in a million nodes', unit: 'ms' },
]

/** @returns {Record<string, import('../lib/scenario.mjs').Variant>} */
export function prepare() {
  const trace = inventTrace(SLICES)
  const large = inventTrace(SCATTERED, scattered)
  const content = { tree: callTree(large), sites: large.sites }
  const view = viewOf(content)
  const diff = diffTrees({ trace: large, tree: content.tree }, { trace: large, tree: content.tree })
  const draw = () => ({ tree: callTree(trace), sites: trace.sites })
  return {
    'tree, view and layout': timed(() => visible(viewOf(draw()))),
    'tree and SVG': timed(() => flamegraphSvg(draw())),
    'view of a million nodes': timed(() => viewOf(content)),
    'layout of a million nodes': timed(() => visible(view)),
    'search in a million nodes': timed(() => search(view.tree, matcherOf('7') ?? (() => false))),
    'view of a diff of a million nodes': timed(() => viewOf({ diff })),
    'page of a million nodes': async () => {
      const start = performance.now()
      const page = await flamegraphHtml(content)
      return { ms: performance.now() - start, MB: page.length / 1e6 }
    },
  }
}

/** @param {import('@tracer/flamegraph').FlameView} view */
function visible({ tree, deepest }) {
  return layoutOf(tree, deepest, { from: 0, to: tree.extent, width: WIDTH, minWidth: 1, lastRow: 60 })
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

/** A share that looks like chance and is the same each time. @param {number} index */
function scattered(index) {
  const product = Math.imul(index ^ (index >>> 15), 0x2c1b3c6d)
  return ((product ^ (product >>> 13)) >>> 0) / 2 ** 32
}
