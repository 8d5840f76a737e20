import type { CounterTrack, InstantTable, SliceIndex, SliceTable, TrackIndex } from '@tracer/core'
import { firstAtOrAfter } from './counter-columns.js'
import { INSTANTS_HEIGHT, rowAt, type Layout, type Row } from './layout.js'
import type { LevelIndex } from './level-index.js'
import { ONE_SLICE, RowScanner } from './row-spans.js'
import type { Selection } from './selection.js'
import type { TrackStore } from './track-store.js'
import { timeAt, type TimeRange } from './view.js'

/** What is on the screen, as far as it takes to say what lies under a point. CSS pixels. */
export interface Screen {
  readonly store: TrackStore
  readonly layout: Layout
  readonly view: TimeRange
  readonly scrollTop: number
  readonly width: number
}

/** How far from a point a slice may be that is too small to be met. */
const REACH = 3
const INSTANT_REACH = 6

/** What lies at a point of the rows. */
export function hitTest(screen: Screen, x: number, y: number): Selection | undefined {
  const found = rowUnder(screen, y)
  if (found === undefined) return undefined
  const { row, within } = found
  const { store } = screen
  const track = store.trackOf(row.node)
  if (track === undefined || row.node.track === undefined) return undefined
  const place = { trace: row.node.trace, track: row.node.track }
  if (track.kind === 'counter') return hitSample(screen, track, place, x)
  const instants = store.instantsOf(row.node)
  if (instants !== undefined && row.instantsTop !== undefined && within < row.instantsTop + INSTANTS_HEIGHT) {
    return hitInstant(screen, instants, place, x)
  }
  const level = Math.floor((within - row.levelsTop) / row.levelHeight)
  if (level < 0 || level >= row.levels) return undefined
  const slice = sliceAt(track.slices, store.indexOf(track.slices, row.node), level, screen, x)
  return slice === undefined ? undefined : { kind: 'slice', ...place, slice }
}

/** The row at a height, and how far below its top that is. */
export function rowUnder({ layout, scrollTop }: Screen, y: number): { row: Row; within: number } | undefined {
  const isPinned = y < layout.pinnedHeight
  const rows = isPinned ? layout.pinned : layout.rows
  const inList = isPinned ? y : y - layout.pinnedHeight + scrollTop
  const row = rows.at(rowAt(rows, inList))
  if (row === undefined || inList < row.top || inList >= row.top + row.height) return undefined
  return { row, within: inList - row.top }
}

/** The slice of a level under a pixel, or the nearest one within reach; of several too small to tell apart the longest. */
export function sliceAt(
  slices: SliceTable,
  index: LevelIndex,
  level: number,
  { view, width }: Pick<Screen, 'view' | 'width'>,
  x: number,
): SliceIndex | undefined {
  const window = { fromNs: timeAt(x - REACH, view, width), toNs: timeAt(x + REACH, view, width), width: 2 * REACH }
  const spans = new RowScanner().scan(slices, index, level, window)
  let nearest: SliceIndex | undefined
  let distance = Infinity
  for (let i = 0; i < spans.length; i++) {
    // A column stands for all of its pixel, a slice for where it is.
    const middle = spans.cover[i] === ONE_SLICE ? REACH : REACH - 0.5
    const away = Math.max(spans.left[i] - middle, middle - spans.right[i], 0)
    if (away < distance) [nearest, distance] = [spans.slice[i], away]
  }
  return nearest
}

interface Place {
  readonly trace: number
  readonly track: TrackIndex
}

function hitInstant({ view, width }: Screen, instants: InstantTable, place: Place, x: number): Selection | undefined {
  const instant = nearestTo(instants.timeNs, timeAt(x, view, width))
  if (instant === undefined) return undefined
  const reach = (INSTANT_REACH / width) * (view.toNs - view.fromNs)
  const isNear = Math.abs(instants.timeNs[instant] - timeAt(x, view, width)) <= reach
  return isNear ? { kind: 'instant', ...place, instant } : undefined
}

function hitSample({ view, width }: Screen, { samples }: CounterTrack, place: Place, x: number): Selection | undefined {
  const after = firstAtOrAfter(samples.timeNs, timeAt(x + 0.5, view, width), 0)
  // A value holds until the next: what counts is the one before.
  return after === 0 ? undefined : { kind: 'sample', ...place, sample: after - 1 }
}

function nearestTo(times: Float64Array, timeNs: number): number | undefined {
  if (times.length === 0) return undefined
  const after = firstAtOrAfter(times, timeNs, 0)
  if (after === times.length) return after - 1
  return after > 0 && timeNs - times[after - 1] < times[after] - timeNs ? after - 1 : after
}
