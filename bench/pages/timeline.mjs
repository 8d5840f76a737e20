// The page of the scenario `timeline`: ten million slices, and a person who zooms and pans without a pause.
import { indexLevels, transferablesOf, Timeline } from '@tracer/timeline'
import { inventTrace } from '../lib/invented-trace.mjs'
import { busyTrace } from '../lib/busy-trace.mjs'

/** There and back again. */
const FRAMES = 300
/** As far as slices are read rather than seen, in nanoseconds over the whole width. */
const CLOSE_NS = 3000

const host = document.body.appendChild(document.createElement('div'))
host.style.cssText = 'position:fixed;inset:0'
const timeline = new Timeline(host)

/** @returns {Promise<number>} */
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** @param {{ slices: number, kind: string }} what */
async function show({ slices, kind }) {
  const trace = kind === 'busy' ? busyTrace(slices) : inventTrace(slices)
  const tables = trace.tracks.flatMap((track) => (track.kind === 'thread' ? [track.slices] : []))
  const start = performance.now()
  const bytes = tables.map((table) =>
    transferablesOf(indexLevels(table)).reduce((sum, { byteLength }) => sum + byteLength, 0),
  )
  const indexed = performance.now()
  timeline.show([trace])
  await nextFrame()
  await nextFrame()
  return {
    'ms to index': indexed - start,
    'ms to first picture': performance.now() - indexed,
    'bytes a slice of index': bytes.reduce((sum, each) => sum + each, 0) / slices,
  }
}

/** Zooms from the whole to single calls and back, swaying to and fro, and scrolls; a new view each frame. */
async function move() {
  const { fromNs, toNs } = timeline.bounds
  const span = toNs - fromNs
  const frames = []
  timeline.showAll()
  await nextFrame()
  let last = await nextFrame()
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const depth = 1 - Math.abs((2 * frame) / FRAMES - 1)
    const seen = span * (CLOSE_NS / span) ** depth
    const middle = fromNs + span * 0.37 + 0.4 * seen * Math.sin(frame / 7)
    timeline.view = { fromNs: middle - seen / 2, toNs: middle + seen / 2, scrollTop: 200 * (1 + Math.sin(frame / 20)) }
    const now = await nextFrame()
    frames.push(now - last)
    last = now
  }
  frames.sort((a, b) => a - b)
  return { 'ms a frame, median': frames[FRAMES / 2], 'ms a frame, worst': frames[FRAMES - 1] }
}

Object.assign(window, { bench: { show, move } })
document.title = 'ready'
