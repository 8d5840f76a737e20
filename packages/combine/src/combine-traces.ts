import {
  siteKey,
  type Nanoseconds,
  type Process,
  type Site,
  type SiteIndex,
  type SliceTable,
  type Thread,
  type Trace,
  type TraceMetadata,
  type Track,
  type UnrecordedCalls,
} from '@tracer/core'
import { align, type AlignedInputs, type AlignOptions } from './align.js'
import { combinedFlows } from './combined-flows.js'
import { landmarksOf, type Landmarks } from './landmarks.js'

/** A trace to combine with others, and the name by which its processes are known among theirs. */
export interface CombineInput {
  readonly label: string
  readonly trace: Trace
  /** What of it tells where it lies, when the trace itself has only the tables and no events. */
  readonly landmarks?: Landmarks
}

/** Several traces as one, and how they were put together. */
export interface CombinedTrace extends AlignedInputs {
  readonly trace: Trace
  /** Sites of the combined trace by those of each input. */
  readonly sites: readonly Int32Array[]
}

/**
 * One trace of several: processes, threads and flows of each stay apart, the same site of all is one, times
 * lie on one axis, and requests from one input to another become flows. Processes, threads and tracks come
 * in the order of the inputs.
 */
export function combineTraces(inputs: readonly CombineInput[], options: AlignOptions = {}): CombinedTrace {
  const traces = inputs.map(({ trace }) => trace)
  const aligned = align(
    inputs.map(({ trace, landmarks }) => landmarks ?? landmarksOf(trace)),
    options,
  )
  const shifts = aligned.alignments.map(({ shiftNs }) => shiftNs)
  const sites = new CombinedSites()
  const siteMaps = traces.map((trace) => Int32Array.from(trace.sites, (site) => sites.add(site)))
  const places = placesOf(traces)
  const hasEvents = inputs.every(({ landmarks }) => landmarks === undefined)
  const sources = new Map(traces.toReversed().flatMap((trace) => [...trace.sources]))
  const trace = Object.freeze({
    metadata: combinedMetadata(
      traces.map(({ metadata }) => metadata),
      shifts,
    ),
    sites: Object.freeze(sites.all),
    processes: Object.freeze(
      inputs.flatMap((input) => input.trace.processes.map((each) => labelled(each, input.label))),
    ),
    threads: Object.freeze(
      traces.flatMap((each, i) => each.threads.map((thread) => movedThread(thread, places[i].process, shifts[i]))),
    ),
    tracks: Object.freeze(
      traces.flatMap((each, i) =>
        each.tracks.map((track) => movedTrack(track, places[i].thread, siteMaps[i], shifts[i])),
      ),
    ),
    // Without events there is nothing that an arrow could lead to.
    flows: combinedFlows(traces, places, shifts, hasEvents ? aligned.pairs : []),
    unrecorded: combinedUnrecorded(traces, places, siteMaps),
    sources,
  })
  return { ...aligned, trace, sites: siteMaps }
}

/** Where the rows of an input begin in the tables of the combined trace. */
export interface InputPlace {
  readonly process: number
  readonly thread: number
  readonly track: number
}

function placesOf(traces: readonly Pick<Trace, 'processes' | 'threads' | 'tracks'>[]): InputPlace[] {
  let [process, thread, track] = [0, 0, 0]
  return traces.map((trace) => {
    const place = { process, thread, track }
    process += trace.processes.length
    thread += trace.threads.length
    track += trace.tracks.length
    return place
  })
}

/** Sites of all inputs, each once. */
class CombinedSites {
  readonly all: Site[] = []
  readonly #indexes = new Map<string, SiteIndex>()

  add(site: Site): SiteIndex {
    const key = siteKey(site)
    let index = this.#indexes.get(key)
    if (index === undefined) this.#indexes.set(key, (index = this.all.push(site) - 1))
    return index
  }
}

/** A process with the label of its input in front of its name, which is what viewers show. */
function labelled(process: Process, label: string): Process {
  return { ...process, name: process.name === '' ? label : `${label}: ${process.name}` }
}

/** Facts of all: what they agree on, and the dearest probes. `shifts` say where on the common axis each began. */
function combinedMetadata(all: readonly TraceMetadata[], shifts: readonly Nanoseconds[]): TraceMetadata {
  const same = (field: 'hostName' | 'bootId'): string => {
    const values = new Set(all.map((metadata) => metadata[field]))
    return values.size === 1 ? all[0][field] : ''
  }
  const words = (field: 'producer' | 'clock'): string => [...new Set(all.map((metadata) => metadata[field]))].join(', ')
  const bootId = same('bootId')
  // The wall clock of the input that says it began first.
  const clocks = all.map(({ originEpochMs }, i) => ({ originEpochMs, shiftNs: shifts[i] }))
  const known = clocks.filter(({ originEpochMs }) => originEpochMs > 0)
  const zeroes = known.map(({ originEpochMs, shiftNs }) => originEpochMs - shiftNs / NS_PER_MS)
  const dearest = all.reduce((a, b) => (b.overheadNs > a.overheadNs ? b : a))
  return Object.freeze({
    producer: words('producer'),
    clock: words('clock'),
    originNs: bootId === '' ? 0 : Math.max(0, all[0].originNs - shifts[0]),
    originEpochMs: zeroes.length === 0 ? 0 : Math.min(...zeroes),
    overheadNs: dearest.overheadNs,
    overheadInsideNs: dearest.overheadInsideNs,
    checkNs: dearest.checkNs,
    tickNs: Math.max(...all.map(({ tickNs }) => tickNs)),
    hostName: same('hostName'),
    bootId,
  })
}

function movedThread(thread: Thread, firstProcess: number, shiftNs: Nanoseconds): Thread {
  const drops = thread.drops.map(({ count, startNs, endNs }) => ({
    count,
    startNs: startNs + shiftNs,
    endNs: endNs + shiftNs,
  }))
  return Object.freeze({ ...thread, process: thread.process + firstProcess, drops })
}

function movedTrack(track: Track, firstThread: number, sites: Int32Array, shiftNs: Nanoseconds): Track {
  const thread = track.thread + firstThread
  const later = (timesNs: Float64Array) => timesNs.map((time) => time + shiftNs)
  switch (track.kind) {
    case 'counter':
      return { ...track, thread, samples: { ...track.samples, timeNs: later(track.samples.timeNs) } }
    case 'async':
      return { ...track, thread, slices: movedSlices(track.slices, sites, shiftNs) }
    case 'thread': {
      const { instants } = track
      return {
        ...track,
        thread,
        slices: movedSlices(track.slices, sites, shiftNs),
        instants: { ...instants, site: instants.site.map((site) => sites[site]), timeNs: later(instants.timeNs) },
      }
    }
  }
}

function movedSlices(slices: SliceTable, sites: Int32Array, shiftNs: Nanoseconds): SliceTable {
  return {
    ...slices,
    site: slices.site.map((site) => sites[site]),
    startNs: slices.startNs.map((time) => time + shiftNs),
  }
}

/** Rows by thread, then by site; sites that became one have one. */
function combinedUnrecorded(
  traces: readonly Pick<Trace, 'unrecorded'>[],
  places: readonly InputPlace[],
  siteMaps: readonly Int32Array[],
): UnrecordedCalls {
  const rows = new Map<
    string,
    { thread: number; site: number; calls: number; estimatedNs: number; laterRuns: number }
  >()
  for (const [input, { unrecorded }] of traces.entries()) {
    for (let i = 0; i < unrecorded.length; i++) {
      const thread = unrecorded.thread[i] + places[input].thread
      const site = siteMaps[input][unrecorded.site[i]]
      const row = rows.get(`${thread} ${site}`) ?? { thread, site, calls: 0, estimatedNs: 0, laterRuns: 0 }
      row.calls += unrecorded.calls[i]
      row.estimatedNs += unrecorded.estimatedNs[i]
      row.laterRuns += unrecorded.laterRuns[i]
      rows.set(`${thread} ${site}`, row)
    }
  }
  const sorted = [...rows.values()].sort((a, b) => a.thread - b.thread || a.site - b.site)
  return Object.freeze({
    length: sorted.length,
    thread: Int32Array.from(sorted, (row) => row.thread),
    site: Int32Array.from(sorted, (row) => row.site),
    calls: Float64Array.from(sorted, (row) => row.calls),
    estimatedNs: Float64Array.from(sorted, (row) => row.estimatedNs),
    laterRuns: Float64Array.from(sorted, (row) => row.laterRuns),
  })
}

const NS_PER_MS = 1e6
