import type { SampleTable } from '@tracer/core'
import type { Window } from './row-spans.js'

const BLOCK = 64

/** Least and greatest value of a counter, of each 64 samples and of all. */
export interface SampleIndex {
  readonly low: number
  readonly high: number
  readonly blockLow: Float64Array
  readonly blockHigh: Float64Array
}

export function indexSamples({ length, value }: SampleTable): SampleIndex {
  const blocks = Math.ceil(length / BLOCK)
  const blockLow = new Float64Array(blocks).fill(Infinity)
  const blockHigh = new Float64Array(blocks).fill(-Infinity)
  for (let i = 0; i < length; i++) {
    const block = Math.floor(i / BLOCK)
    if (value[i] < blockLow[block]) blockLow[block] = value[i]
    if (value[i] > blockHigh[block]) blockHigh[block] = value[i]
  }
  let [low, high] = [Infinity, -Infinity]
  for (let block = 0; block < blocks; block++) {
    low = Math.min(low, blockLow[block])
    high = Math.max(high, blockHigh[block])
  }
  return { low, high, blockLow, blockHigh }
}

/** Least and greatest value on each pixel column; NaN before the first sample. A value holds until the next. */
export interface CounterColumns {
  readonly low: Float64Array
  readonly high: Float64Array
}

export function counterColumns(samples: SampleTable, index: SampleIndex, window: Window): CounterColumns {
  const { width, fromNs, toNs } = window
  const low = new Float64Array(width).fill(NaN)
  const high = new Float64Array(width).fill(NaN)
  let next = firstAtOrAfter(samples.timeNs, fromNs, 0)
  for (let x = 0; x < width; x++) {
    const endNs = fromNs + ((x + 1) / width) * (toNs - fromNs)
    const end = firstAtOrAfter(samples.timeNs, endNs, next)
    // What held when the column began is in it too.
    const held = next > 0 ? samples.value[next - 1] : NaN
    const range = extremes(samples, index, next, end)
    low[x] = range.low <= held || Number.isNaN(held) ? range.low : held
    high[x] = range.high >= held || Number.isNaN(held) ? range.high : held
    if (high[x] === -Infinity) low[x] = high[x] = NaN
    next = end
  }
  return { low, high }
}

function extremes(samples: SampleTable, index: SampleIndex, from: number, to: number): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (let i = from; i < to;) {
    if (i % BLOCK === 0 && i + BLOCK <= to) {
      low = Math.min(low, index.blockLow[i / BLOCK])
      high = Math.max(high, index.blockHigh[i / BLOCK])
      i += BLOCK
      continue
    }
    if (samples.value[i] < low) low = samples.value[i]
    if (samples.value[i] > high) high = samples.value[i]
    i++
  }
  return { low, high }
}

/** The position of the first time that is `timeNs` or later, from `from` on. */
export function firstAtOrAfter(times: Float64Array, timeNs: number, from: number): number {
  let low = from
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < timeNs) low = middle + 1
    else high = middle
  }
  return low
}
