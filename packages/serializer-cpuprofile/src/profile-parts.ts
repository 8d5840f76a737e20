import type { Site, ThreadTrack, Trace } from '@tracer/core'
import { ANONYMOUS, IDLE, ProfileNodes, ROOT } from './profile-nodes.js'

/**
 * The text of a CPU profile. A sample stands at every begin and end of a slice, so that a profile has
 * the exact calls and their times; `timeDeltas` are microseconds with up to three decimals.
 */
export function* profileParts(trace: Trace, track: ThreadTrack | undefined): Generator<string, void, undefined> {
  const nodes = new ProfileNodes(trace.sites)
  if (track !== undefined) nodes.add(track.slices)
  yield `{"nodes":[${nodeText(nodes, ROOT, frameText(special('(root)')))}`
  yield `,\n${nodeText(nodes, IDLE, frameText(special('(idle)')))}`
  const frames = new Map<number, string>()
  for (const [index, site] of nodes.sites.entries()) {
    let frame = frames.get(site)
    if (frame === undefined) frames.set(site, (frame = frameText(trace.sites[site])))
    yield `,\n${nodeText(nodes, index + IDLE + 1, frame)}`
  }

  const originNs = Math.round(trace.metadata.originNs)
  yield `\n],"startTime":${microseconds(originNs)},"samples":[`
  let separator = '\n'
  for (const { node } of samplesOf(nodes, track)) {
    yield `${separator}${node}`
    separator = ','
  }
  yield '\n],"timeDeltas":['
  let lastNs = 0
  separator = '\n'
  for (const { timeNs } of samplesOf(nodes, track)) {
    yield `${separator}${microseconds(timeNs - lastNs)}`
    lastNs = timeNs
    separator = ','
  }
  yield `\n],"endTime":${microseconds(originNs + lastNs)}}\n`
}

function samplesOf(nodes: ProfileNodes, track: ThreadTrack | undefined): ReturnType<ProfileNodes['samples']> {
  return nodes.samples(track?.slices ?? NO_SLICES)
}

const NO_SLICES: ThreadTrack['slices'] = {
  length: 0,
  site: new Int32Array(0),
  startNs: new Float64Array(0),
  durationNs: new Float64Array(0),
  depth: new Int32Array(0),
  activation: new Int32Array(0),
  args: new Map(),
  unfinished: new Set(),
}

function nodeText(nodes: ProfileNodes, node: number, frame: string): string {
  const children = nodes.children.get(node)
  const list = children === undefined ? '' : `,"children":[${children.join()}]`
  return `{"id":${node},"callFrame":${frame},"hitCount":${nodes.hits.get(node) ?? 0}${list}}`
}

/** Lines and columns are counted from 0 there, and -1 is none. */
function frameText({ name, file, line, column }: Pick<Site, 'name' | 'file' | 'line' | 'column'>): string {
  return JSON.stringify({
    functionName: name === ANONYMOUS ? '' : name,
    scriptId: '0',
    url: file,
    lineNumber: line - 1,
    columnNumber: column - 1,
  })
}

function special(name: string): Pick<Site, 'name' | 'file' | 'line' | 'column'> {
  return { name, file: '', line: 0, column: 0 }
}

/** Whole nanoseconds in microseconds, exactly. */
function microseconds(ns: number): string {
  const size = Math.abs(ns)
  const whole = Math.floor(size / 1000)
  const rest = size - whole * 1000
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
  return `${ns < 0 ? '-' : ''}${whole}${decimals}`
}
