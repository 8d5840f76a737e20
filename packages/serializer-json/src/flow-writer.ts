import type { AsyncTrack, FlowTable, SliceTable, ThreadTrack, Trace } from '@tracer/core'
import { NO_FILE_CATEGORY } from './category.js'
import { eventHead, type Place } from './event-prefix.js'
import { EXACT_NS, microsecondsText, toGrid } from './microseconds.js'
import type { Pages } from './pages.js'

/** Name of the events that are the ends of an arrow. */
export const FLOW_EVENT_NAME = 'flow'

const STEP = 4096

/**
 * Writes arrows as flow events (`s`, `t`, `f`), one an end, each flow with an id of its own.
 *
 * Perfetto binds an end to the slice of its thread that began last, even if that has ended, and
 * Chrome to the slice that begins at the very time of the end. So an end stands at its true time only
 * before the first child of its slice, else at the slice's start; the true time is then in `at`.
 * `slice` and `track`, our own fields, name the slice itself.
 */
export function* writeFlows(
  pages: Pages,
  trace: Trace,
  placeOf: (track: ThreadTrack | AsyncTrack) => Place,
): Generator<Uint8Array, void, undefined> {
  const { flows } = trace
  for (let row = 0; row < flows.length; row++) {
    const track = trace.tracks[flows.track[row]]
    // Only slices can be the ends of an arrow.
    if (track.kind === 'counter') continue
    pages.appendText(flowText(flows, row, track, placeOf(track)))
    if (row % STEP === 0) yield* pages.takeFull()
  }
}

function flowText(flows: FlowTable, row: number, track: ThreadTrack | AsyncTrack, place: Place): string {
  const slice = flows.slice[row]
  const time = toGrid(flows.timeNs[row])
  const bound = boundTime(track.slices, slice, time)
  const phase = phaseOf(flows, row)
  const fields = [
    eventHead(FLOW_EVENT_NAME, NO_FILE_CATEGORY, phase, place),
    `"id":${flows.flow[row]}`,
    ...(phase === 'f' ? ['"bp":"e"'] : []),
    `"ts":${microsecondsText(bound)}`,
    ...(bound === time ? [] : [`"at":${microsecondsText(time)}`]),
    ...(track.kind === 'async' ? [`"track":${JSON.stringify(track.name)}`] : []),
    `"slice":${slice}`,
  ]
  return `,\n${fields.join(',')}}`
}

function phaseOf({ flow, length }: FlowTable, row: number): 's' | 't' | 'f' {
  if (row === 0 || flow[row - 1] !== flow[row]) return 's'
  return row + 1 === length || flow[row + 1] !== flow[row] ? 'f' : 't'
}

/** The time at which importers find the slice; `time` itself where they do. */
function boundTime(slices: SliceTable, slice: number, time: number): number {
  const start = toGrid(slices.startNs[slice])
  if (Math.abs(start) >= EXACT_NS) return time
  const next = slice + 1 < slices.length ? toGrid(slices.startNs[slice + 1]) : Infinity
  const end = toGrid(slices.startNs[slice] + slices.durationNs[slice])
  return time > start && time < Math.min(next, end) ? time : start
}
