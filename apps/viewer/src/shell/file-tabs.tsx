import { shown } from '../parts/text.js'
import { activate, close } from '../state/open.js'
import { active, files } from '../state/state.js'

/** The open files; the chosen one is shown. */
export function FileTabs() {
  if (files.value.length === 0) return null
  return (
    <ul class="files" aria-label="Open files">
      {files.value.map(({ id, name }) => (
        <li key={id} class="file" data-active={id === active.value?.id}>
          <button
            type="button"
            class="file-name"
            aria-current={id === active.value?.id}
            title={shown(name, 1000)}
            onClick={() => activate(id)}
          >
            <bdi>{shown(name, 100)}</bdi>
          </button>
          <button type="button" class="quiet" aria-label={`Close ${shown(name, 100)}`} onClick={() => close(id)}>
            ✕
          </button>
        </li>
      ))}
    </ul>
  )
}
