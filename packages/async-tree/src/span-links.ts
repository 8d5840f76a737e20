import type { SliceTable, Trace } from '@tracer/core'
import { NONE } from './task-columns.js'
import { holdsSpans, type TaskTable } from './tasks.js'

/** An asynchronous span is caused by the slice of its thread in which it begins. */
export function linkSpans(trace: Trace, { columns, taskOf }: Pick<TaskTable, 'columns' | 'taskOf'>): void {
  trace.tracks.forEach((track, index) => {
    if (track.kind !== 'async' || !holdsSpans(trace, track)) return
    const threadTrack = trace.tracks.findIndex(({ kind, thread }) => kind === 'thread' && thread === track.thread)
    const thread = trace.tracks.at(threadTrack)
    if (threadTrack === NONE || thread?.kind !== 'thread') return
    const openers = innermostAt(thread.slices, track.slices.startNs)
    openers.forEach((slice, span) => {
      if (slice === NONE) return
      const timeNs = track.slices.startNs[span]
      columns.cause(taskOf[index][span], 'call', taskOf[threadTrack][slice], threadTrack, slice, timeNs)
    })
  })
}

/** The innermost slice that is open at each of `timesNs`, which ascend. */
function innermostAt({ length, startNs, durationNs, depth }: SliceTable, timesNs: Float64Array): Int32Array {
  const open: number[] = []
  let next = 0
  return Int32Array.from(timesNs, (time) => {
    for (; next < length && startNs[next] <= time; next++) {
      open.length = depth[next]
      open.push(next)
    }
    while (open.length > 0 && startNs[open[open.length - 1]] + durationNs[open[open.length - 1]] < time) open.pop()
    return open.at(-1) ?? NONE
  })
}
