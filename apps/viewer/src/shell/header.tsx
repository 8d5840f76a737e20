import { ExportMenu } from './export-menu.js'
import { FileTabs } from './file-tabs.js'
import { SearchBox } from './search-box.js'
import { toggleOwnCode } from '../state/actions.js'
import { chooseFiles } from '../state/choose-files.js'
import { isHelpOpen } from '../state/layout.js'
import { active, files, isComparing, isOwnCodeOnly, theme } from '../state/state.js'
import { toggleTheme } from '../state/themes.js'

/** The line on top: what is open, and what can be done with all of it. */
export function Header() {
  const isOpen = active.value !== undefined
  return (
    <header class="head">
      <h1>Tracer</h1>
      <FileTabs />
      <button type="button" onClick={chooseFiles}>
        Open
      </button>
      {files.value.length > 1 && (
        <button type="button" aria-pressed={isComparing.value} onClick={() => (isComparing.value = !isComparing.value)}>
          Compare
        </button>
      )}
      <span class="gap" />
      {isOpen && (
        <>
          <SearchBox />
          <button
            type="button"
            aria-pressed={isOwnCodeOnly.value}
            title="Fold packages and built-ins into the calls that they were made by"
            onClick={toggleOwnCode}
          >
            Just my code
          </button>
          <ExportMenu />
        </>
      )}
      <button
        type="button"
        class="quiet"
        aria-label={theme.value === 'dark' ? 'Use light colours' : 'Use dark colours'}
        title={theme.value === 'dark' ? 'Light colours (t)' : 'Dark colours (t)'}
        onClick={toggleTheme}
      >
        {theme.value === 'dark' ? '☀' : '☾'}
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Help and keys"
        title="Help and keys (?)"
        onClick={() => (isHelpOpen.value = true)}
      >
        ?
      </button>
    </header>
  )
}
