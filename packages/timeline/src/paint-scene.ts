import type { Label } from './labels.js'
import { threadsIn } from './track-tree.js'
import { rowsBetween, type Row } from './layout.js'
import { paintCounter } from './paint-counter.js'
import { paintDrops, paintInstants } from './paint-marks.js'
import { paintLevel } from './paint-level.js'
import { RowScanner } from './row-spans.js'
import type { Scene } from './scene.js'
import { xOf } from './view.js'
import type { Surface } from './surface.js'

/** The names that have room, of the rows that scroll and of those that do not. */
export interface SceneLabels {
  readonly scrolled: Label[]
  readonly pinned: Label[]
}

/** Paints rows; keeps memory from one picture to the next. */
export class ScenePainter {
  readonly #scanner = new RowScanner()

  paint(surface: Surface, scene: Scene): SceneLabels {
    const { layout, ratio, scrollTop, paints } = scene
    const empty = emptyLine(scene)
    surface.stamp(empty, 0, surface.height)
    const labels: SceneLabels = { scrolled: [], pinned: [] }
    const offset = layout.pinnedHeight - scrollTop
    const { from, to } = rowsBetween(layout.rows, scrollTop, scrollTop + surface.height / ratio - layout.pinnedHeight)
    for (let at = from; at < to; at++) {
      this.#paintRow(surface, scene, layout.rows[at], layout.rows[at].top + offset, empty, labels.scrolled)
    }
    if (layout.pinned.length === 0) return labels
    surface.stamp(empty, 0, Math.round(layout.pinnedHeight * ratio))
    for (const row of layout.pinned) this.#paintRow(surface, scene, row, row.top, empty, labels.pinned)
    const edge = Math.round(layout.pinnedHeight * ratio)
    surface.rect(0, edge - Math.round(2 * ratio), surface.width, edge, paints.line)
    return labels
  }

  /** `top` is in CSS pixels from the top of the picture. */
  #paintRow(surface: Surface, scene: Scene, row: Row, top: number, empty: Uint32Array, labels: Label[]): void {
    const { store, paints, ratio } = scene
    const [fromY, toY] = [Math.round(top * ratio), Math.round((top + row.height) * ratio)]
    const track = store.trackOf(row.node)
    if (row.node.kind === 'process' || row.node.kind === 'trace') this.#paintGroup(surface, scene, row, top, labels)
    if (track?.kind === 'counter') {
      paintCounter(surface, scene, track, fromY + Math.round(4 * ratio), toY - Math.round(4 * ratio))
    } else if (track !== undefined) {
      this.#paintLevels(surface, scene, row, top, empty, labels)
    }
    const instants = store.instantsOf(row.node)
    if (instants !== undefined) {
      // A folded row has its instants over its slices, and no room for their names.
      paintInstants(surface, scene, row, instants, top + (row.instantsTop ?? 2), row.isCollapsed ? undefined : labels)
    }
    if (row.node.kind === 'thread' && row.node.thread !== undefined) {
      paintDrops(surface, scene, store.traces[row.node.trace].threads[row.node.thread].drops, fromY, toY, labels)
    }
    surface.rect(0, toY - Math.max(1, Math.round(ratio)), surface.width, toY, paints.line)
  }

  /** The band of a process with its command line; a folded one shows what its threads did, a line for each. */
  #paintGroup(surface: Surface, scene: Scene, row: Row, top: number, labels: Label[]): void {
    const { store, paints, ratio } = scene
    surface.rect(0, Math.round(top * ratio), surface.width, Math.round((top + row.height) * ratio), paints.band)
    if (!row.isCollapsed) {
      const middle = top + row.height / 2
      const place = { left: 4, right: surface.width / ratio - 4, middle }
      if (row.node.about === '') return
      labels.push({ name: row.node.about, durationNs: NaN, ...place, isDimmed: false, tone: 'faint' })
      return
    }
    const empty = new Uint32Array(surface.width).fill(paints.band)
    const threads = threadsIn(row.node).filter((node) => store.levelsOf(node) > 0)
    const each = Math.min(6, Math.max(2, Math.floor((row.height - 6) / Math.max(threads.length, 1))))
    threads.slice(0, Math.floor((row.height - 6) / each)).forEach((node, at) => {
      const slices = store.slicesOf(node)
      if (slices === undefined) return
      const index = store.indexOf(slices, node)
      const line = { ...row, node, levelHeight: each }
      const y = top + 3 + at * each
      paintLevel(surface, scene, this.#scanner, { row: line, slices, index, level: 0, y, empty, labels: [] })
    })
  }

  #paintLevels(surface: Surface, scene: Scene, row: Row, top: number, empty: Uint32Array, labels: Label[]): void {
    const { store, ratio, layout } = scene
    const slices = store.slicesOf(row.node)
    if (slices === undefined || row.levels === 0) return
    const index = store.indexOf(slices, row.node)
    const levelsTop = top + row.levelsTop
    const isPinned = layout.pinned.includes(row)
    const visibleTop = isPinned ? 0 : layout.pinnedHeight
    const from = Math.max(0, Math.floor((visibleTop - levelsTop) / row.levelHeight))
    const to = Math.min(row.levels, Math.ceil((surface.height / ratio - levelsTop) / row.levelHeight))
    for (let level = from; level < to; level++) {
      const y = levelsTop + level * row.levelHeight
      paintLevel(surface, scene, this.#scanner, { row, slices, index, level, y, empty, labels })
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
