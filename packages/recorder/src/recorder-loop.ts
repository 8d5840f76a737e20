import type { Clock, Nanoseconds, Ticks } from '@tracer/core'
import { COST_AMONG_OTHER_WORK } from '@tracer/spool'
import { dirname } from 'node:path'
import { BroadcastChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { Budget } from './budget.js'
import { calibrate } from './calibration.js'
import { isDrifting, type DriftingClock } from './clock-choice.js'
import { dieOf } from './die-of.js'
import { EndingSignals, type EndingSignal } from './ending-signals.js'
import { ProcessFacts } from './process-facts.js'
import { SIGNAL, wantedBy, type SharedWithThreads } from './recorder-link.js'
import { channelName, type Registration } from './registration.js'
import { SignalGuard } from './signal-guard.js'
import { measureTickPeriod } from './tick-period.js'
import { TrackedThread } from './tracked-thread.js'

/** What the recorder is told when it starts. */
export interface RecorderThreadData extends SharedWithThreads {
  readonly pid: number
  readonly main: Registration
  /** What probes may add to the time of the bare program; undefined for as much as they like. */
  readonly budgetShare: number | undefined
  /** Undefined for the shortest that costs little. */
  readonly tickPeriodNs: Nanoseconds | undefined
  /** The native clock's file; undefined when the threads use another clock. */
  readonly nativeAddon: string | undefined
}

/**
 * The recorder's life: it drains the rings of all threads, tells them the time while some probe
 * compares it, and decides by the budget which sites are timed. Its event loop runs for signals
 * only, one turn at each decision, so that hardly anything but its own work is between two ticks.
 */
export class RecorderLoop {
  readonly #data: RecorderThreadData
  readonly #clock: Clock | DriftingClock
  readonly #facts: ProcessFacts
  readonly #channel: BroadcastChannel
  readonly #endings: EndingSignals
  #threads: TrackedThread[] = []
  #main: TrackedThread | undefined
  #isTicking = false
  #lastTickNs = 0
  #startedNs = 0
  #decidedNs = 0
  readonly #due = { decision: 0, visit: 0, second: 0 }
  #guard: SignalGuard | undefined
  /** How many times all threads have stopped or started recording. */
  #told = 0

  constructor(data: RecorderThreadData, clock: Clock | DriftingClock) {
    this.#data = data
    this.#clock = clock
    this.#facts = new ProcessFacts(data.facts)
    this.#endings = new EndingSignals(data.endings)
    this.#channel = new BroadcastChannel(channelName(data.pid))
    this.#channel.onmessage = ({ data: registration }) => {
      this.#hear(registration as Registration)
    }
    Atomics.store(data.signals, SIGNAL.listens, 1)
    Atomics.notify(data.signals, SIGNAL.listens)
  }

  run(): void {
    this.#main = this.#adopt(this.#data.main)
    this.#facts.tickPeriodNs = this.#data.tickPeriodNs ?? measureTickPeriod()
    this.#startedNs = this.#decidedNs = this.#nowNs()
    this.#goOn()
  }

  readonly #goOn = (): void => {
    const ending = this.#guard?.due()
    if (ending !== undefined) {
      this.#endBy(ending)
      return
    }
    while (Atomics.load(this.#data.signals, SIGNAL.stop) === 0) {
      const hasDecided = this.#round()
      if (!hasDecided || this.#guard === undefined) continue
      this.#guard.beforeTurn()
      setImmediate(this.#goOn)
      return
    }
    this.#finish()
  }

  /** Does what is due, then waits, unless it was time for a decision: after one it gives true. */
  #round(): boolean {
    const seen = Atomics.load(this.#data.signals, SIGNAL.wake)
    const nowNs = this.#nowNs()
    const due = this.#due
    this.#tick(nowNs)
    this.#switch()
    for (const thread of this.#threads) {
      thread.takePublished()
      if (thread.hasLearned) this.#move(thread, (ticks) => thread.startLearned(ticks))
    }
    const hasDecided = nowNs >= due.decision
    if (hasDecided) {
      this.#receive()
      const isLong = nowNs - this.#startedNs > SHORT_RUN_NS
      if (isLong) this.#guard ??= SignalGuard.over(this.#endings)
      if (isLong && this.#facts.costs === undefined) this.#calibrate()
      for (const thread of this.#threads) this.#decide(thread, nowNs - this.#decidedNs)
      this.#decidedNs = nowNs
      due.decision = nowNs + DECISION_NS
    }
    if (nowNs >= due.visit) {
      for (const thread of this.#threads) thread.takeSettled()
      due.visit = nowNs + VISIT_NS
    }
    if (nowNs >= due.second) {
      this.#everySecond()
      due.second = nowNs + SECOND_NS
    }
    if (!hasDecided) this.#wait(seen, Math.min(due.decision, due.visit))
    return hasDecided
  }

  #wait(seen: number, untilNs: Nanoseconds): void {
    const nextNs = this.#isTicking ? Math.min(untilNs, this.#lastTickNs + this.#facts.tickPeriodNs) : untilNs
    const isToldAll = this.#told === Atomics.load(this.#data.signals, SIGNAL.switches)
    const leftMs = Math.min((nextNs - this.#nowNs()) / NS_PER_MS, isToldAll ? Infinity : SOON_MS)
    if (leftMs > 0) Atomics.wait(this.#data.signals, SIGNAL.wake, seen, leftMs)
  }

  #tick(nowNs: Nanoseconds): void {
    const wasTicking = this.#isTicking
    this.#isTicking = this.#threads.some((thread) => thread.needsTick)
    if (!this.#isTicking) return
    const gapNs = nowNs - this.#lastTickNs
    if (wasTicking && gapNs < this.#facts.tickPeriodNs * ALMOST) return
    if (wasTicking) this.#facts.noteTickGap(gapNs)
    this.#lastTickNs = nowNs
    for (const thread of this.#threads) if (thread.needsTick) this.#tell(thread)
  }

  /** Lets threads stop or start recording, those that could not before included. */
  #switch(): void {
    const { signals } = this.#data
    const switches = Atomics.load(signals, SIGNAL.switches)
    if (switches === this.#told) return
    const wanted = wantedBy(signals)
    const agreed = this.#threads.map((thread) => thread.agree(wanted, () => this.#ticksOf(thread, this.#clock.now())))
    if (agreed.includes(false)) return
    this.#told = switches
    Atomics.store(signals, SIGNAL.told, switches)
    Atomics.notify(signals, SIGNAL.told)
  }

  #tell(thread: TrackedThread): void {
    thread.setTime(this.#ticksOf(thread, this.#clock.now()))
  }

  #decide(thread: TrackedThread, passedNs: Nanoseconds): void {
    this.#move(thread, (ticks) => thread.decide(passedNs, ticks))
  }

  /** The time is told first, and goes on from there: calls of a site that is no longer timed compare it. */
  #move(thread: TrackedThread, move: (atTicks: Ticks) => void): void {
    const nowNs = this.#nowNs()
    this.#tell(thread)
    move(this.#ticksOf(thread, this.#clock.now()))
    if (this.#isTicking || !thread.needsTick) return
    this.#isTicking = true
    this.#lastTickNs = nowNs
  }

  /** Threads that have begun since. */
  #receive(): void {
    for (;;) {
      // Documented to take a BroadcastChannel too; the types of Node 20 do not say so.
      const received = receiveMessageOnPort(this.#channel as unknown as MessagePort) as
        { readonly message: Registration } | undefined
      if (received === undefined) break
      this.#hear(received.message)
    }
    const finished = this.#threads.filter((thread) => thread.isFinished || thread.isGone)
    for (const thread of finished) {
      if (thread.isFinished) thread.close()
      else this.#abandon(thread)
    }
    if (finished.length > 0) this.#threads = this.#threads.filter((thread) => !finished.includes(thread))
    Atomics.store(this.#data.signals, SIGNAL.otherThreads, this.#others)
  }

  /** One thread more, counted once it is among the others. */
  #hear(registration: Registration): void {
    this.#adopt(registration)
    const { signals } = this.#data
    Atomics.store(signals, SIGNAL.otherThreads, this.#others)
    Atomics.add(signals, SIGNAL.heard, 1)
  }

  /** Threads besides the main one, which may be done before they are. */
  get #others(): number {
    return this.#threads.filter((thread) => thread !== this.#main).length
  }

  #adopt(registration: Registration): TrackedThread | undefined {
    try {
      const thread = new TrackedThread(registration, this.#data.budgetShare !== undefined, this.#newBudget())
      this.#threads.push(thread)
      this.#told = NONE
      return thread
    } catch {
      // Then the thread goes on writing for itself.
      return undefined
    }
  }

  #newBudget(): Budget | undefined {
    const { costs } = this.#facts
    const share = this.#data.budgetShare
    if (share === undefined || costs === undefined) return undefined
    return new Budget({
      share,
      timedNs: costs.timedNs * COST_AMONG_OTHER_WORK,
      checkedNs: costs.checkedNs * COST_AMONG_OTHER_WORK,
    })
  }

  /** Takes some 20 ms, in which a program that does little has ended. */
  #calibrate(): void {
    this.#facts.costs = calibrate(this.#clock, this.#data.main.clock.id, PATIENCE, () => {
      this.#tick(this.#nowNs())
      for (const thread of this.#threads) thread.takePublished()
    })
    for (const thread of this.#threads) thread.budget = this.#newBudget()
  }

  #everySecond(): void {
    for (const thread of this.#threads) {
      if (isDrifting(this.#clock) && thread.clock.id === this.#clock.id) thread.writeClockPair(this.#clock.samplePair())
      thread.writeCounts()
    }
  }

  /** The main thread does not get to it. */
  #endBy(signal: EndingSignal): void {
    this.#receive()
    for (const thread of this.#threads) thread.end(this.#ticksOf(thread, this.#clock.now()), this.#facts)
    this.#guard?.release()
    dieOf(signal, dirname(this.#data.main.spool))
  }

  #finish(): void {
    this.#guard?.release()
    this.#receive()
    for (const thread of this.#threads) if (!thread.isFinished) this.#abandon(thread)
    Atomics.store(this.#data.signals, SIGNAL.stopped, 1)
    Atomics.notify(this.#data.signals, SIGNAL.stopped)
    this.#channel.close()
  }

  #abandon(thread: TrackedThread): void {
    thread.abandon(this.#ticksOf(thread, this.#clock.now()), this.#facts)
  }

  /** The time as that thread's clock would read it; never ahead of it. */
  #ticksOf(thread: TrackedThread, ticks: Ticks): Ticks {
    const { id, originNs, nsPerTick } = thread.clock
    if (id === this.#clock.id && isDrifting(this.#clock)) return ticks
    return Math.max(0, (this.#monotonicNs(ticks) - originNs - CLOCK_MARGIN_NS) / nsPerTick)
  }

  #monotonicNs(ticks: Ticks): Nanoseconds {
    return this.#clock.originNs + ticks * this.#clock.nsPerTick
  }

  #nowNs(): Nanoseconds {
    return this.#clock.now() * this.#clock.nsPerTick
  }
}

const NS_PER_MS = 1e6
const NONE = -1
/** When a thread that is writing may be told again. */
const SOON_MS = 0.5
/** A program that ends sooner needs no budget, and nobody to watch over its signals. */
const SHORT_RUN_NS = 20e6
/** Batches of 100 µs at most. */
const PATIENCE = 60
/** Often enough that a busy program is within its budget after a tenth of a second. */
const DECISION_NS = 25e6
/** What a kill takes at most is what was recorded during two of these. */
const VISIT_NS = 100e6
const SECOND_NS = 1e9
/** A wait ends a little early now and then. */
const ALMOST = 0.9
/** By how much clocks of two threads may disagree, each being placed on the monotonic axis to 50 ns. */
const CLOCK_MARGIN_NS = 2000
