import { shown } from '../parts/text.js'
import type { OpenFile } from '../state/model.js'
import {
  active,
  afterId,
  beforeId,
  compared,
  files,
  isMovingTogether,
  isOwnCodeOnly,
  shownTrace,
} from '../state/state.js'
import { TimelineHost } from './timeline-host.js'

/** The timeline of the shown file, or in a comparison those of both. */
export function TimelineArea() {
  const both = compared.value
  const file = active.value
  if (both !== undefined) {
    return (
      <section class="timelines two" aria-label="Timelines">
        <Titled title="Before" file={both.before} />
        <Titled title="After" file={both.after} />
      </section>
    )
  }
  if (file === undefined) return null
  return (
    <section class="timelines" aria-label="Timelines">
      <TimelineHost key={file.id} file={file} trace={shownTrace(file, isOwnCodeOnly.value)} />
    </section>
  )
}

function Titled({ title, file }: { readonly title: 'Before' | 'After'; readonly file: OpenFile }) {
  return (
    <section class="titled" aria-label={`${title}: ${shown(file.name, 100)}`}>
      <div class="timeline-title">
        <h2>
          {title} {files.value.length === 2 && <bdi class="dim">{shown(file.name, 100)}</bdi>}
        </h2>
        {files.value.length > 2 && (
          <select
            aria-label={`File ${title.toLowerCase()}`}
            value={file.id}
            onChange={(event) => ((title === 'Before' ? beforeId : afterId).value = Number(event.currentTarget.value))}
          >
            {files.value.map(({ id, name }) => (
              <option key={id} value={id}>
                {shown(name, 60)}
              </option>
            ))}
          </select>
        )}
        <span class="gap" />
        {title === 'Before' && (
          <label>
            <input
              type="checkbox"
              checked={isMovingTogether.value}
              onChange={(event) => (isMovingTogether.value = event.currentTarget.checked)}
            />{' '}
            Move together
          </label>
        )}
      </div>
      <TimelineHost key={file.id} file={file} trace={shownTrace(file, isOwnCodeOnly.value)} />
    </section>
  )
}
