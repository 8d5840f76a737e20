import type { ThreadIndex, Trace } from '@tracer/core'
import type { TimeRange } from './model.js'

/** How much of a range of time a thread was in recorded calls, and in how many slices. */
export interface ThreadShare {
  readonly thread: ThreadIndex
  readonly busyNs: number
  readonly slices: number
}

/** The threads that ran in a range of time. */
export function threadsWithin(trace: Trace, { fromNs, toNs }: TimeRange): ThreadShare[] {
  const shares: ThreadShare[] = []
  for (const track of trace.tracks) {
    if (track.kind !== 'thread') continue
    const { length, startNs, durationNs, depth } = track.slices
    let busyNs = 0
    let slices = 0
    for (let i = 0; i < length; i++) {
      const start = startNs[i]
      if (start >= toNs) break
      const end = start + durationNs[i]
      if (end <= fromNs && end !== start) continue
      if (end < fromNs) continue
      slices++
      if (depth[i] === 0) busyNs += Math.min(end, toNs) - Math.max(start, fromNs)
    }
    if (slices > 0) shares.push({ thread: track.thread, busyNs: Math.max(0, busyNs), slices })
  }
  return shares
}
