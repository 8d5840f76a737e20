import { active, notice } from '../state/state.js'
import { shownTimelines } from '../state/timelines.js'
import { derivedName, download } from './download.js'

/** Saves the timeline as it is drawn. */
export async function saveTimelinePng(): Promise<void> {
  const file = active.value
  const timeline = file === undefined ? undefined : shownTimelines.get(file.id)
  if (file === undefined || timeline === undefined) return
  download(await timeline.png(), derivedName(file.name, '-timeline.png'))
  notice.value = 'The picture is saved.'
}

/** Saves the timeline as lines and texts that can be enlarged. */
export function saveTimelineSvg(): void {
  const file = active.value
  const timeline = file === undefined ? undefined : shownTimelines.get(file.id)
  if (file === undefined || timeline === undefined) return
  download(new Blob([timeline.svg()], { type: 'image/svg+xml' }), derivedName(file.name, '-timeline.svg'))
  notice.value = 'The picture is saved.'
}
