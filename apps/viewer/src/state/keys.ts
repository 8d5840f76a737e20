import { goToMatch, pickNothing, pickRange, showTab, toggleOwnCode } from './actions.js'
import { TABS } from './model.js'
import { areAllArrowsShown, isDockedRight, isHelpOpen } from './layout.js'
import { files, isComparing, picked, range } from './state.js'
import { toggleTheme } from './themes.js'
import { chooseFiles } from './choose-files.js'

/** A key of the page, what it does in words, and what it does. */
export interface Key {
  readonly keys: string
  readonly does: string
  readonly act: () => void
}

/** The keys that work wherever the focus is, but in a field for text. */
export const PAGE_KEYS: readonly Key[] = [
  { keys: '/', does: 'Search', act: focusSearch },
  { keys: 'n', does: 'Next match', act: () => goToMatch(1) },
  { keys: 'N', does: 'Match before', act: () => goToMatch(-1) },
  { keys: 'j', does: 'Just my code, or everything', act: toggleOwnCode },
  {
    keys: 'c',
    does: 'Compare two files, or show one',
    act: () => void (isComparing.value = !isComparing.value && files.value.length > 1),
  },
  {
    keys: 'l',
    does: 'Arrows of all that is in view, or of the selection',
    act: () => void (areAllArrowsShown.value = !areAllArrowsShown.value),
  },
  { keys: 'o', does: 'Open files', act: chooseFiles },
  { keys: 't', does: 'Light or dark', act: toggleTheme },
  {
    keys: 'p',
    does: 'Panels below or beside the timeline',
    act: () => void (isDockedRight.value = !isDockedRight.value),
  },
  { keys: '?', does: 'This list', act: () => void (isHelpOpen.value = true) },
  { keys: 'Escape', does: 'Select nothing; then give up the range', act: letGo },
]

/** Takes the keys that nothing nearer has taken. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const tab = /^[1-9]$/u.test(event.key) ? TABS.at(Number(event.key) - 1) : undefined
    const key = PAGE_KEYS.find(({ keys }) => keys === event.key)
    if (tab !== undefined) showTab(tab)
    else if (key !== undefined) key.act()
    else return
    event.preventDefault()
  })
}

export const SEARCH_ID = 'search'

function focusSearch(): void {
  const field = document.getElementById(SEARCH_ID)
  field?.focus()
  if (field instanceof HTMLInputElement) field.select()
}

function letGo(): void {
  if (picked.value !== undefined) pickNothing()
  else if (range.value !== undefined) pickRange(undefined)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}
