import type { Trace } from '@tracer/core'
import { NONE } from './task-columns.js'
import type { TaskTable } from './tasks.js'

/**
 * Gives tasks that nothing on their stack has called the cause that an arrow names: of many the first. An
 * arrow to a run that was resumed says what ended the wait, not what began the task.
 */
export function linkFlows({ flows }: Trace, { columns, taskOf }: TaskTable): void {
  for (let row = 1; row < flows.length; row++) {
    if (flows.flow[row] !== flows.flow[row - 1]) continue
    const [track, slice] = [flows.track[row - 1], flows.slice[row - 1]]
    const from = taskOf[track][slice]
    const to = taskOf[flows.track[row]][flows.slice[row]]
    if (from === to || columns.parent[to] !== NONE) continue
    if (columns.activation[to] !== 0 && flows.slice[row] !== columns.slice[to]) continue
    columns.cause(to, 'flow', from, track, slice, flows.timeNs[row - 1])
  }
}
