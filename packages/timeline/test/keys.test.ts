import { expect, test } from 'vitest'
import { pressKey, TIMELINE_KEYS, type KeyActions } from '../src/keys.js'

const NAMED = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Enter',
  'Escape',
]
const OTHERS = ['Tab', 'Backspace', 'Delete', 'Insert', 'F1', 'Shift', 'Dead', 'Unidentified']
/** Capital letters do what small ones do. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (key) => key === key.toLowerCase(),
)

function actions(hasSelection: boolean): KeyActions {
  const nothing = (): void => undefined
  return {
    hasSelection,
    pan: nothing,
    zoom: nothing,
    scroll: nothing,
    goToStart: nothing,
    goToEnd: nothing,
    showAll: nothing,
    fit: nothing,
    measure: nothing,
    beside: nothing,
    out: nothing,
    into: nothing,
    cause: nothing,
    effect: nothing,
    selectMiddle: nothing,
    clear: nothing,
  }
}

test.each([true, false])('the list of keys has all that do something, and only those; selected: %s', (hasSelection) => {
  const pressed = [...PRINTABLE, ...NAMED, ...OTHERS].filter((key) => {
    const event = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
    return pressKey(event, actions(hasSelection))
  })
  expect(pressed.sort()).toEqual(TIMELINE_KEYS.flatMap(({ keys }) => keys).sort())
})
