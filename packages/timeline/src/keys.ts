/** What the keyboard does while the rows have the focus. */
export interface KeyActions {
  readonly hasSelection: boolean
  /** Moves by a share of the width, below 0 to earlier times. */
  pan(share: number): void
  zoom(factor: number): void
  scroll(pixels: number): void
  goToStart(): void
  goToEnd(): void
  showAll(): void
  fit(): void
  measure(): void
  beside(step: -1 | 1): void
  out(): void
  into(): void
  cause(): void
  effect(): void
  selectMiddle(): void
  clear(): void
}

/** The keys of {@link pressKey}, as `KeyboardEvent.key` names them, and what they do in words: for a list of all keys. */
export const TIMELINE_KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['w', 's', '+', '=', '-'], does: 'Zoom in and out' },
  { keys: ['a', 'd'], does: 'Earlier, later' },
  {
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    does: 'With a call selected: the one before, behind, around it, in it; else, and with Shift, move',
  },
  { keys: ['PageUp', 'PageDown'], does: 'Scroll' },
  { keys: ['Home', 'End', '0'], does: 'First moment, last moment, everything' },
  { keys: ['f', 'm'], does: 'Fit the selection, measure it' },
  { keys: ['[', ']'], does: 'Go to cause, go to effect' },
  { keys: ['Enter', 'Escape'], does: 'Select what is in the middle; select nothing, then give up the range' },
]

const PAN_SHARE = 0.12
const ZOOM_FACTOR = 0.7
const SCROLL_PX = 54

/** Does what a key stands for; says whether it stands for anything. */
export function pressKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  actions: KeyActions,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const isFree = !actions.hasSelection || event.shiftKey
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case 'w':
    case '+':
    case '=':
      actions.zoom(ZOOM_FACTOR)
      break
    case 's':
    case '-':
      actions.zoom(1 / ZOOM_FACTOR)
      break
    case 'a':
      actions.pan(-PAN_SHARE)
      break
    case 'd':
      actions.pan(PAN_SHARE)
      break
    case 'ArrowLeft':
      if (isFree) actions.pan(-PAN_SHARE)
      else actions.beside(-1)
      break
    case 'ArrowRight':
      if (isFree) actions.pan(PAN_SHARE)
      else actions.beside(1)
      break
    case 'ArrowUp':
      if (isFree) actions.scroll(-SCROLL_PX)
      else actions.out()
      break
    case 'ArrowDown':
      if (isFree) actions.scroll(SCROLL_PX)
      else actions.into()
      break
    case 'PageUp':
      actions.scroll(-6 * SCROLL_PX)
      break
    case 'PageDown':
      actions.scroll(6 * SCROLL_PX)
      break
    case 'Home':
      actions.goToStart()
      break
    case 'End':
      actions.goToEnd()
      break
    case '0':
      actions.showAll()
      break
    case 'f':
      actions.fit()
      break
    case 'm':
      actions.measure()
      break
    case '[':
      actions.cause()
      break
    case ']':
      actions.effect()
      break
    case 'Enter':
      actions.selectMiddle()
      break
    case 'Escape':
      actions.clear()
      break
    default:
      return false
  }
  return true
}
