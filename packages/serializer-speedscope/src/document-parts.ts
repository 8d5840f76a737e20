import { sliceEdges, type Site, type SiteIndex, type Trace, type ThreadTrack } from '@tracer/core'

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json'

/**
 * The text of a file. Fields under `tracer`, and `thread` of a profile and `kind` of a frame, are ours:
 * speedscope passes over them, and with them a trace comes back as it was.
 */
export function* documentParts(trace: Trace): Generator<string, void, undefined> {
  const sites = sitesWithSlices(trace)
  const frames = new Int32Array(trace.sites.length)
  sites.forEach((site, frame) => (frames[site] = frame))
  const { producer, ...metadata } = trace.metadata
  const threads = trace.threads.map(({ process, tid, name }) => ({ process, tid, name }))
  const tracer = { version: 1, ...metadata, processes: trace.processes, threads }

  yield `{"$schema":"${SCHEMA}","exporter":${JSON.stringify(producer)},"tracer":${JSON.stringify(tracer)},\n"shared":{"frames":[`
  for (const [frame, site] of sites.entries()) yield `${frame === 0 ? '' : ','}\n${frameText(trace.sites[site])}`
  yield '\n]},\n"profiles":['
  let separator = ''
  for (const track of trace.tracks) {
    if (track.kind !== 'thread' || track.slices.length === 0) continue
    yield separator
    yield* profileParts(trace, track, frames)
    separator = ','
  }
  yield '\n]}\n'
}

/** The sites that slices of threads have, in the order of the trace. */
export function sitesWithSlices(trace: Trace): SiteIndex[] {
  const isUsed = new Uint8Array(trace.sites.length)
  for (const track of trace.tracks) if (track.kind === 'thread') for (const site of track.slices.site) isUsed[site] = 1
  return [...trace.sites.keys()].filter((site) => isUsed[site] === 1)
}

function frameText({ kind, name, file, line, column }: Site): string {
  const text = JSON.stringify({
    name,
    ...(file !== '' && { file }),
    ...(line > 0 && { line }),
    ...(column > 0 && { col: column }),
    ...(kind !== 'function' && { kind }),
  })
  return text
}

function* profileParts(trace: Trace, track: ThreadTrack, frames: Int32Array): Generator<string, void, undefined> {
  const name = JSON.stringify(profileName(trace, track))
  yield `\n{"type":"evented","name":${name},"thread":${track.thread},"unit":"nanoseconds","startValue":0,"events":[`
  const { site } = track.slices
  let separator = '\n'
  let endValue = 0
  for (const { slice, isBegin, timeNs } of sliceEdges(track.slices)) {
    yield `${separator}{"type":"${isBegin ? 'O' : 'C'}","at":${timeNs},"frame":${frames[site[slice]]}}`
    separator = ',\n'
    endValue = timeNs
  }
  yield `\n],"endValue":${Math.max(0, endValue)}}`
}

function profileName(trace: Trace, track: ThreadTrack): string {
  const { process, tid, name } = trace.threads[track.thread]
  const own = name === '' ? `thread ${tid}` : name
  if (trace.processes.length < 2) return own
  const { pid, name: processName } = trace.processes[process]
  return `${processName === '' ? 'process' : processName} ${pid}: ${own}`
}
