import type { Clock, SiteId, Ticks } from '@tracer/core'
import { CallStack } from './call-stack.js'
import type { ProcessFacts } from './process-facts.js'
import type { RecordRing } from './record-ring.js'
import { SiteMode, type ThreadMemory } from './thread-memory.js'
import type { SteppingClock } from './tick-clock.js'

/** The functions that instrumented code calls, by the names that `@tracer/instrument` gives them. */
export interface Probes {
  readonly enter: (site: SiteId) => Start
  readonly exit: (site: SiteId, start: Start) => void
  readonly begin: (site: SiteId) => Activation
  readonly pause: <Value>(activation: Activation, value: Value) => Value
  readonly resume: <Value>(activation: Activation, value: Value) => Value
  readonly reopen: (activation: Activation) => void
  readonly end: (activation: Activation) => void
  readonly pauser: (activation: Activation) => Disposable
  readonly beginModule: (site: SiteId) => Activation
  readonly endModule: <Value>(activation: Activation, value: Value) => Value
}

/**
 * What a probe at the end needs of the one at the beginning. Below 0: a timed call, by its negated
 * time, which the time never equals. Otherwise the latest time that was known when a tick-checked
 * call began.
 */
export type Start = number

/** One call of an async function or a generator, or one evaluation of a module. */
export interface Activation {
  readonly site: SiteId
  /** Of the running slice; {@link SUSPENDED} while there is none. */
  start: Start
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

/** What decides whether a call is written. */
export interface RecordLimits {
  /** Calls nested deeper are not written; Infinity for all. */
  readonly maxDepth: number
  /** Shorter calls are not written; 0 for all. */
  readonly minDuration: Ticks
}

/** No time is infinite. */
const SUSPENDED: Start = Infinity

/**
 * Makes the probes of one thread. Called once a thread, so that each function below stays
 * monomorphic; which limits apply is decided here and not in the probe.
 */
export function createProbes(
  ring: RecordRing,
  memory: ThreadMemory,
  clock: Clock | SteppingClock,
  limits: RecordLimits,
  facts: ProcessFacts,
): ThreadProbes {
  const { now, nsPerTick } = clock
  const step = 'step' in clock ? clock.step : 0
  const { modes, calls, spentTicks, time } = memory
  const stack = new CallStack(memory)
  const write = writerFor(ring, stack, limits)
  const writeRun = runWriterFor(ring, stack, limits)
  let activations = 0

  function enter(site: SiteId): Start {
    if (modes[site] !== SiteMode.checked) return enterTimed(site)
    calls[site]++
    return time[0]
  }

  function exit(site: SiteId, start: Start): void {
    if (time[0] !== start) leave(site, start)
  }

  function enterTimed(site: SiteId): Start {
    if (modes[site] === SiteMode.stopped) return time[0]
    const start = now()
    stack.push(site, start)
    return -start
  }

  function leave(site: SiteId, start: Start): void {
    if (start < 0) exitTimed(site, -start)
    else exitChecked(site, start)
  }

  function exitTimed(site: SiteId, start: Ticks): void {
    const isOpen = stack.isInnermost(start) || closeAbandoned(start)
    const end = now()
    time[0] = end + step
    write(site, start, end, 0)
    if (isOpen) stack.pop()
  }

  function exitChecked(site: SiteId, start: Ticks): void {
    const slice = longSlice(site, start)
    if (slice === undefined) return
    calls[site]--
    write(site, slice.start, slice.end, 1)
  }

  /**
   * Cold: the time has moved on during a tick-checked call. One that may have taken two ticks
   * becomes a slice, which begins no earlier than what it is part of; a shorter one adds to the
   * estimate of its site: on average, calls see the time move by what they take.
   */
  function longSlice(site: SiteId, start: Ticks): { readonly start: Ticks; readonly end: Ticks } | undefined {
    const tickPeriod = facts.tickPeriodNs / nsPerTick
    const seen = time[0] - start
    const end = seen < tickPeriod ? start : now()
    if (modes[site] === SiteMode.stopped) return undefined
    if (end - start < 2 * tickPeriod) {
      spentTicks[site] += seen
      return undefined
    }
    time[0] = end + step
    return { start: Math.max(start, stack.innermost()?.start ?? 0), end }
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
      if (call !== undefined) write(call.site, call.start, now(), 0)
      stack.pop()
    }
  }

  function begin(site: SiteId): Activation {
    return { site, start: open(site, 1), id: 0, run: 0 }
  }

  /** Opens a run; `newCalls` is 1 for the first one of an activation. */
  function open(site: SiteId, newCalls: 0 | 1): Start {
    if (modes[site] !== SiteMode.checked) return enterTimed(site)
    calls[site] += newCalls
    return time[0]
  }

  function pause<Value>(activation: Activation, value: Value): Value {
    if (activation.start === SUSPENDED) return value
    if (activation.id === 0) activation.id = ++activations
    closeRun(activation)
    activation.run++
    activation.start = SUSPENDED
    return value
  }

  function closeRun(activation: Activation): void {
    const { site, start } = activation
    if (start < 0) {
      const isOpen = stack.isInnermost(-start) || closeAbandoned(-start)
      const end = now()
      time[0] = end + step
      writeRun(activation, -start, end, 0)
      if (isOpen) stack.pop()
    } else if (time[0] !== start) {
      const slice = longSlice(site, start)
      if (slice === undefined) return
      if (activation.run === 0) calls[site]--
      writeRun(activation, slice.start, slice.end, 1)
    }
  }

  function reopen(activation: Activation): void {
    if (activation.start === SUSPENDED) activation.start = open(activation.site, 0)
  }

  function resume<Value>(activation: Activation, value: Value): Value {
    activation.start = open(activation.site, 0)
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
    pauser: (activation) => ({ [Symbol.dispose]: () => pause(activation, undefined) }),
    beginModule: begin,
    endModule: (activation, value) => {
      end(activation)
      return value
    },
  }
  return { probes, closeAbove }
}

/** Writes a record unless a limit says otherwise; `levels` is what the call adds to the depth of the stack. */
type RecordWriter = (site: SiteId, start: Ticks, end: Ticks, levels: 0 | 1) => void

function writerFor(ring: RecordRing, stack: CallStack, { maxDepth, minDuration }: RecordLimits): RecordWriter {
  if (maxDepth === Infinity && minDuration === 0) {
    return (site, start, end) => {
      ring.write(site, start, end)
    }
  }
  return (site, start, end, levels) => {
    if (stack.depth + levels > maxDepth || end - start < minDuration) return
    ring.write(site, start, end)
  }
}

type RunWriter = (activation: Activation, start: Ticks, end: Ticks, levels: 0 | 1) => void

function runWriterFor(ring: RecordRing, stack: CallStack, { maxDepth, minDuration }: RecordLimits): RunWriter {
  return ({ site, id, run }, start, end, levels) => {
    if (stack.depth + levels > maxDepth || end - start < minDuration) return
    if (id === 0) ring.write(site, start, end)
    else ring.writeRun(site, start, end, id, run)
  }
}
