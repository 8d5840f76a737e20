// Embeds a flamegraph as anyone would, and writes down what it tells.
import { callTree } from '@tracer/call-tree'
import { Flamegraph, frameOf, frameTree, matcherOf } from '@tracer/flamegraph'
import { traceOfCalls } from '../../lib/drawn-calls.js'

const trace = traceOfCalls([
  ['main', 0, 100],
  ['parse', 0, 60],
  ['scan', 0, 40],
  ['print', 60, 90],
])
const tree = callTree(trace)
const frames = frameTree(tree, trace.sites)
const nameOf = (node: number | undefined): string =>
  node === undefined ? 'nothing' : node === -1 ? 'all' : frameOf(frames, node).name
const host = document.body.appendChild(document.createElement('div'))
host.style.height = '300px'
const log = document.body.appendChild(document.createElement('pre'))

const graph = new Flamegraph(host, {
  onSelect: (node) => log.append(`selected ${nameOf(node)}\n`),
  onZoom: (node) => log.append(`zoomed to ${nameOf(node)}\n`),
  onHover: (node) => log.append(`on ${nameOf(node)}\n`),
})
graph.show({ tree, sites: trace.sites })

function button(name: string, act: () => void): void {
  const made = document.body.appendChild(document.createElement('button'))
  made.textContent = name
  made.addEventListener('click', act)
}
button('Search', () => log.append(`found ${graph.search(matcherOf('scan'))?.share}\n`))
button('Zoom', () => graph.zoomTo(1))
button('Select', () => graph.select(2))
button('Dark', () => (graph.theme = 'dark'))
button('Take away', () => graph.destroy())
