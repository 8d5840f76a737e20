import { effect, signal } from '@preact/signals'
import { remember, remembered } from './surroundings.js'

/** Share of the panels; the timeline has the rest. */
export const panelShare = signal(shareOf(remembered('panels')))
export const isDockedRight = signal(remembered('dock') === 'right')
export const isHelpOpen = signal(false)
/** Whether the timeline draws the arrows of all that is in view, or of what is selected. */
export const areAllArrowsShown = signal(false)

effect(() => remember('panels', String(panelShare.value)))
effect(() => remember('dock', isDockedRight.value ? 'right' : 'bottom'))

function shareOf(text: string | undefined): number {
  const share = Number(text)
  return share >= 0.1 && share <= 0.9 ? share : 0.45
}
