import type { SliceTable, Trace } from '../../src/index.js'

/** A trace as text: a line a track, and an indented line for each slice, instant and sample. */
export function formatTrace(trace: Trace): string {
  return trace.tracks
    .flatMap((track) => {
      switch (track.kind) {
        case 'thread': {
          const { site, timeNs, args, length } = track.instants
          const instants = Array.from(
            { length },
            (_, i) => `  @${timeNs[i]} ${trace.sites[site[i]].name}${args.get(i) ?? ''}`,
          )
          return [...formatSlices(trace, track.slices), ...instants]
        }
        case 'async':
          return [`async ${track.name}`, ...formatSlices(trace, track.slices)]
        case 'counter':
          return [
            `counter ${track.name}.${track.series}: ${Array.from(
              track.samples.timeNs,
              (timeNs, i) => `@${timeNs} ${track.samples.value[i]}`,
            ).join(', ')}`,
          ]
      }
    })
    .join('\n')
}

/** Slices as `start-end name`, two spaces a level; `~` marks one that was still open, `#2` an activation. */
function formatSlices(trace: Trace, slices: SliceTable): string[] {
  return Array.from({ length: slices.length }, (_, i) => {
    const start = slices.startNs[i]
    const end = `${slices.unfinished.has(i) ? '~' : ''}${start + slices.durationNs[i]}`
    const activation = slices.activation.length > 0 && slices.activation[i] !== 0 ? ` #${slices.activation[i]}` : ''
    const name = trace.sites[slices.site[i]].name
    return `${'  '.repeat(slices.depth[i] + 1)}${start}-${end} ${name}${activation}${slices.args.get(i) ?? ''}`
  })
}

/** Lines of a template literal without their common indent. */
export function lines(text: string): string {
  const all = text.replace(/^\n/, '').trimEnd().split('\n')
  const indent = Math.min(...all.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return all.map((line) => line.slice(indent)).join('\n')
}
