import type { Trace } from '@tracer/core'

/** What a trace tells beside its slices: slices, moments, drops and unrecorded calls, a line each, by thread. */
export function traceText(trace: Trace): string {
  const name = (site: number): string => trace.sites[site].name
  return trace.tracks
    .flatMap((track) => {
      if (track.kind !== 'thread') return []
      const { slices, instants, thread } = track
      const { drops, complete } = trace.threads[thread]
      const origin = trace.metadata.originNs
      return [
        `${trace.threads[thread].name}${complete ? '' : ' incomplete'}`,
        ...Array.from(slices.site, (site, i) => {
          const start = slices.startNs[i] + origin
          const mark = slices.unfinished.has(i) ? '*' : ''
          return `${'  '.repeat(slices.depth[i] + 1)}${start}-${start + slices.durationNs[i]} ${name(site)}${mark}`
        }),
        ...Array.from(instants.site, (site, i) => `  @${instants.timeNs[i] + origin} ${name(site)}`),
        ...drops.map(({ count, startNs, endNs }) => `  ${startNs + origin}-${endNs + origin} ${count} dropped`),
        ...unrecordedText(trace, thread),
      ]
    })
    .join('\n')
}

function unrecordedText({ sites, unrecorded }: Trace, thread: number): string[] {
  return Array.from({ length: unrecorded.length }, (_, i) => i)
    .filter((i) => unrecorded.thread[i] === thread)
    .map((i) => {
      const { [i]: laterRuns } = unrecorded.laterRuns
      const runs = laterRuns === 0 ? '' : ` +${laterRuns}`
      return `  ${sites[unrecorded.site[i]].name} ${unrecorded.calls[i]}x${runs} unrecorded ${unrecorded.estimatedNs[i]}`
    })
}
