import type { DurationHistogram } from '@tracer/call-tree'
import { counted } from '@tracer/text-format'
import { time } from './text.js'

const BARS = 48
const WIDTH = 288
const HEIGHT = 44

/** How long the calls of a function took: bars of equal factors of time, from the shortest to the longest. */
export function Histogram({ histogram }: { readonly histogram: DurationHistogram }) {
  const { length, fromNs, toNs, calls } = histogram
  if (length < 2) return null
  const [least, most] = [Math.max(1, fromNs[0]), toNs[length - 1]]
  const factor = Math.log(most / least) / BARS
  const bars = new Float64Array(BARS)
  for (let bar = 0; bar < length; bar++) {
    const at = factor > 0 ? Math.floor(Math.log(Math.max(1, fromNs[bar]) / least) / factor) : 0
    bars[Math.max(0, Math.min(BARS - 1, at))] += calls[bar]
  }
  const highest = bars.reduce((a, b) => Math.max(a, b), 0)
  const width = WIDTH / BARS
  return (
    <figure class="histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="How long the calls took">
        {Array.from(bars, (value, bar) => {
          if (value === 0) return null
          // A single call stays in sight beside a million.
          const height = Math.max(2, (Math.log1p(value) / Math.log1p(highest)) * HEIGHT)
          const from = least * Math.exp(bar * factor)
          return (
            <rect key={bar} x={bar * width} y={HEIGHT - height} width={width - 1} height={height}>
              <title>{`${counted(value, 'call')} of ${time(from)} to ${time(from * Math.exp(factor))}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption class="dim">
        <span>{time(least)}</span>
        <span>{time(most)}</span>
      </figcaption>
    </figure>
  )
}
