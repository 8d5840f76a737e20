import { flamegraphSvg } from '@tracer/flamegraph'
import { shownFlamegraph } from '../state/flamegraphs.js'
import { active, notice, theme } from '../state/state.js'
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

/** Saves what is seen of the flamegraph. */
export async function saveFlamegraphPng(): Promise<void> {
  const file = active.value
  const shown = shownFlamegraph.value
  if (file === undefined || shown === undefined) return
  download(await shown.graph.png(), derivedName(file.name, '-flamegraph.png'))
  notice.value = 'The picture is saved.'
}

/** Saves all of the flamegraph as a picture that can be zoomed and searched in a browser. */
export function saveFlamegraphSvg(): void {
  const file = active.value
  const shown = shownFlamegraph.value
  if (file === undefined || shown === undefined) return
  const svg = flamegraphSvg(shown.content, { ...shown.settings, theme: theme.value, title: file.name })
  download(new Blob([svg], { type: 'image/svg+xml' }), derivedName(file.name, '-flamegraph.svg'))
  notice.value = 'The picture is saved.'
}
