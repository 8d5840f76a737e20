import type { SliceIndex, SliceTable } from '@tracer/core'
import type { Label } from './labels.js'
import type { Row } from './layout.js'
import type { LevelIndex } from './level-index.js'
import { blended } from './pixels.js'
import { ONE_SLICE, type RowScanner } from './row-spans.js'
import type { Scene } from './scene.js'
import type { Surface } from './surface.js'

/** One level of a row, where it is painted. */
export interface LevelPlace {
  readonly row: Row
  readonly slices: SliceTable
  readonly index: LevelIndex
  readonly level: number
  /** Top of the level in CSS pixels from the top of the picture. */
  readonly y: number
  readonly empty: Uint32Array
  readonly labels: Label[]
}

/** Narrower slices have no room for a letter and dots. CSS pixels. */
const LEAST_LABEL = 22
const LEAST_LABEL_HEIGHT = 14
/** Narrower matches of a search have its colour instead of their own. CSS pixels. */
const LEAST_MATCH = 6
/** Over how much of its end a slice fades out that was open when recording ended. CSS pixels. */
const FADE = 48
/** How opaque a column is that a single nanosecond lies in, of 256: enough to be seen. */
const LEAST_OPACITY = 150

/**
 * Paints a level: its slices as one line of pixels, which is then repeated downwards. Slices of a pixel and
 * more are rectangles; a column of smaller ones has the colour of the longest, the fainter the less they cover.
 */
export function paintLevel(surface: Surface, scene: Scene, scanner: RowScanner, place: LevelPlace): void {
  const { row, slices, index, level, y, empty, labels } = place
  const { node } = row
  const { paints, ratio, highlight, view } = scene
  const matches = highlight?.of(node.trace, node.track ?? 0, slices, index, level)
  const spans = scanner.scan(slices, index, level, { ...view, width: surface.width }, matches)
  if (spans.length === 0) return
  const { left, right, slice, cover, matched } = spans
  const { sites } = scene.store.traces[node.trace]
  const [fill, mark, dimmed] = [paints.fill[node.trace], paints.mark[node.trace], paints.dimmed[node.trace]]
  const line = surface.line()
  line.set(empty)
  const isLow = row.levelHeight < LEAST_LABEL_HEIGHT
  for (let i = 0; i < spans.length; i++) {
    const site = slices.site[slice[i]]
    const isDimmed = highlight !== undefined && matched[i] === 0
    if (cover[i] !== ONE_SLICE) {
      const x = left[i]
      if (highlight !== undefined && !isDimmed) {
        line[x] = paints.match
      } else if (isDimmed) {
        line[x] = blended(line[x], dimmed[site], LEAST_OPACITY)
      } else {
        line[x] = blended(
          line[x],
          blended(mark[site], fill[site], 256 * cover[i]),
          LEAST_OPACITY + (256 - LEAST_OPACITY) * cover[i],
        )
      }
      continue
    }
    const from = Math.max(0, Math.round(left[i]))
    const to = Math.min(surface.width, Math.max(Math.round(right[i]), Math.round(left[i]) + 1))
    // A match has to be found also where it is a line only.
    const isThinMatch = highlight !== undefined && !isDimmed && to - from < LEAST_MATCH * ratio
    line.fill(isThinMatch ? paints.match : isDimmed ? dimmed[site] : fill[site], from, to)
    if (slices.unfinished.size > 0 && slices.unfinished.has(slice[i])) {
      fadeOut(line, empty, from, Math.round(right[i]), FADE * ratio)
    }
    const width = to - from
    // A hair of background keeps neighbours of one colour apart.
    if (width >= 3 * ratio && right[i] < surface.width) line[to - 1] = blended(line[to - 1], paints.background, 190)
    if (width >= LEAST_LABEL * ratio && !isLow) {
      labels.push(label(place, sites[site].name, slice[i], isDimmed, from / ratio, to / ratio))
    }
  }
  const top = Math.round(y * ratio)
  const bottom = Math.round((y + row.levelHeight) * ratio) - (isLow ? 0 : hairOf(ratio))
  surface.stamp(line, top, bottom)
}

/** The gap between levels, in device pixels. */
function hairOf(ratio: number): number {
  return Math.max(1, Math.round(ratio))
}

/** Fades the last pixels of a slice; its end may lie far to the right of the line. */
function fadeOut(line: Uint32Array, empty: Uint32Array, from: number, end: number, most: number): void {
  const length = Math.min(most, end - from)
  const to = Math.min(end, line.length)
  for (let x = Math.max(0, Math.ceil(end - length)); x < to; x++) {
    line[x] = blended(line[x], empty[x], (230 * (x - end + length)) / length)
  }
}

function label(
  place: LevelPlace,
  name: string,
  slice: SliceIndex,
  isDimmed: boolean,
  left: number,
  right: number,
): Label {
  const { row, slices, y } = place
  const middle = y + (row.levelHeight - 1) / 2
  return { name, durationNs: slices.durationNs[slice], left, right, middle, isDimmed, tone: 'slice' }
}
