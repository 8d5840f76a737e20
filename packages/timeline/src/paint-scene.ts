import type { Label } from './labels.js'
import { rowsBetween, type Row } from './layout.js'
import { paintCounter } from './paint-counter.js'
import { paintDrops, paintInstants } from './paint-marks.js'
import { paintLevel } from './paint-level.js'
import type { Pixels } from './pixels.js'
import { RowScanner } from './row-spans.js'
import type { Scene } from './scene.js'
import { xOf } from './view.js'

/** The names that have room, of the rows that scroll and of those that do not. */
export interface SceneLabels {
  readonly scrolled: Label[]
  readonly pinned: Label[]
}

/** Paints rows; keeps memory from one picture to the next. */
export class ScenePainter {
  readonly #scanner = new RowScanner()

  paint(pixels: Pixels, scene: Scene): SceneLabels {
    const { layout, ratio, scrollTop, paints } = scene
    pixels.fill(paints.background)
    const empty = emptyLine(scene)
    pixels.stamp(empty, 0, pixels.height)
    const labels: SceneLabels = { scrolled: [], pinned: [] }
    const offset = layout.pinnedHeight - scrollTop
    const { from, to } = rowsBetween(layout.rows, scrollTop, scrollTop + pixels.height / ratio - layout.pinnedHeight)
    for (let at = from; at < to; at++) {
      this.#paintRow(pixels, scene, layout.rows[at], layout.rows[at].top + offset, empty, labels.scrolled)
    }
    if (layout.pinned.length === 0) return labels
    pixels.stamp(empty, 0, Math.round(layout.pinnedHeight * ratio))
    for (const row of layout.pinned) this.#paintRow(pixels, scene, row, row.top, empty, labels.pinned)
    const edge = Math.round(layout.pinnedHeight * ratio)
    pixels.rect(0, edge - Math.round(2 * ratio), pixels.width, edge, paints.line)
    return labels
  }

  /** `top` is in CSS pixels from the top of the picture. */
  #paintRow(pixels: Pixels, scene: Scene, row: Row, top: number, empty: Uint32Array, labels: Label[]): void {
    const { store, paints, ratio } = scene
    const [fromY, toY] = [Math.round(top * ratio), Math.round((top + row.height) * ratio)]
    const track = store.trackOf(row.node)
    if (row.node.kind === 'process' || row.node.kind === 'trace') pixels.rect(0, fromY, pixels.width, toY, paints.band)
    if (track?.kind === 'counter')
      paintCounter(pixels, scene, track, fromY + Math.round(4 * ratio), toY - Math.round(4 * ratio))
    else if (track !== undefined) this.#paintLevels(pixels, scene, row, top, empty, labels)
    const instants = store.instantsOf(row.node)
    if (instants !== undefined && row.instantsTop !== undefined) {
      paintInstants(pixels, scene, row, instants, top + row.instantsTop, labels)
    }
    if (row.node.kind === 'thread' && track !== undefined) {
      paintDrops(pixels, scene, store.traces[row.node.trace].threads[track.thread].drops, fromY, toY)
    }
    pixels.rect(0, toY - 1, pixels.width, toY, paints.line)
  }

  #paintLevels(pixels: Pixels, scene: Scene, row: Row, top: number, empty: Uint32Array, labels: Label[]): void {
    const { store, ratio, layout } = scene
    const slices = store.slicesOf(row.node)
    if (slices === undefined || row.levels === 0) return
    const index = store.indexOf(slices, row.node)
    const levelsTop = top + row.levelsTop
    const isPinned = layout.pinned.includes(row)
    const visibleTop = isPinned ? 0 : layout.pinnedHeight
    const from = Math.max(0, Math.floor((visibleTop - levelsTop) / row.levelHeight))
    const to = Math.min(row.levels, Math.ceil((pixels.height / ratio - levelsTop) / row.levelHeight))
    for (let level = from; level < to; level++) {
      const y = levelsTop + level * row.levelHeight
      paintLevel(pixels, scene, this.#scanner, { row, slices, index, level, y, empty, labels })
    }
  }
}

/** A line of background with the ruler's marks on it. */
function emptyLine({ paints, width, gridNs, view }: Scene): Uint32Array {
  const line = new Uint32Array(width).fill(paints.background)
  for (const timeNs of gridNs) {
    const x = Math.round(xOf(timeNs, view, width))
    if (x >= 0 && x < width) line[x] = paints.grid
  }
  return line
}
