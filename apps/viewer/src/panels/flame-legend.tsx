import { PALETTES, type Legend } from '@tracer/flamegraph'
import { shown } from '../parts/text.js'
import { theme } from '../state/state.js'

const MOST_LETTERS = 40

/** What the colours of a flamegraph mean. */
export function FlameLegend({ legend }: { readonly legend: Legend | undefined }) {
  if (legend === undefined || legend.entries.length === 0) return null
  const palette = PALETTES[theme.value]
  return (
    <ul class="legend" aria-label={legend.title}>
      {legend.entries.map(({ name, colorOf, isHatched }) => {
        const color = colorOf(palette)
        const hatched = `repeating-linear-gradient(135deg, ${color} 0 3px, ${palette.hatch} 3px 4px)`
        // The end of a path tells more than its beginning.
        const text = name.length > MOST_LETTERS ? `…${name.slice(1 - MOST_LETTERS)}` : name
        return (
          <li key={name}>
            <i style={{ background: isHatched === true ? hatched : color }} />
            <bdi title={shown(name)}>{shown(text)}</bdi>
          </li>
        )
      })}
    </ul>
  )
}
