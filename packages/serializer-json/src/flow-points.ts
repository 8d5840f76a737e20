import type { Nanoseconds, SliceAtTime, ThreadIndex, TraceBuilder } from '@tracer/core'
import type { RawEvent } from './raw-event.js'

/** A flow event (`s`, `t`, `f`) of any writer. */
interface FlowPoint {
  readonly isStart: boolean
  readonly thread: ThreadIndex
  readonly timeNs: Nanoseconds
  readonly which: SliceAtTime
}

/** Flow events, which may come in any order: arrows are put together when all are known. */
export class FlowPoints {
  /** Number of events. */
  count = 0
  readonly #points = new Map<string, FlowPoint[]>()

  add(event: RawEvent, phase: 's' | 't' | 'f', pid: number, thread: ThreadIndex, timeNs: Nanoseconds): boolean {
    const id = flowId(event, pid)
    if (id === undefined) return false
    this.count++
    const key = JSON.stringify([event.cat, event.name, id])
    const which = phase === 'f' && event.bp !== 'e' ? 'next' : 'innermost'
    const point = { isStart: phase === 's', thread, timeNs, which } as const
    const points = this.#points.get(key)
    if (points === undefined) this.#points.set(key, [point])
    else points.push(point)
    return true
  }

  /** Gives all arrows to the builder. Some writers use an id again: each start begins a new arrow. */
  addTo(builder: TraceBuilder): void {
    for (const [key, points] of this.#points) {
      // The sort is stable: at equal times the order of the file counts.
      points.sort((a, b) => a.timeNs - b.timeNs)
      let starts = 0
      for (const { isStart, thread, timeNs, which } of points) {
        if (isStart) starts++
        builder.addFlow(`${Math.max(starts, 1)} ${key}`, thread, timeNs, which)
      }
    }
  }
}

/** What arrows to and from the slice itself are called (`bind_id` with `flow_in`, `flow_out`); undefined when there is none. */
export function bindKey(event: RawEvent): string | undefined {
  if (event.bind_id === undefined || (event.flow_in !== true && event.flow_out !== true)) return undefined
  const id = plainId(event.bind_id)
  return id === undefined ? undefined : `bind ${id}`
}

function flowId({ id, id2 }: RawEvent, pid: number): string | undefined {
  const plain = plainId(id)
  if (plain !== undefined) return plain
  if (typeof id2 !== 'object' || id2 === null) return undefined
  if ('local' in id2) return JSON.stringify([pid, plainId(id2.local)])
  return 'global' in id2 ? plainId(id2.global) : undefined
}

/** An id as importers compare it: a text is a number to base 16, if it can be one. */
function plainId(id: unknown): string | undefined {
  if (typeof id === 'number') return id.toString(16)
  if (typeof id !== 'string') return undefined
  const match = HEX.exec(id)
  return match === null ? `"${id}` : match[1].toLowerCase()
}

const HEX = /^(?:0x)?0*([\da-f]+)$/i
