import type { Clock, SiteId, Ticks } from '@tracer/core'
import { createCallProbes } from './call-probes.js'
import type { Causes } from './causes.js'
import { CallStack } from './call-stack.js'
import type { LoopWatch } from './loop-watch.js'
import { ageOf, hasTicked, momentOf, type Moment } from './moment.js'
import type { ProcessFacts } from './process-facts.js'
import { limitFor, type Limit, type RecordLimits } from './record-limits.js'
import type { RecordRing } from './record-ring.js'
import { CHECKED, CONTROL, MAX_DEPTH, STOPPED, TICKS, type ThreadMemory } from './thread-memory.js'
import type { SteppingClock } from './tick-clock.js'

/** The functions that instrumented code calls, by the names that `@tracer/instrument` gives them. */
export interface Probes {
  readonly enter: (site: SiteId) => Start
  readonly exit: (site: SiteId, start: Start) => void
  readonly begin: (site: SiteId) => Activation
  readonly generate: (site: SiteId) => Activation
  readonly pause: <Value>(activation: Activation, value: Value) => Value
  readonly iterate: <Value>(activation: Activation, value: Value) => Value
  readonly resume: <Value>(activation: Activation, value: Value) => Value
  readonly reopen: (activation: Activation) => void
  readonly end: (activation: Activation) => void
  readonly pauser: (activation: Activation) => Disposable
  readonly asked: () => Ticks
  readonly answer: (start: Start, asked: Ticks) => void
  readonly beginModule: (site: SiteId) => Activation
  readonly endModule: <Value>(activation: Activation, value: Value) => Value
}

/**
 * What a probe at the end needs of the one at the beginning. Below 0: a timed call, by its negated
 * depth. Otherwise the {@link Moment} at which a tick-checked one began.
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
  /** Whether nothing is to be missed if no run follows: after its last one, and of a generator always. */
  isOver: boolean
  /** Of a generator, when the activation that goes through it was paused for that; 0 when no such is known. */
  drivenAt: Ticks
}

/** The probes of one thread, and what the loader itself needs of them. */
export interface ThreadProbes {
  readonly probes: Probes
  /** Ends the open calls beyond the first `depth`: module bodies that threw. */
  readonly closeAbove: (depth: number) => void
}

// Taken now: a traced program may put another in its place.
const { max } = Math

/** No call has such a depth. */
const SUSPENDED: Start = -(2 ** 31)

/** Of a timed call at the bottom of the stack. */
const BOTTOM: Start = -1

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
  loop: LoopWatch,
  causes?: Causes,
): ThreadProbes {
  const { now, nsPerTick } = clock
  const step = 'step' in clock ? clock.step : 0
  const { modes, calls, laterRuns, spentTicks, control, tickTimes } = memory
  const stack = new CallStack(memory)
  const limit = limitFor(memory, limits)
  const write = causes === undefined ? writerFor(ring, limit) : causeWriterFor(ring, limit, causes)
  const writeRun = causes === undefined ? runWriterFor(ring, limit) : causeRunWriterFor(ring, limit, causes)
  const enterTimed = causes === undefined ? enterAlone : enterCaused
  const reenterTimed = causes === undefined ? reenterAlone : reenterCaused
  const dispose: typeof Symbol.dispose = Symbol.dispose
  let activations = 0

  function enterAlone(site: SiteId): Start {
    return -stack.push(site, now())
  }

  function enterCaused(site: SiteId): Start {
    const depth = stack.push(site, now())
    if (depth === 1) causes?.began(false)
    return -depth
  }

  function reenterAlone({ site, id }: Activation): Start {
    return -stack.pushRun(site, now(), id)
  }

  function reenterCaused({ site, id }: Activation): Start {
    const depth = stack.pushRun(site, now(), id)
    if (depth === 1) causes?.began(true)
    return -depth
  }

  function leave(site: SiteId, start: Start): void {
    if (start < 0) exitTimed(site, -start)
    else if (hasTicked(start, memory)) exitChecked(site, start)
  }

  function exitTimed(site: SiteId, depth: number): void {
    if (!stack.isInnermost(depth, site) && !closeInside(depth, site)) return
    const start = stack.startAt(depth)
    const end = now()
    write(site, start, end, 0)
    stack.popTo(depth)
    if (depth === 1) loop.left(start, end)
  }

  /**
   * Cold: calls inside the one that is ending lost their own end, when their probe ran out of
   * stack; now they are known to be over. False when the ending call has no start that is known: it
   * was ended before, or stands too deep to be seen.
   */
  function closeInside(depth: number, site: SiteId): boolean {
    if (!stack.holds(depth, site)) return false
    closeAbove(depth)
    if (depth <= MAX_DEPTH) return true
    calls[site]++
    stack.popTo(depth)
    return false
  }

  function exitChecked(site: SiteId, start: Moment): void {
    const slice = longSlice(site, start)
    if (slice === undefined) return
    calls[site]--
    write(site, slice.start, slice.end, 1)
  }

  /**
   * Cold: records or ticks have come during a tick-checked call. One that may have taken two ticks
   * becomes a slice, which begins no earlier than what it is part of and no later than what is part
   * of it; a shorter one adds to the estimate of its site: on average, calls see as many ticks as
   * they are long.
   */
  function longSlice(site: SiteId, start: Moment): { readonly start: Ticks; readonly end: Ticks } | undefined {
    const age = ageOf(start, memory)
    // Recording is stopped, or has been since it began.
    if (age === undefined || modes[site] >= STOPPED) return undefined
    const { last } = age
    if (last - age.ticks < control[CONTROL.firstTick]) return undefined
    const earliest = tickTimes[(last - age.ticks) % TICKS]
    const end = now()
    const isLong = end - earliest >= (2 * facts.tickPeriodNs) / nsPerTick
    if (!isLong) {
      spentTicks[site] += tickTimes[last % TICKS] - earliest
      if (stack.depth === 0) loop.left(end, end)
      return undefined
    }
    const before = ring.endBefore(age.positions)
    const startTicks = max(earliest, before === undefined ? 0 : before + step, stack.innermost()?.start ?? 0)
    if (stack.depth === 0) loop.left(startTicks, end)
    return { start: startTicks, end }
  }

  function closeAbove(depth: number): void {
    while (stack.depth > depth) {
      const call = stack.innermost()
      const end = now()
      if (call !== undefined) write(call.site, call.start, end, 0)
      stack.popTo(stack.depth)
      if (call !== undefined && stack.depth === 0) loop.left(call.start, end)
    }
  }

  function begin(site: SiteId): Activation {
    return { site, start: open(site), id: 0, run: 0, isOver: false, drivenAt: 0 }
  }

  function generate(site: SiteId): Activation {
    const drivenAt = causes === undefined ? 0 : causes.iterations.takePause()
    return { site, start: open(site), id: 0, run: 0, isOver: true, drivenAt }
  }

  /** Opens the first run of an activation. */
  function open(site: SiteId): Start {
    const mode = modes[site]
    if (mode !== CHECKED) return mode < STOPPED ? enterTimed(site) : momentOf(control)
    calls[site]++
    return momentOf(control)
  }

  /** Opens a later one. */
  function openLater(activation: Activation): Start {
    const { site } = activation
    const mode = modes[site]
    if (mode !== CHECKED) return mode < STOPPED ? reenterTimed(activation) : momentOf(control)
    laterRuns[site]++
    return momentOf(control)
  }

  function pause<Value>(activation: Activation, value: Value): Value {
    if (activation.start === SUSPENDED) return value
    if (activation.id === 0) activation.id = ++activations
    closeRun(activation)
    activation.run++
    activation.start = SUSPENDED
    return value
  }

  /** A generator begins when the slice is closed of what goes through it. */
  function iterate<Value>(activation: Activation, value: Value): Value {
    const isTimed = activation.start < 0 && activation.start !== SUSPENDED
    const pausedAt = causes !== undefined && isTimed ? now() : 0
    pause(activation, value)
    causes?.iterations.pausedFor(value, pausedAt)
    return value
  }

  function closeRun(activation: Activation): void {
    const { site, start } = activation
    if (start < 0) {
      const depth = -start
      if (!stack.isInnermost(depth, site) && !closeInside(depth, site)) return
      const startTicks = stack.startAt(depth)
      const end = now()
      writeRun(activation, startTicks, end, 0)
      stack.popTo(depth)
      if (depth === 1) loop.left(startTicks, end)
    } else if (momentOf(control) !== start) {
      const slice = longSlice(site, start)
      if (slice === undefined) return
      if (activation.run === 0) calls[site]--
      else laterRuns[site]--
      writeRun(activation, slice.start, slice.end, 1)
    }
  }

  function reopen(activation: Activation): void {
    if (activation.start === SUSPENDED) activation.start = openLater(activation)
  }

  function resume<Value>(activation: Activation, value: Value): Value {
    activation.start = openLater(activation)
    return value
  }

  function end(activation: Activation): void {
    reopen(activation)
    activation.isOver = true
    closeRun(activation)
  }

  /** A callback of a promise has begun: where it stands at the bottom of the stack, who gave it to the promise set it going. */
  function answer(start: Start, asked: Ticks): void {
    if (start === BOTTOM) causes?.answers(asked)
  }

  const probes: Probes = {
    ...createCallProbes(modes, calls, control, enterTimed, leave),
    begin,
    generate,
    pause,
    iterate,
    resume,
    reopen,
    end,
    pauser: (activation) => ({ [dispose]: () => pause(activation, undefined) }),
    asked: () => (causes === undefined ? 0 : causes.moment()),
    answer,
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

function writerFor(ring: RecordRing, limit: Limit | undefined): RecordWriter {
  if (limit === undefined) {
    return (site, start, end) => {
      ring.write(site, start, end)
    }
  }
  const { admits, leaveOut } = limit
  return (site, start, end, levels) => {
    if (admits(start, end, levels)) ring.write(site, start, end)
    else leaveOut(site, start, end, levels, 1)
  }
}

/** The same, with what the slices at the bottom of the stack were called back for. */
function causeWriterFor(ring: RecordRing, limit: Limit | undefined, causes: Causes): RecordWriter {
  return (site, start, end, levels) => {
    if (limit?.admits(start, end, levels) === false) limit.leaveOut(site, start, end, levels, 1)
    // A slice that is not on the stack is not the one at its bottom.
    else if (levels === 0) causes.write(ring, site, start, end, 0, 0)
    else ring.write(site, start, end)
  }
}

type RunWriter = (activation: Activation, start: Ticks, end: Ticks, levels: 0 | 1) => void

function runWriterFor(ring: RecordRing, limit: Limit | undefined): RunWriter {
  return (activation, start, end, levels) => {
    const { site, id, run } = activation
    if (limit?.admits(start, end, levels) === false) limit.leaveOut(site, start, end, levels, run === 0 ? 1 : 0)
    else if (id === 0) ring.write(site, start, end)
    else ring.writeRun(site, start, end, numberOf(activation, limit), run)
  }
}

function causeRunWriterFor(ring: RecordRing, limit: Limit | undefined, causes: Causes): RunWriter {
  return (activation, start, end, levels) => {
    const { site, id, run, drivenAt } = activation
    const number = numberOf(activation, limit)
    if (limit?.admits(start, end, levels) === false) limit.leaveOut(site, start, end, levels, run === 0 ? 1 : 0)
    else if (run === 0 && drivenAt !== 0) causes.writeDriven(ring, site, start, end, number, drivenAt)
    else if (levels === 0) causes.write(ring, site, start, end, number, run)
    else if (id === 0) ring.write(site, start, end)
    else ring.writeRun(site, start, end, number, run)
  }
}

/** Below 0 when no run has to follow; where runs may be left out, nobody could tell whether one did. */
function numberOf({ id, isOver }: Activation, limit: Limit | undefined): number {
  return isOver || limit !== undefined ? -id : id
}
