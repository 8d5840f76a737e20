import type { Ticks } from '@tracer/core'
import type { EventLog } from './event-log.js'

/** What Node.js knows of the thread's event loop: how often it turned, and how long it waited for events, in all. */
export interface LoopReadings {
  readonly turns: () => number
  readonly waitedMs: () => number
}

/**
 * Watches the event loop of a thread from where the program comes back from it: at the end of a slice that lies in
 * no other one, and at most once a millisecond. Nothing of the loop's is used for it, so it cannot be seen.
 */
export class LoopWatch {
  readonly #events: Pick<EventLog, 'left' | 'back' | 'now'>
  readonly #readings: LoopReadings
  readonly #pause: Ticks
  /** Cells of {@link DUE} and {@link LEFT}: times in an object would be an object each. */
  readonly #times = new Float64Array(2)

  constructor(events: Pick<EventLog, 'left' | 'back' | 'now'>, nsPerTick: number, readings: LoopReadings = ofNode) {
    this.#events = events
    this.#readings = readings
    this.#pause = PAUSE_NS / nsPerTick
    this.#times[LEFT] = NaN
  }

  /** Costs what a watch costs, and tells nobody. */
  static unheard(nsPerTick: number): LoopWatch {
    const nobody = { left: () => undefined, back: () => undefined, now: none }
    return new LoopWatch(nobody, nsPerTick, { turns: none, waitedMs: none })
  }

  /** Hot: a slice that lies in no other one is over. */
  left(start: Ticks, end: Ticks): void {
    if (end >= this.#times[DUE]) this.#tell(start, end)
    this.#times[LEFT] = end
  }

  /** The thread ends, within a slice that began at `openSince`, or in its loop. */
  finish(openSince: Ticks | undefined): void {
    const now = this.#events.now()
    this.#tell(openSince ?? now, now)
    this.#events.left(now)
    this.#times[LEFT] = now
  }

  #tell(start: Ticks, end: Ticks): void {
    const times = this.#times
    times[DUE] = end + this.#pause
    const left = times[LEFT]
    try {
      if (left <= start) this.#events.left(left)
      this.#events.back(start, this.#readings.turns(), this.#readings.waitedMs())
    } catch {
      // For want of stack: the program would have had room.
    }
  }
}

const DUE = 0
const LEFT = 1
/** What is read and written then takes some 0.2 µs. */
const PAUSE_NS = 1e6

const ofNode = readingsOf(performance.nodeTiming)

/** Getters, taken now: the program may put others in their place. */
function readingsOf(timing: typeof performance.nodeTiming): LoopReadings {
  const waitedMs = getterOf<number>(timing, 'idleTime') ?? none
  const metrics = getterOf<{ readonly loopCount: number }>(timing, 'uvMetricsInfo')
  return { waitedMs, turns: metrics === undefined ? none : () => metrics().loopCount }
}

function getterOf<Value>(timing: object, name: string): (() => Value) | undefined {
  const property = Object.getOwnPropertyDescriptor(timing, name)
  // The getters are Node.js's own, which need no object.
  return property && (Reflect.get(property, 'get') as (() => Value) | undefined)
}

function none(): number {
  return 0
}
