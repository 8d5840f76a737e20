import { bytes, percent } from '@tracer/text-format'
import { LargeFileCard } from './large-file-card.js'
import { shown } from '../parts/text.js'
import type { Opening } from '../state/model.js'
import { openings } from '../state/state.js'

/** Files on their way, and those that cannot be read. */
export function Openings() {
  if (openings.value.length === 0) return null
  return (
    <section class="openings" aria-label="Files being opened">
      {openings.value.map((opening) => (
        <div key={opening.id} class="opening">
          <OpeningCard opening={opening} />
        </div>
      ))}
    </section>
  )
}

function OpeningCard({ opening }: { readonly opening: Opening }) {
  const { name, failure, offer, phase, share, cancel } = opening
  const title = <bdi>{shown(name, 100)}</bdi>
  if (failure !== undefined) {
    return (
      <>
        <p role="alert">
          <strong>{title} cannot be read.</strong> <bdi>{shown(failure, 1000)}</bdi>
        </p>
        <button type="button" onClick={cancel}>
          Close
        </button>
      </>
    )
  }
  if (offer !== undefined) return <LargeFileCard offer={offer} onCancel={cancel} />
  return (
    <>
      <p>
        <strong>{title}</strong>{' '}
        <span class="dim">
          {phase}
          {opening.bytes > 0 && ` ${bytes(opening.bytes)}`}
          {share !== undefined && `, ${percent(share)}`}
        </span>
      </p>
      <progress aria-label={`${phase} ${shown(name, 100)}`} max={1} value={share} />
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </>
  )
}
