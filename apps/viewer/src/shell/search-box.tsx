import { count, counted } from '@tracer/text-format'
import { goToMatch } from '../state/actions.js'
import { SEARCH_ID } from '../state/keys.js'
import { matches, search } from '../state/state.js'

/** Looks for functions by name, file or package, says how many there are, and goes from call to call. */
export function SearchBox() {
  const { text, isRegex } = search.value
  const found = matches.value
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') goToMatch(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') search.value = { ...search.value, text: '' }
    else return
    event.preventDefault()
  }
  return (
    <search class="search">
      <input
        id={SEARCH_ID}
        type="search"
        placeholder="Search names and files  /"
        aria-label="Search functions by name or file"
        title="Also file:… or package:…; Enter goes to the next call, Shift+Enter to the one before"
        value={text}
        spellcheck={false}
        aria-invalid={found?.fault !== undefined}
        onInput={(event) => (search.value = { ...search.value, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        class="quiet"
        aria-label="Regular expression"
        aria-pressed={isRegex}
        title="Regular expression"
        onClick={() => (search.value = { ...search.value, isRegex: !isRegex })}
      >
        .*
      </button>
      {found !== undefined && (
        <>
          <output class="dim" aria-label="Matches">
            {found.fault ?? `${count(found.slices)} in ${counted(found.sites, 'function')}`}
          </output>
          <button
            type="button"
            class="quiet"
            aria-label="Match before"
            title="Match before (N)"
            onClick={() => goToMatch(-1)}
          >
            ↑
          </button>
          <button
            type="button"
            class="quiet"
            aria-label="Next match"
            title="Next match (n)"
            onClick={() => goToMatch(1)}
          >
            ↓
          </button>
        </>
      )}
    </search>
  )
}
