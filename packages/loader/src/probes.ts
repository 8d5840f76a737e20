import type { Clock, EventRing, SiteId, Ticks } from '@tracer/core'
import type { ProbeName } from '@tracer/instrument'
import type { CallStack } from './call-stack.js'

/** The functions that instrumented code calls, by the names that `@tracer/instrument` gives them. */
export interface Probes extends Record<ProbeName, (...args: never[]) => unknown> {
  readonly enter: (site: SiteId) => Ticks
  readonly exit: (site: SiteId, start: Ticks) => void
  readonly begin: (site: SiteId) => Activation
  readonly pause: <Value>(activation: Activation, value: Value) => Value
  readonly resume: <Value>(activation: Activation, value: Value) => Value
  readonly reopen: (activation: Activation) => void
  readonly end: (activation: Activation) => void
  readonly pauser: (activation: Activation) => Disposable
  readonly beginModule: (site: SiteId) => Activation
  readonly endModule: <Value>(activation: Activation, value: Value) => Value
}

/** One call of an async function or a generator, or one evaluation of a module. */
export interface Activation {
  readonly site: SiteId
  /** Start of the running slice; {@link SUSPENDED} while there is none. */
  start: Ticks
  /** From 1; 0 until it suspends for the first time. */
  id: number
  /** Number of the running slice, from 0. */
  run: number
}

/** The probes of one thread, and what the loader itself needs of them. */
export interface ThreadProbes {
  readonly probes: Probes
  /** Ends the open calls beyond the first `depth`: module bodies that threw. */
  readonly closeAbove: (depth: number) => void
}

/** What may be left out of the recording; each is checked only when it is on. */
export interface RecordLimits {
  /** Calls nested deeper are not written; Infinity for all. */
  readonly maxDepth: number
  /** Shorter calls are not written; 0 for all. */
  readonly minDuration: Ticks
}

/** No clock reads less than 0. */
const SUSPENDED: Ticks = -1

/**
 * Makes the probes of one thread. Called once a thread, so that each function below stays
 * monomorphic; which limits apply is decided here and not in the probe.
 */
export function createProbes(ring: EventRing, stack: CallStack, clock: Clock, limits: RecordLimits): ThreadProbes {
  const { now } = clock
  const write = writerFor(ring, stack, limits)
  const dispose: typeof Symbol.dispose = Symbol.dispose
  let activations = 0

  function enter(site: SiteId): Ticks {
    const start = now()
    stack.push(site, start)
    return start
  }

  function exit(site: SiteId, start: Ticks): void {
    const isOpen = stack.isInnermost(start) || closeAbandoned(start)
    write(site, start, now())
    if (isOpen) stack.pop()
  }

  /**
   * Cold: calls inside the one that is ending lost their own end, when their probe ran out of
   * stack; now they are known to be over. False when the ending call itself is not on the stack.
   */
  function closeAbandoned(start: Ticks): boolean {
    const position = stack.positionOf(start)
    if (position === undefined) return false
    closeAbove(position + 1)
    return true
  }

  function closeAbove(depth: number): void {
    while (stack.depth > depth) {
      const call = stack.innermost()
      if (call !== undefined) write(call.site, call.start, now())
      stack.pop()
    }
  }

  function begin(site: SiteId): Activation {
    return { site, start: enter(site), id: 0, run: 0 }
  }

  function pause<Value>(activation: Activation, value: Value): Value {
    if (activation.start === SUSPENDED) return value
    if (activation.id === 0) activation.id = ++activations
    closeRun(activation)
    activation.run++
    activation.start = SUSPENDED
    return value
  }

  function closeRun({ site, start, id, run }: Activation): void {
    const isOpen = stack.isInnermost(start) || closeAbandoned(start)
    const isWritten = write(site, start, now())
    if (isWritten && id !== 0) ring.writeActivation(id, run)
    if (isOpen) stack.pop()
  }

  function reopen(activation: Activation): void {
    if (activation.start === SUSPENDED) activation.start = enter(activation.site)
  }

  function resume<Value>(activation: Activation, value: Value): Value {
    activation.start = enter(activation.site)
    return value
  }

  function end(activation: Activation): void {
    reopen(activation)
    closeRun(activation)
  }

  const probes: Probes = {
    enter,
    exit,
    begin,
    pause,
    resume,
    reopen,
    end,
    pauser: (activation) => ({ [dispose]: () => pause(activation, undefined) }),
    beginModule: begin,
    endModule: (activation, value) => {
      end(activation)
      return value
    },
  }
  return { probes, closeAbove }
}

/** Writes a record unless a limit says otherwise, and tells whether it did. */
type RecordWriter = (site: SiteId, start: Ticks, end: Ticks) => boolean

function writerFor(ring: EventRing, stack: CallStack, { maxDepth, minDuration }: RecordLimits): RecordWriter {
  if (maxDepth === Infinity && minDuration === 0) {
    return (site, start, end) => {
      ring.write(site, start, end)
      return true
    }
  }
  return (site, start, end) => {
    if (stack.depth > maxDepth || end - start < minDuration) return false
    ring.write(site, start, end)
    return true
  }
}
