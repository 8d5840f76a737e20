import type { Nanoseconds, SliceIndex, SliceTable } from '@tracer/core'
import type { FlowMoment } from './flow-moments.js'
import { END, FLOW_HERE, FLOW_NEXT, UNFINISHED_END, type EventColumns, type FlowMark } from './event-columns.js'

/** An end of an arrow that has found its slice. */
export interface PairedFlow {
  readonly mark: FlowMark
  readonly slice: SliceIndex
  readonly timeNs: Nanoseconds
  /** Whether it is one of the moments. */
  readonly isMoment: boolean
}

/** Slices of a track, and what of its events fitted nowhere. */
export interface PairedEvents {
  readonly slices: SliceTable
  readonly flows: readonly PairedFlow[]
  /** Those of the ends of arrows that were given by their time alone, and could be at slices that are not here. */
  readonly moments: readonly FlowMoment[]
  readonly unmatchedEnds: number
  readonly unmatchedFlows: number
}

/**
 * Makes slices of begin and end events: an end closes the innermost open slice. As events come by time, slices come
 * parents first, in the order that a table has. Times become relative to `zeroNs`; what is open ends at `lastNs`.
 */
export function pairEvents(events: EventColumns, zeroNs: Nanoseconds, lastNs: Nanoseconds): PairedEvents {
  const length = events.begins
  const site = new Int32Array(length)
  const startNs = new Float64Array(length)
  const durationNs = new Float64Array(length)
  const depth = new Int32Array(length)
  const activation = new Int32Array(events.run === undefined ? 0 : length)
  const args = new Map<SliceIndex, string>()
  const unfinished = new Set<SliceIndex>()
  const order = events.order()
  const { timeNs, code, run } = events
  const hasMore = events.args.size > 0 || events.flows.size > 0
  const marks = new FlowMarks(events)
  const open: number[] = []
  let begun = 0
  let unmatchedEnds = 0
  for (let i = 0; i < events.length; i++) {
    const event = order === undefined ? i : order[i]
    const what = code[event]
    const time = timeNs[event] - zeroNs
    let slice: SliceIndex | undefined
    if (what >= 0) {
      slice = begun++
      site[slice] = what
      startNs[slice] = time
      depth[slice] = open.length
      open.push(slice)
      if (run !== undefined) activation[slice] = run[event]
    } else if (what === END || what === UNFINISHED_END) {
      slice = open.pop()
      if (slice === undefined) {
        unmatchedEnds++
      } else {
        durationNs[slice] = time - startNs[slice]
        if (what === UNFINISHED_END) unfinished.add(slice)
      }
    } else {
      slice = what === FLOW_HERE ? open.at(-1) : undefined
    }
    if (!hasMore) continue
    const text = events.args.get(event)
    if (text !== undefined && slice !== undefined) args.set(slice, mergeArgs(args.get(slice), text))
    marks.take(event, slice, time, what)
  }
  for (const slice of open) {
    unfinished.add(slice)
    durationNs[slice] = Math.max(0, lastNs - zeroNs - startNs[slice])
  }
  const slices = { length, site, startNs, durationNs, depth, activation, args, unfinished }
  return { slices, flows: marks.paired(slices), moments: marks.moments, unmatchedEnds, unmatchedFlows: marks.unmatched }
}

/** Finds the slices of the ends of arrows. */
class FlowMarks {
  unmatched = 0
  readonly moments: FlowMoment[] = []
  readonly #events: EventColumns
  readonly #found: { mark: FlowMark; slice: SliceIndex; time: Nanoseconds; isMoment: boolean }[] = []
  /** Those that wait for the next slice to begin. */
  #waiting: { mark: FlowMark; time: Nanoseconds }[] = []

  constructor(events: EventColumns) {
    this.#events = events
  }

  take(event: number, slice: SliceIndex | undefined, time: Nanoseconds, what: number): void {
    if (what >= 0 && slice !== undefined && this.#waiting.length > 0) {
      for (const waiting of this.#waiting) this.#found.push({ ...waiting, slice, isMoment: true })
      this.#waiting = []
    }
    for (const mark of this.#events.flows.get(event) ?? []) {
      const isMoment = what === FLOW_HERE || what === FLOW_NEXT
      if (isMoment) this.moments.push({ mark, timeNs: time, isNext: what === FLOW_NEXT })
      if (what === FLOW_NEXT) this.#waiting.push({ mark, time })
      else if (slice === undefined) this.unmatched++
      else this.#found.push({ mark, slice, time, isMoment })
    }
  }

  paired({ startNs }: SliceTable): PairedFlow[] {
    this.unmatched += this.#waiting.length
    return this.#found.map(({ mark, slice, time, isMoment }) => ({
      mark,
      slice,
      isMoment,
      timeNs: mark.offsetNs === undefined ? time : startNs[slice] + mark.offsetNs,
    }))
  }
}

/** Arguments of the begin and the end of a slice as those of one, as the JSON text of an object. */
function mergeArgs(begin: string | undefined, end: string): string {
  if (begin === undefined || begin === '{}') return end
  return end === '{}' ? begin : `${begin.slice(0, -1)},${end.slice(1)}`
}
