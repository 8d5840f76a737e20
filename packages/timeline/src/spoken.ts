import { isResumed, type Trace } from '@tracer/core'
import { formatDuration } from './ruler.js'
import type { Selection } from './selection.js'

/** Longer names say no more. */
const MOST_NAME = 200

/** A selection in words, for a screen reader. */
export function spoken(traces: readonly Trace[], selection: Selection | undefined): string {
  if (selection === undefined) return 'Nothing is selected'
  const trace = traces[selection.trace]
  const track = trace.tracks[selection.track]
  const thread = trace.threads[track.thread]
  const where = thread.name === '' ? `thread ${thread.tid}` : `thread ${thread.name}`
  if (selection.kind === 'slice' && track.kind !== 'counter') {
    const { slices } = track
    const { slice } = selection
    const { name, file, line } = trace.sites[slices.site[slice]]
    return [
      shortened(name),
      isResumed(slices, slice) ? 'resumed' : '',
      `${formatDuration(slices.durationNs[slice])} from ${formatDuration(slices.startNs[slice])}`,
      slices.unfinished.has(slice) ? 'unfinished' : '',
      track.kind === 'thread' ? `level ${slices.depth[slice] + 1}` : `in ${shortened(track.name)}`,
      where,
      file === '' ? '' : `${file}:${line}`,
    ]
      .filter((part) => part !== '')
      .join(', ')
  }
  if (selection.kind === 'instant' && track.kind === 'thread') {
    const { name } = trace.sites[track.instants.site[selection.instant]]
    return `Instant ${shortened(name)}, at ${formatDuration(track.instants.timeNs[selection.instant])}, ${where}`
  }
  if (selection.kind === 'sample' && track.kind === 'counter') {
    const { timeNs, value } = track.samples
    const name = `${shortened(track.name)} ${shortened(track.series)}`.trim()
    return `Counter ${name}, ${value[selection.sample]} from ${formatDuration(timeNs[selection.sample])}, ${where}`
  }
  return 'Nothing is selected'
}

function shortened(name: string): string {
  return name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name
}
