import type { Nanoseconds, SliceTable, Trace, TrackIndex } from '@tracer/core'
import { SpanTable, type SpanIds } from './span-table.js'

/** What of a trace tells where it lies on the time axis of others. Times are those of the trace. */
export interface Landmarks {
  readonly hostName: string
  readonly bootId: string
  /** Time zero on the machine's monotonic axis; 0 when unknown. */
  readonly originNs: Nanoseconds
  /** Time zero as wall-clock time; 0 when unknown. */
  readonly originEpochMs: number
  /** First moment; Infinity when there is none. */
  readonly firstNs: Nanoseconds
  /** When an instant of each name was for the first time. */
  readonly markers: ReadonlyMap<string, Nanoseconds>
  /** Slices that say which span they are, or which span caused them. */
  readonly spans: SpanTable
}

/** What inputs can be aligned by, out of a trace that is in memory. */
export function landmarksOf(trace: Trace): Landmarks {
  const { hostName, bootId, originNs, originEpochMs } = trace.metadata
  let firstNs = Infinity
  const markers = new Map<string, Nanoseconds>()
  const spans = new SpanTable()
  for (const [index, track] of trace.tracks.entries()) {
    if (track.kind === 'counter') {
      if (track.samples.length > 0) firstNs = Math.min(firstNs, track.samples.timeNs[0])
      continue
    }
    firstNs = Math.min(firstNs, firstStart(track.slices, track.kind === 'thread'))
    addSpans(spans, track.slices, index)
    if (track.kind === 'async') continue
    const { instants } = track
    if (instants.length > 0) firstNs = Math.min(firstNs, instants.timeNs[0])
    for (let i = 0; i < instants.length; i++) {
      noteMarker(markers, trace.sites[instants.site[i]].name, instants.timeNs[i])
    }
  }
  return { hostName, bootId, originNs, originEpochMs, firstNs, markers, spans }
}

function noteMarker(markers: Map<string, Nanoseconds>, name: string, timeNs: Nanoseconds): void {
  const known = markers.get(name)
  if (known === undefined || timeNs < known) markers.set(name, timeNs)
}

function firstStart({ length, startNs }: SliceTable, isOrdered: boolean): Nanoseconds {
  if (isOrdered) return length > 0 ? startNs[0] : Infinity
  return startNs.reduce((first, time) => Math.min(first, time), Infinity)
}

function addSpans(spans: SpanTable, { args, startNs, durationNs, unfinished }: SliceTable, track: TrackIndex): void {
  for (const [slice, text] of args) {
    const ids = spanIds(text)
    if (ids === undefined) continue
    const row = spans.add(ids, startNs[slice], track, slice)
    if (!unfinished.has(slice)) spans.end(row, startNs[slice] + durationNs[slice])
  }
}

/** The ids that arguments name as `traceId`, `spanId` and `parentId`; undefined when there is neither of the last two. */
export function spanIds(args: string): SpanIds | undefined {
  // Most arguments have none: those are not parsed.
  if (!args.includes('"spanId"') && !args.includes('"parentId"')) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(args)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(parsed))
  const traceId = textOf(fields.get('traceId')) ?? ''
  const full = (id: string | undefined) => (id === undefined ? undefined : `${traceId}/${id}`)
  const [id, parentId] = [full(textOf(fields.get('spanId'))), full(textOf(fields.get('parentId')))]
  return id === undefined && parentId === undefined ? undefined : { id, parentId }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
