import type { NewMetadata, ThreadIndex, Trace, TraceBuilder, TrackIndex } from '@tracer/core'
import { assembleFlows } from './flow-assembly.js'
import type { PacketReader } from './packet-reader.js'
import type { ReadWarnings } from './read-warnings.js'
import { ThreadTable } from './thread-table.js'
import { assembleAsync, assembleCounter, assembleThread, type AssembledTrack, type TimeSpan } from './track-assembly.js'
import type { TrackDraft } from './track-draft.js'

const NS_PER_MS = 1e6

/** Makes the trace of what the packets of a file said. */
export function buildTrace(builder: TraceBuilder, reader: PacketReader, warnings: ReadWarnings): Trace {
  const { own } = reader
  const found = [...reader.tracks.all()].filter((draft) => draft.ownThread !== undefined || hasEvents(draft))
  // We describe every track: a part of a file may lack what stood before it.
  const drafts = own.metadata === undefined ? found : found.filter(({ isDescribed }) => isDescribed)
  warnings.count('noTrack', found.length - drafts.length)
  const span = spanOf(drafts, own.metadata !== undefined)
  const threads = new ThreadTable(builder, reader.tracks, reader.names, warnings)
  threads.addOwn(own)
  for (const { thread, site, calls, estimatedNs, laterRuns } of own.unrecorded) {
    const index = threads.ownAt(thread)
    if (index !== undefined && site >= 0) builder.addUnrecorded(index, site, calls, estimatedNs, laterRuns)
  }
  const groups = groupDrafts(drafts, threads)
  const trace = builder.build(metadataOf(reader, span))
  const tracks = assemble(groups, reader, trace, span, warnings)
  return { ...trace, tracks: Object.freeze(tracks.map(({ track }) => track)), flows: assembleFlows(tracks) }
}

/** Drafts that make one track of the trace. */
interface Group {
  readonly kind: 'thread' | 'async' | 'counter'
  readonly thread: ThreadIndex
  readonly name: string
  readonly series: string
  readonly ownIndex: TrackIndex | undefined
  readonly drafts: TrackDraft[]
  /** Tracks of other kinds whose instants are shown on the thread. */
  readonly beside: TrackDraft[]
}

function groupDrafts(drafts: readonly TrackDraft[], threads: ThreadTable): Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (group: Omit<Group, 'drafts' | 'beside'>): Group => {
    const { kind, thread, name, series, ownIndex } = group
    const key = ownIndex === undefined ? `${kind} ${thread} ${name.length} ${name} ${series}` : `own ${ownIndex}`
    let found = groups.get(key)
    if (found === undefined) groups.set(key, (found = { ...group, drafts: [], beside: [] }))
    return found
  }
  const threadGroup = (thread: ThreadIndex) =>
    groupOf({ kind: 'thread', thread, name: '', series: '', ownIndex: undefined })
  for (const draft of drafts) {
    const ownThread = threads.ofThreadTrack(draft)
    const isRoot = draft.key === 0 || (!draft.isDescribed && draft.ownIndex === undefined)
    const thread = ownThread ?? threads.of(draft)
    if (ownThread !== undefined || isRoot) {
      threadGroup(thread).drafts.push(draft)
      continue
    }
    const { ownIndex, series } = draft
    const name = draft.name ?? ''
    if (draft.isCounter || draft.samples.length > 0) {
      groupOf({ kind: 'counter', thread, name, series, ownIndex }).drafts.push(draft)
    }
    if (draft.events.length > 0 || draft.complete.length > 0) {
      groupOf({ kind: 'async', thread, name, series: '', ownIndex }).drafts.push(draft)
    }
    if (draft.instants.length > 0) threadGroup(thread).beside.push(draft)
  }
  return [...groups.values()]
}

function assemble(
  groups: readonly Group[],
  { own }: PacketReader,
  { threads }: Trace,
  span: TimeSpan,
  warnings: ReadWarnings,
): AssembledTrack[] {
  const make = ({ kind, thread, name, series, drafts, beside }: Group): AssembledTrack[] => {
    if (kind === 'thread') return assembleThread(thread, threads[thread].name, drafts, beside, span, warnings)
    if (kind === 'async') return [assembleAsync(thread, name, drafts, span, warnings)]
    return [{ track: assembleCounter(thread, name, series, drafts, span), flows: [] }]
  }
  // Our own table has every track, also those without events and those that a cut took away. There may be thousands.
  const ofThreads = new Map(groups.filter(({ kind }) => kind === 'thread').map((group) => [group.thread, group]))
  const others = new Map(groups.filter(({ kind }) => kind !== 'thread').map((group) => [group.ownIndex, group]))
  const listed = own.tracks
    .filter(({ thread }) => thread < threads.length)
    .flatMap((row, index) => {
      const found = row.kind === 'thread' ? ofThreads.get(row.thread) : others.get(index)
      const empty: Group = { ...row, ownIndex: index, drafts: [], beside: [] }
      return make(found === undefined ? empty : { ...found, name: row.name, series: row.series })
    })
  if (own.tracks.length > 0) return listed
  const byThread = groups.slice().sort((a, b) => a.thread - b.thread || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
  return byThread.flatMap(make)
}

const KINDS: readonly Group['kind'][] = ['thread', 'async', 'counter']

function hasEvents({ events, complete, instants, samples }: TrackDraft): boolean {
  return events.length + complete.length + instants.length + samples.length > 0
}

/** Times of our own files are those of the trace; of others the earliest becomes 0. */
function spanOf(drafts: readonly TrackDraft[], isOwn: boolean): TimeSpan {
  let [first, last] = [Infinity, -Infinity]
  const add = (timeNs: number) => {
    first = Math.min(first, timeNs)
    last = Math.max(last, timeNs)
  }
  for (const { events, complete, instants, samples } of drafts) {
    if (events.length > 0) for (const timeNs of events.outermost()) add(timeNs)
    for (const { startNs, endNs } of complete) {
      add(startNs)
      add(endNs)
    }
    for (const { timeNs } of instants) add(timeNs)
    for (const { timeNs } of samples) add(timeNs)
  }
  return first > last ? { zeroNs: 0, lastNs: 0 } : { zeroNs: isOwn ? 0 : first, lastNs: last }
}

function metadataOf({ own, clocks }: PacketReader, { zeroNs }: TimeSpan): NewMetadata {
  if (own.metadata !== undefined) return own.metadata
  const originNs = Number(clocks.base ?? 0n) + zeroNs
  const { epochNs } = clocks
  const originEpochMs = epochNs === undefined ? 0 : Number(epochNs + BigInt(Math.round(zeroNs))) / NS_PER_MS
  return { producer: 'unknown', clock: 'unknown', originNs, originEpochMs }
}
