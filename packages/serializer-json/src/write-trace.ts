import { fileIds, type FileIds, type ThreadIndex, type Trace, type Track } from '@tracer/core'
import { withoutChromeName } from './chrome-names.js'
import { EventPrefixes, eventHead, type Place } from './event-prefix.js'
import {
  SITES_EVENT_NAME,
  TRACE_EVENT_NAME,
  UNRECORDED_EVENT_NAME,
  headerText,
  siteTexts,
  unrecordedTexts,
} from './file-header.js'
import { SOURCES_EVENT_NAME, sourceTexts } from './file-sources.js'
import type { WriteRules } from './flavors.js'
import { writeFlows } from './flow-writer.js'
import { Pages } from './pages.js'
import { writeAsyncSlices, writeInstants, writeSamples } from './point-writer.js'
import { writeSlices } from './slice-writer.js'

/**
 * Writes Trace Event JSON, the format of Chrome's `about:tracing`, as the part of it on which all
 * importers agree: a plain array with one event a line; metadata first; slices as complete events
 * (`X`), because begin and end events of equal times are paired differently everywhere; counters,
 * instants, and async pairs. Every event has a name, a phase, a time, a pid, a tid and a category.
 * A file that is cut anywhere is still read up to there by all that accept an open array.
 *
 * Fields of our own, which importers skip, let {@link readTrace} give back the same trace:
 * `site`, `run` (activation, negative for later runs), `open` (unfinished), `depth`, `track`,
 * `series`, `value`, `slice` and `at`.
 */
export function* writeTrace(trace: Trace, rules: WriteRules): Generator<Uint8Array, void, undefined> {
  const pages = new Pages()
  const ids = fileIds(trace, MAX_ID)
  let isFirst = true
  for (const event of metadataEvents(trace, ids, rules)) {
    if (!isFirst) pages.appendText(`,\n${event}`)
    else pages.appendText(`[\n${looksLikeChrome(trace) ? event.replace(EMPTY_CATEGORY, '') : event}`)
    isFirst = false
    yield* pages.takeFull()
  }
  let asyncId = 1
  for (const track of trace.tracks) {
    const place = threadPlace(trace, track.thread, ids)
    yield* writeTrack(pages, trace, track, place, asyncId, rules)
    if (track.kind === 'async') asyncId += track.slices.length
  }
  if (rules.withMore) {
    yield* writeFlows(pages, trace, (track) => threadPlace(trace, track.thread, ids))
    const ownPlace = placeOfOwn(ids)
    for (const source of sourceTexts(trace.sources)) {
      pages.appendText(`,\n${metadataEvent(SOURCES_EVENT_NAME, ownPlace, source)}`)
      yield* pages.takeFull()
    }
  }
  pages.appendText('\n]\n')
  yield* pages.takeRest()
}

function* writeTrack(
  pages: Pages,
  trace: Trace,
  track: Track,
  place: Place,
  asyncId: number,
  rules: WriteRules,
): Generator<Uint8Array, void, undefined> {
  const { withArgs } = rules
  const sites = rules.avoidsChromeNames ? trace.sites.map(withoutChromeName) : trace.sites
  const prefixes = (phase: string) => new EventPrefixes(sites, phase, place)
  switch (track.kind) {
    case 'thread':
      yield* writeSlices(pages, track, prefixes('X'), rules)
      if (!rules.withMore) return
      yield* writeInstants(pages, track.instants, prefixes('i","s":"t'), withArgs)
      return
    case 'async': {
      if (!rules.withMore) return
      const names = sites.map((site) => site.name)
      yield* writeAsyncSlices(pages, track, names, { begin: prefixes('b'), end: prefixes('e') }, asyncId, withArgs)
      return
    }
    case 'counter':
      if (rules.withMore) yield* writeSamples(pages, track, place)
      return
  }
}

function* metadataEvents(trace: Trace, ids: FileIds, rules: WriteRules): Generator<string, void, undefined> {
  for (const [index, process] of trace.processes.entries()) {
    const place = { pid: ids.pids[index], tid: ids.pids[index] }
    if (process.name !== '') yield metadataEvent('process_name', place, JSON.stringify({ name: process.name }))
    yield metadataEvent('process_sort_index', place, `{"sort_index":${index}}`)
  }
  for (const [index, thread] of trace.threads.entries()) {
    const place = threadPlace(trace, index, ids)
    if (thread.name !== '') yield metadataEvent('thread_name', place, JSON.stringify({ name: thread.name }))
    yield metadataEvent('thread_sort_index', place, `{"sort_index":${index}}`)
  }
  const ownPlace = placeOfOwn(ids)
  yield metadataEvent(TRACE_EVENT_NAME, ownPlace, headerText(trace, ids))
  for (const sites of siteTexts(trace.sites)) yield metadataEvent(SITES_EVENT_NAME, ownPlace, sites)
  if (!rules.withMore) return
  for (const calls of unrecordedTexts(trace.unrecorded)) yield metadataEvent(UNRECORDED_EVENT_NAME, ownPlace, calls)
}

/** Importers make a row of each pid and tid they meet: our own metadata uses one that is there anyway. */
function placeOfOwn(ids: FileIds): Place {
  const pid = ids.pids.at(0) ?? 1
  return { pid, tid: pid }
}

function metadataEvent(name: string, place: Place, args: string): string {
  return `${eventHead(name, '', 'M', place)},"ts":0,"args":${args}}`
}

const EMPTY_CATEGORY = ',"cat":""'

/**
 * speedscope takes a file for a recording of Chrome's profiler when an event has one of these names
 * and the first event a category. Then the first event goes without.
 */
function looksLikeChrome(trace: Trace): boolean {
  return trace.sites.some(({ name }) => name === 'CpuProfile' || name === 'Profile' || name === 'ProfileChunk')
}

function threadPlace(trace: Trace, thread: ThreadIndex, ids: FileIds): Place {
  return { pid: ids.pids[trace.threads[thread].process], tid: ids.tids[thread] }
}

/** Importers take the numbers of processes and threads for unsigned 32-bit integers. */
const MAX_ID = 2 ** 32 - 1
