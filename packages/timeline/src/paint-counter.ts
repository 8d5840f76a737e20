import type { CounterTrack } from '@tracer/core'
import { counterColumns } from './counter-columns.js'
import type { Scene } from './scene.js'
import type { Surface } from './surface.js'

/** Paints a counter as a line over a lighter area, between two heights in device pixels. */
export function paintCounter(surface: Surface, scene: Scene, track: CounterTrack, top: number, bottom: number): void {
  const { paints, store, view, ratio } = scene
  const index = store.samplesOf(track)
  const scale = counterScale(index.low, index.high)
  const { low, high } = counterColumns(track.samples, index, { ...view, width: surface.width })
  const yOf = (value: number): number =>
    Math.round(bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top))
  const baseY = yOf(0)
  const thickness = Math.max(1, Math.round(1.5 * ratio))
  for (let x = 0; x < surface.width; x++) {
    if (Number.isNaN(high[x])) continue
    const [highY, lowY] = [yOf(high[x]), yOf(low[x])]
    surface.rect(x, Math.min(highY, baseY), x + 1, Math.max(lowY, baseY), paints.counterFill)
    surface.rect(x, highY, x + 1, Math.max(lowY, highY + thickness), paints.counter)
  }
}

/** From 0, or from the least value below it, to the greatest; never empty. */
export function counterScale(low: number, high: number): { low: number; high: number } {
  const from = Number.isFinite(low) ? Math.min(0, low) : 0
  const to = Number.isFinite(high) ? Math.max(0, high) : 1
  return from === to ? { low: from, high: from + 1 } : { low: from, high: to }
}
