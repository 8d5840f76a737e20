import { isResumed, type SliceTable, type Trace, type TraceMetadata } from '@tracer/core'

// The same numbers as the package's own, computed the slow way: every slice looks for its ancestors
// and descendants, and takes away what its own probes cost, and theirs. Nothing is cut off at 0 here.

export interface ObviousFunction {
  recordedCalls: number
  runs: number
  selfNs: number
  totalNs: number
  callNs: number[]
}

export function obviousFunctions(trace: Trace): Map<number, ObviousFunction> {
  const functions = new Map<number, ObviousFunction>()
  for (const slices of threadSlices(trace)) {
    for (let index = 0; index < slices.length; index++) {
      const site = slices.site[index]
      const row = functions.get(site) ?? { recordedCalls: 0, runs: 0, selfNs: 0, totalNs: 0, callNs: [] }
      functions.set(site, row)
      row.runs++
      row.selfNs += selfNs(slices, index, trace.metadata)
      if (!ancestors(slices, index).some((above) => slices.site[above] === site)) {
        row.totalNs += totalNs(slices, index, trace.metadata)
      }
      if (isResumed(slices, index)) continue
      row.recordedCalls++
      const runs = slices.activation.length === 0 || slices.activation[index] === 0 ? [index] : runsOf(slices, index)
      row.callNs.push(runs.reduce((sum, run) => sum + totalNs(slices, run, trace.metadata), 0))
    }
  }
  return functions
}

/** Path of site indexes, such as `0/3/3` -> calls, self and total. */
export function obviousPaths(trace: Trace): Map<string, { calls: number; selfNs: number; totalNs: number }> {
  const paths = new Map<string, { calls: number; selfNs: number; totalNs: number }>()
  for (const slices of threadSlices(trace)) {
    for (let index = 0; index < slices.length; index++) {
      const path = [...ancestors(slices, index), index].map((slice) => slices.site[slice]).join('/')
      const node = paths.get(path) ?? { calls: 0, selfNs: 0, totalNs: 0 }
      paths.set(path, node)
      if (!isResumed(slices, index)) node.calls++
      node.selfNs += selfNs(slices, index, trace.metadata)
      node.totalNs += totalNs(slices, index, trace.metadata)
    }
  }
  return paths
}

function threadSlices(trace: Trace): SliceTable[] {
  return trace.tracks.flatMap((track) => (track.kind === 'thread' ? [track.slices] : []))
}

/** Slices around one, outermost first. */
function ancestors(slices: SliceTable, index: number): number[] {
  const found: number[] = []
  for (let before = index - 1, depth = slices.depth[index]; before >= 0 && depth > 0; before--) {
    if (slices.depth[before] === depth - 1) {
      found.unshift(before)
      depth--
    }
  }
  return found
}

function descendants(slices: SliceTable, index: number): number[] {
  const found: number[] = []
  for (let after = index + 1; after < slices.length && slices.depth[after] > slices.depth[index]; after++) {
    found.push(after)
  }
  return found
}

function selfNs(slices: SliceTable, index: number, { overheadNs, overheadInsideNs }: TraceMetadata): number {
  const children = descendants(slices, index).filter((below) => slices.depth[below] === slices.depth[index] + 1)
  const recordedNs = children.reduce((ownNs, child) => ownNs - slices.durationNs[child], slices.durationNs[index])
  return recordedNs - overheadInsideNs - children.length * (overheadNs - overheadInsideNs)
}

function totalNs(slices: SliceTable, index: number, { overheadNs, overheadInsideNs }: TraceMetadata): number {
  return slices.durationNs[index] - overheadInsideNs - descendants(slices, index).length * overheadNs
}

function runsOf(slices: SliceTable, first: number): number[] {
  const id = slices.activation[first]
  return Array.from(slices.activation.keys()).filter((index) => Math.abs(slices.activation[index]) === id)
}
