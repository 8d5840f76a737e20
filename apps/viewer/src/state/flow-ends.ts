import type { Trace } from '@tracer/core'
import type { SliceRef } from './model.js'

/** Where an arrow of a slice leads: to what set it going, or to what it set going. */
export interface FlowEnd {
  readonly kind: 'cause' | 'effect'
  readonly to: SliceRef
}

const MOST_ENDS = 50

/** The neighbours of a slice on its arrows. */
export function flowEndsOf({ flows }: Trace, at: SliceRef): FlowEnd[] {
  const { length, flow, track, slice } = flows
  const ends: FlowEnd[] = []
  for (let row = 0; row < length && ends.length < MOST_ENDS; row++) {
    if (slice[row] !== at.slice || track[row] !== at.track) continue
    if (row > 0 && flow[row - 1] === flow[row]) ends.push(end('cause', row - 1))
    if (row + 1 < length && flow[row + 1] === flow[row]) ends.push(end('effect', row + 1))
  }
  return ends

  function end(kind: FlowEnd['kind'], row: number): FlowEnd {
    return { kind, to: { track: track[row], slice: slice[row] } }
  }
}
