import type { Drop, InstantTable } from '@tracer/core'
import { firstAtOrAfter } from './counter-columns.js'
import type { Label } from './labels.js'
import { INSTANTS_HEIGHT, type Row } from './layout.js'
import { blended } from './pixels.js'
import type { Scene } from './scene.js'
import { timeAt, xOf } from './view.js'
import type { Surface } from './surface.js'

/** Half of how wide the head of an instant's mark is, in CSS pixels. */
const HEAD = 3.5

/** Less than that has room for a few letters, which of a dozen instants in a row say nothing. CSS pixels. */
const LEAST_NAME = 48

/** Marks instants, as pins with a head; of those on one pixel the first. */
export function paintInstants(
  surface: Surface,
  scene: Scene,
  row: Row,
  instants: InstantTable,
  top: number,
  labels: Label[] | undefined,
): void {
  const { view, ratio, paints, store } = scene
  const { sites } = store.traces[row.node.trace]
  const [fromY, toY] = [Math.round(top * ratio), Math.round((top + INSTANTS_HEIGHT - 3) * ratio)]
  let at = firstAtOrAfter(instants.timeNs, timeAt(-HEAD * ratio, view, surface.width), 0)
  while (at < instants.length) {
    const x = Math.round(xOf(instants.timeNs[at], view, surface.width))
    if (x > surface.width + HEAD * ratio) break
    pin(surface, x, fromY, toY, HEAD * ratio, paints.instant)
    const next = firstAtOrAfter(instants.timeNs, timeAt(x + 1, view, surface.width), at + 1)
    const nextX = next < instants.length ? xOf(instants.timeNs[next], view, surface.width) : surface.width
    const left = x / ratio + HEAD + 1
    const right = nextX / ratio - HEAD - 2
    if (labels !== undefined && right - left > LEAST_NAME) {
      const middle = top + (INSTANTS_HEIGHT - 3) / 2
      labels.push({
        name: sites[instants.site[at]].name,
        durationNs: NaN,
        left,
        right: Math.min(right, left + 240),
        middle,
        isDimmed: false,
        tone: 'ground',
      })
    }
    at = next
  }
}

/** A diamond on a stem. */
function pin(surface: Surface, x: number, fromY: number, toY: number, head: number, color: number): void {
  const middle = fromY + Math.ceil(head)
  for (let y = fromY; y <= fromY + 2 * head; y++) {
    const half = Math.floor(head - Math.abs(y - middle))
    if (half >= 0) surface.rect(x - half, y, x + half + 1, y + 1, color)
  }
  surface.rect(x, fromY, x + 1, toY, color)
}

/** How wide a loss is at the least, in CSS pixels, so that it is seen. */
const LEAST_DROP = 3

/** About how wide a letter is, in CSS pixels. */
const LETTER = 6.5

/** Hatches the times in which records of a thread were lost, and says how many where there is room. Heights in device pixels. */
export function paintDrops(
  surface: Surface,
  scene: Scene,
  drops: readonly Drop[],
  fromY: number,
  toY: number,
  labels: Label[],
): void {
  const { view, ratio, paints } = scene
  const edge = blended(paints.background, paints.drop, 200)
  let painted = -Infinity
  for (const { startNs, endNs, count } of drops) {
    if (!(startNs <= view.toNs && endNs >= view.fromNs)) continue
    const start = Math.round(xOf(Math.max(startNs, view.fromNs), view, surface.width))
    const end = Math.round(xOf(Math.min(endNs, view.toNs), view, surface.width))
    const to = Math.max(end, start + Math.round(LEAST_DROP * ratio))
    // Thousands of losses may lie on a few pixels, in the order of their times.
    if (to <= painted) continue
    const from = Math.max(start, painted)
    painted = to
    surface.hatch(from, fromY, to, toY, paints.drop, Math.round(9 * ratio))
    surface.rect(from, fromY, from + 1, toY, edge)
    surface.rect(to - 1, fromY, to, toY, edge)
    const name = `${count.toLocaleString('en')} lost`
    const [left, right, middle] = [from / ratio + 2, to / ratio - 2, toY / ratio - 11]
    const width = name.length * LETTER + 8
    if (width > right - left) continue
    // On a ground of its own, which it could not be read without.
    const [ground, half] = [Math.round(left * ratio), 7]
    const [groundTop, groundBottom] = [Math.round((middle - half) * ratio), Math.round((middle + half) * ratio)]
    surface.rect(ground, groundTop, ground + Math.round(width * ratio), groundBottom, paints.background)
    labels.push({ name, durationNs: NaN, left, right, middle, isDimmed: false, tone: 'ground' })
  }
}
