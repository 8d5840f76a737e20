import type { Trace } from '@tracer/core'

/** The flows, each as `thread: slice -> thread: slice`, sorted. */
export function arrowsOf({ flows, tracks, threads, sites }: Trace): string[] {
  const ends = new Map<number, string[]>()
  for (let i = 0; i < flows.length; i++) {
    const track = tracks[flows.track[i]]
    if (track.kind === 'counter') continue
    const end = `${threads[track.thread].name}: ${sites[track.slices.site[flows.slice[i]]].name}`
    ends.set(flows.flow[i], [...(ends.get(flows.flow[i]) ?? []), end])
  }
  return [...ends.values()].map((flow) => flow.join(' -> ')).sort()
}
