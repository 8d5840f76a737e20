import type { Drop, Process, ProcessEnd, Site, Thread, Track } from '@tracer/core'
import type { Cursor } from './cursor.js'
import {
  HEADER,
  TRACER_DROP,
  TRACER_PROCESS,
  TRACER_SITES,
  TRACER_SITE_ENTRY,
  TRACER_SOURCE,
  TRACER_THREAD,
  TRACER_TRACK,
  TRACER_TRACKS,
  TRACER_UNRECORDED,
  TRACER_UNRECORDED_ROW,
} from './fields.js'
import { SITE_KINDS, TRACK_KINDS } from './header-packets.js'

/** A row of our own table of tracks. */
export interface OwnTrack {
  readonly kind: Track['kind']
  readonly thread: number
  readonly name: string
  readonly series: string
}

export interface OwnUnrecorded {
  readonly thread: number
  readonly site: number
  readonly calls: number
  readonly estimatedNs: number
  readonly laterRuns: number
}

/** Facts of our own about the trace; numbers are what was written, exactly. */
export interface OwnMetadata {
  version: number
  producer: string
  clock: string
  originNs: number
  originEpochMs: number
  overheadNs: number
  overheadInsideNs: number
  checkNs: number
  tickNs: number
  zero: number
  hostName: string
  bootId: string
}

export function readHeader(cursor: Cursor): OwnMetadata {
  const header = {
    version: 0,
    producer: '',
    clock: '',
    originNs: 0,
    originEpochMs: 0,
    zero: 0,
    hostName: '',
    bootId: '',
  }
  const costs = { overheadNs: 0, overheadInsideNs: 0, checkNs: 0, tickNs: 0 }
  while (cursor.next()) {
    if (cursor.field === HEADER.version) header.version = cursor.value
    else if (cursor.field === HEADER.producer) header.producer = cursor.text()
    else if (cursor.field === HEADER.clock) header.clock = cursor.text()
    else if (cursor.field === HEADER.originNs) header.originNs = cursor.number()
    else if (cursor.field === HEADER.originEpochMs) header.originEpochMs = cursor.number()
    else if (cursor.field === HEADER.overheadNs) costs.overheadNs = cursor.number()
    else if (cursor.field === HEADER.overheadInsideNs) costs.overheadInsideNs = cursor.number()
    else if (cursor.field === HEADER.checkNs) costs.checkNs = cursor.number()
    else if (cursor.field === HEADER.tickNs) costs.tickNs = cursor.number()
    else if (cursor.field === HEADER.zero) header.zero = cursor.value
    else if (cursor.field === HEADER.hostName) header.hostName = cursor.text()
    else if (cursor.field === HEADER.bootId) header.bootId = cursor.text()
  }
  return { ...header, ...costs }
}

export function readProcess(cursor: Cursor): Process {
  let [pid, name] = [0, '']
  let end: ProcessEnd = {}
  const commandLine: string[] = []
  while (cursor.next()) {
    if (cursor.field === TRACER_PROCESS.exitCode) end = { ...end, exitCode: cursor.number() }
    else if (cursor.field === TRACER_PROCESS.signal) end = { ...end, signal: cursor.text() }
    else if (cursor.field === TRACER_PROCESS.pid) pid = cursor.number()
    else if (cursor.field === TRACER_PROCESS.name) name = cursor.text()
    else if (cursor.field === TRACER_PROCESS.commandLine) commandLine.push(cursor.text())
  }
  return { pid, name, commandLine, ...end }
}

export function readThread(cursor: Cursor): Thread {
  let [process, tid, name, complete] = [0, 0, '', true]
  const drops: Drop[] = []
  while (cursor.next()) {
    if (cursor.field === TRACER_THREAD.process) process = cursor.value
    else if (cursor.field === TRACER_THREAD.tid) tid = cursor.number()
    else if (cursor.field === TRACER_THREAD.name) name = cursor.text()
    else if (cursor.field === TRACER_THREAD.isIncomplete) complete = false
    else if (cursor.field === TRACER_THREAD.drops) drops.push(readDrop(cursor.message()))
  }
  return { process, tid, name, drops, complete }
}

function readDrop(cursor: Cursor): Drop {
  let [count, startNs, endNs] = [0, 0, 0]
  while (cursor.next()) {
    if (cursor.field === TRACER_DROP.count) count = cursor.number()
    else if (cursor.field === TRACER_DROP.startNs) startNs = cursor.number()
    else if (cursor.field === TRACER_DROP.endNs) endNs = cursor.number()
  }
  return { count, startNs, endNs }
}

export function* readSites(cursor: Cursor): Generator<Site, void, undefined> {
  while (cursor.next()) {
    if (cursor.field !== TRACER_SITES.site) continue
    const entry = cursor.message()
    let [kind, name, file, line, column] = [0, '', '', 0, 0]
    while (entry.next()) {
      if (entry.field === TRACER_SITE_ENTRY.kind) kind = entry.value
      else if (entry.field === TRACER_SITE_ENTRY.name) name = entry.text()
      else if (entry.field === TRACER_SITE_ENTRY.file) file = entry.text()
      else if (entry.field === TRACER_SITE_ENTRY.line) line = entry.number()
      else if (entry.field === TRACER_SITE_ENTRY.column) column = entry.number()
    }
    yield { kind: SITE_KINDS.at(kind) ?? 'function', name, file, line, column }
  }
}

export function* readTracks(cursor: Cursor): Generator<OwnTrack, void, undefined> {
  while (cursor.next()) {
    if (cursor.field !== TRACER_TRACKS.track) continue
    const entry = cursor.message()
    let [kind, thread, name, series] = [0, 0, '', '']
    while (entry.next()) {
      if (entry.field === TRACER_TRACK.kind) kind = entry.value
      else if (entry.field === TRACER_TRACK.thread) thread = entry.value
      else if (entry.field === TRACER_TRACK.name) name = entry.text()
      else if (entry.field === TRACER_TRACK.series) series = entry.text()
    }
    yield { kind: TRACK_KINDS.at(kind) ?? 'thread', thread, name, series }
  }
}

export function* readUnrecorded(cursor: Cursor): Generator<OwnUnrecorded, void, undefined> {
  while (cursor.next()) {
    if (cursor.field !== TRACER_UNRECORDED.row) continue
    const entry = cursor.message()
    let [thread, site, calls, estimatedNs, laterRuns] = [0, 0, 0, 0, 0]
    while (entry.next()) {
      if (entry.field === TRACER_UNRECORDED_ROW.thread) thread = entry.value
      else if (entry.field === TRACER_UNRECORDED_ROW.site) site = entry.value
      else if (entry.field === TRACER_UNRECORDED_ROW.calls) calls = entry.number()
      else if (entry.field === TRACER_UNRECORDED_ROW.estimatedNs) estimatedNs = entry.number()
      else if (entry.field === TRACER_UNRECORDED_ROW.laterRuns) laterRuns = entry.number()
    }
    yield { thread, site, calls, estimatedNs, laterRuns }
  }
}

export function readSource(cursor: Cursor): { file: string; text: string } {
  const source = { file: '', text: '' }
  while (cursor.next()) {
    if (cursor.field === TRACER_SOURCE.file) source.file = cursor.text()
    else if (cursor.field === TRACER_SOURCE.text) source.text = cursor.text()
  }
  return source
}
