import type { FileIds, Site, SiteKind, Thread, Trace, Track } from '@tracer/core'
import { writeTraceClock } from './clock-packets.js'
import {
  HEADER,
  HEADER_VERSION,
  PACKET,
  PROCESS,
  THREAD,
  TRACER_DROP,
  TRACER_PACKET,
  TRACER_PROCESS,
  TRACER_SITES,
  TRACER_SITE_ENTRY,
  TRACER_SOURCE,
  TRACER_THREAD,
  TRACER_TRACK,
  TRACER_TRACKS,
  TRACER_UNRECORDED,
  TRACER_UNRECORDED_ROW,
  TRACK,
} from './fields.js'
import { Message } from './message.js'
import type { TrackPlan } from './track-plan.js'

/** Rows of a table that stand in one packet, so that none grows with the program. */
const ROWS_PER_PACKET = 1000

export const SITE_KINDS: readonly SiteKind[] = [
  'function',
  'module',
  'span',
  'async-span',
  'instant',
  'counter',
  'turn',
  'collection',
]
export const TRACK_KINDS: readonly Track['kind'][] = ['thread', 'async', 'counter']

/** All packets before the first event. Each is valid until the next is asked for. */
export function* headerPackets(trace: Trace, ids: FileIds, plan: TrackPlan): Generator<Message, void, undefined> {
  const message = new Message()
  writeHeader(message, trace, plan.zero)
  yield message
  writeTraceClock(message.clear(), plan.zero, epochNs(trace))
  yield message
  yield* descriptors(message, trace, ids, plan)
  yield* tables(message, TRACER_PACKET.sites, trace.sites.length, (i) => writeSite(message, trace.sites[i]))
  yield* tables(message, TRACER_PACKET.tracks, trace.tracks.length, (i) => writeTrack(message, trace.tracks[i]))
  yield* tables(message, TRACER_PACKET.unrecorded, trace.unrecorded.length, (i) => writeUnrecorded(message, trace, i))
}

/** The packets behind the last event: losing them costs no event. */
export function* sourcePackets(sources: Trace['sources']): Generator<Message, void, undefined> {
  for (const [file, text] of sources) {
    const message = new Message()
    message.message(TRACER_PACKET.source, () => message.text(TRACER_SOURCE.file, file).text(TRACER_SOURCE.text, text))
    yield message
  }
}

function epochNs({ metadata: { originEpochMs, originNs } }: Trace): bigint {
  const epoch = Math.round(originEpochMs * 1000)
  return Number.isFinite(epoch) && epoch > 0 && Number.isFinite(originNs) ? BigInt(epoch) * 1000n : 0n
}

function writeHeader(message: Message, { metadata }: Trace, zero: number): void {
  message.clear().message(TRACER_PACKET.header, () => {
    message.uint(HEADER.version, HEADER_VERSION)
    message.text(HEADER.producer, metadata.producer).text(HEADER.clock, metadata.clock)
    message.number(HEADER.originNs, metadata.originNs).number(HEADER.originEpochMs, metadata.originEpochMs)
    message.number(HEADER.overheadNs, metadata.overheadNs).number(HEADER.overheadInsideNs, metadata.overheadInsideNs)
    message.number(HEADER.checkNs, metadata.checkNs).number(HEADER.tickNs, metadata.tickNs)
    message.uint(HEADER.zero, zero)
    if (metadata.hostName !== '') message.text(HEADER.hostName, metadata.hostName)
    if (metadata.bootId !== '') message.text(HEADER.bootId, metadata.bootId)
  })
}

function* descriptors(message: Message, trace: Trace, ids: FileIds, plan: TrackPlan): Generator<Message> {
  for (const [index, process] of trace.processes.entries()) {
    message.clear().uint(PACKET.timestamp, plan.zero)
    message.message(PACKET.trackDescriptor, () => {
      message.uint(TRACK.uuid, plan.processUuids[index])
      message.message(TRACK.process, () => {
        message.uint(PROCESS.pid, ids.pids[index])
        for (const word of process.commandLine) message.text(PROCESS.commandLine, word)
        message.text(PROCESS.name, process.name)
      })
    })
    message.message(TRACER_PACKET.process, () => {
      message.number(TRACER_PROCESS.pid, process.pid).text(TRACER_PROCESS.name, process.name)
      for (const word of process.commandLine) message.text(TRACER_PROCESS.commandLine, word)
      if (process.exitCode !== undefined) message.number(TRACER_PROCESS.exitCode, process.exitCode)
      if (process.signal !== undefined) message.text(TRACER_PROCESS.signal, process.signal)
    })
    yield message
  }
  for (const [index, thread] of trace.threads.entries()) {
    message.clear().uint(PACKET.timestamp, plan.zero)
    const sequence = plan.sequenceOfThread(index)
    if (sequence !== undefined) message.uint(PACKET.sequenceId, sequence)
    message.message(PACKET.trackDescriptor, () => {
      message.uint(TRACK.uuid, plan.threadUuids[index])
      message.message(TRACK.thread, () => {
        message.uint(THREAD.pid, ids.pids[thread.process]).uint(THREAD.tid, ids.tids[index])
        message.text(THREAD.name, thread.name)
      })
    })
    message.message(TRACER_PACKET.thread, () => writeThread(message, thread))
    yield message
  }
}

function writeThread(message: Message, thread: Thread): void {
  message.uint(TRACER_THREAD.process, thread.process).number(TRACER_THREAD.tid, thread.tid)
  message.text(TRACER_THREAD.name, thread.name)
  if (!thread.complete) message.uint(TRACER_THREAD.isIncomplete, 1)
  for (const { count, startNs, endNs } of thread.drops) {
    message.message(TRACER_THREAD.drops, () => {
      message.number(TRACER_DROP.count, count)
      message.number(TRACER_DROP.startNs, startNs).number(TRACER_DROP.endNs, endNs)
    })
  }
}

function* tables(
  message: Message,
  field: number,
  length: number,
  writeRow: (index: number) => void,
): Generator<Message> {
  for (let from = 0; from < length; from += ROWS_PER_PACKET) {
    message.clear().message(field, () => {
      for (let i = from; i < Math.min(length, from + ROWS_PER_PACKET); i++) writeRow(i)
    })
    yield message
  }
}

function writeSite(message: Message, { kind, name, file, line, column }: Site): void {
  message.message(TRACER_SITES.site, () => {
    message.uint(TRACER_SITE_ENTRY.kind, SITE_KINDS.indexOf(kind))
    message.text(TRACER_SITE_ENTRY.name, name).text(TRACER_SITE_ENTRY.file, file)
    message.number(TRACER_SITE_ENTRY.line, line).number(TRACER_SITE_ENTRY.column, column)
  })
}

function writeTrack(message: Message, track: Track): void {
  message.message(TRACER_TRACKS.track, () => {
    message.uint(TRACER_TRACK.kind, TRACK_KINDS.indexOf(track.kind)).uint(TRACER_TRACK.thread, track.thread)
    if (track.kind !== 'thread') message.text(TRACER_TRACK.name, track.name)
    if (track.kind === 'counter') message.text(TRACER_TRACK.series, track.series)
  })
}

function writeUnrecorded(message: Message, { unrecorded }: Trace, index: number): void {
  message.message(TRACER_UNRECORDED.row, () => {
    message.uint(TRACER_UNRECORDED_ROW.thread, unrecorded.thread[index])
    message.uint(TRACER_UNRECORDED_ROW.site, unrecorded.site[index])
    message.number(TRACER_UNRECORDED_ROW.calls, unrecorded.calls[index])
    message.number(TRACER_UNRECORDED_ROW.estimatedNs, unrecorded.estimatedNs[index])
    const laterRuns = unrecorded.laterRuns[index]
    if (laterRuns > 0) message.number(TRACER_UNRECORDED_ROW.laterRuns, laterRuns)
  })
}
