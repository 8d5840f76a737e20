import type { Trace } from '@tracer/core'
import { slicesOf } from './slice-ref.js'
import { LINKS, NONE, type TaskColumns } from './task-columns.js'
import type { TaskTable } from './tasks.js'
import { ITERATION, wakeOf } from './wake.js'

/**
 * Gives tasks that nothing on their stack has called the cause that an arrow names: of many the one that was sent
 * last, without which it would not have begun yet. An arrow to a run that was resumed says what ended the wait, not what began the task.
 */
export function linkFlows(trace: Trace, { columns, taskOf }: Pick<TaskTable, 'columns' | 'taskOf'>): void {
  const { flows } = trace
  for (let row = 1; row < flows.length; row++) {
    if (flows.flow[row] !== flows.flow[row - 1]) continue
    const [track, slice] = [flows.track[row - 1], flows.slice[row - 1]]
    const from = taskOf[track][slice]
    const to = taskOf[flows.track[row]][flows.slice[row]]
    if (from === to || !isWanted(trace, columns, to, flows.timeNs[row - 1])) continue
    if (columns.activation[to] !== 0 && flows.slice[row] !== columns.slice[to]) continue
    columns.cause(to, 'flow', from, track, slice, flows.timeNs[row - 1])
  }
}

/** What called a generator is no more than where the slice was closed of what goes through it. */
function isWanted(
  trace: Trace,
  { parent, track, slice, link, causedNs }: TaskColumns,
  task: number,
  sentNs: number,
): boolean {
  if (parent[task] === NONE) return true
  if (LINKS[link[task]] === 'flow') return sentNs > causedNs[task]
  const slices = slicesOf(trace, track[task])
  return LINKS[link[task]] === 'call' && slices !== undefined && wakeOf(slices, slice[task])?.kind === ITERATION
}
