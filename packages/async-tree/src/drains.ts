import type { SliceTable, Trace } from '@tracer/core'
import { NONE } from './task-columns.js'
import type { TaskTable } from './tasks.js'
import { TakenMessages } from './taken-messages.js'
import { staysInDrain, wakeOf } from './wake.js'

/**
 * For each slice at the bottom of its stack, the one with which its drain began: Node.js calls back for an
 * event, and then for all that this has made ready (ticks, promises), before it takes the next event. A message
 * that the thread takes itself is one, and a wait for the next one ends it. Empty when the recording does not say
 * what slices were called back for.
 */
export function drainHeads(trace: Trace, slices: SliceTable, messages: TakenMessages): Int32Array {
  if (!hasWakes(slices)) return new Int32Array(0)
  const heads = new Int32Array(slices.length)
  let head = 0
  let isTaken = false
  for (let i = 0; i < slices.length; i++) {
    const isTake = slices.depth[i] === 0 && messages.isTake(i)
    if (slices.depth[i] === 0 && (isTake || beginsDrain(trace, slices, i) || (isTaken && messages.isWait(i)))) {
      head = i
      isTaken = isTake
    }
    heads[i] = head
  }
  return heads
}

/**
 * Gives calls at the bottom of a stack that no arrow leads to the cause that is left: what began their drain, or the
 * message that the thread has just taken.
 */
export function linkDrains(trace: Trace, table: TaskTable): void {
  const { columns, taskOf, heads: headsOf } = table
  trace.tracks.forEach((track, index) => {
    if (track.kind !== 'thread') return
    const { slices } = track
    const isTold = headsOf[index].length > 0
    const heads = isTold ? headsOf[index] : new TakenMessages(trace, index, slices, table).heads()
    for (let i = 0; i < heads.length; i++) {
      const task = taskOf[index][i]
      if (columns.slice[task] !== i || columns.parent[task] !== NONE || slices.depth[i] > 0) continue
      const head = heads[i]
      if (head === NONE || head === i || taskOf[index][head] === task) continue
      const endNs = slices.startNs[head] + slices.durationNs[head]
      columns.cause(task, 'drain', taskOf[index][head], index, head, endNs)
    }
  })
}

/** A module's body has no cause but the program itself. */
function beginsDrain(trace: Trace, slices: SliceTable, slice: number): boolean {
  const wake = wakeOf(slices, slice)
  return wake === undefined ? trace.sites[slices.site[slice]].kind === 'module' : !staysInDrain(wake.kind)
}

function hasWakes(slices: SliceTable): boolean {
  for (const slice of slices.args.keys()) if (wakeOf(slices, slice) !== undefined) return true
  return false
}
