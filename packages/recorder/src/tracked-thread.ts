import type { Nanoseconds, Ticks } from '@tracer/core'
import { SpoolWriter, type ModeMove, type ThreadEnd } from '@tracer/spool'
import type { Budget } from './budget.js'
import { CallStack } from './call-stack.js'
import { CollectionDrain } from './collection-drain.js'
import { CpuTime, tellsTime } from './cpu-time.js'
import { EventDrain } from './event-drain.js'
import { tell } from './moment.js'
import type { ProcessFacts } from './process-facts.js'
import type { Registration } from './registration.js'
import { isStopped, switchRecording } from './recording-switch.js'
import { SharedLock } from './shared-lock.js'
import { SiteWindows } from './site-window.js'
import { ThreadDrain } from './thread-drain.js'
import { learnedSites } from './traced-sites.js'
import { writeUnrecorded } from './unrecorded-counts.js'
import { CHECKED, CONTROL, CURSOR, DEPTH, TIMED, ThreadState, type ThreadMemory } from './thread-memory.js'

/** One thread as the recorder sees it. */
export class TrackedThread {
  readonly clock: Registration['clock']
  readonly #memory: ThreadMemory
  readonly #spool: SpoolWriter
  readonly #lock: SharedLock
  readonly #drain: ThreadDrain
  readonly #events: EventDrain
  readonly #collections: CollectionDrain
  readonly #stack: CallStack
  readonly #windows: SiteWindows
  readonly #cpu: CpuTime
  /** Decides which sites are timed; without one all are. */
  budget: Budget | undefined
  /** Chunk, cursor and depth at the last visit: what was written before it has long reached memory. */
  #lastPublished = -1
  #lastCursor = -1
  #lastDepth = 0
  #writtenOpen = false
  #lastBusyNs: Nanoseconds | undefined
  /** Whether it was on no core at all between the last two decisions. */
  #hasRested = false
  /** Calls that were open at the last tick may be tick-checked ones. */
  #wasChecked = false
  /** What was counted up when learned sites were last looked for. */
  #learned = 0
  /** Moves that are not on disk yet. */
  #unwrittenMoves: ModeMove[] = []
  /** Whether the system tells how long the thread was on a core. */
  readonly #isTold: boolean

  /**
   * What the thread does is added up for a budget only, now or later.
   *
   * @throws what the file system throws when the spool cannot be opened.
   */
  constructor(
    { memory, spool, clock, osThread, leavesOut }: Registration,
    hasBudget: boolean,
    budget: Budget | undefined,
  ) {
    this.clock = clock
    this.#memory = memory
    this.#spool = new SpoolWriter(spool)
    this.#lock = new SharedLock(memory)
    this.#windows = new SiteWindows(memory, clock.nsPerTick, leavesOut)
    this.#drain = new ThreadDrain(memory, this.#spool, hasBudget ? this.#windows.observe : undefined)
    this.#events = new EventDrain(memory, this.#spool)
    this.#collections = new CollectionDrain(memory, this.#spool)
    this.#stack = new CallStack(memory)
    this.#cpu = new CpuTime(osThread)
    this.budget = budget
    this.#lastBusyNs = this.#cpu.read()
    // One that is terminated before it is adopted was never told of.
    this.#isTold = osThread !== undefined && tellsTime()
    Atomics.compareExchange(memory.control, CONTROL.state, ThreadState.own, ThreadState.adopted)
  }

  get isFinished(): boolean {
    return Atomics.load(this.#memory.control, CONTROL.state) === ThreadState.finished
  }

  /** Whether it was terminated, where the system tells. */
  get isGone(): boolean {
    return this.#isTold && this.#lastBusyNs === undefined
  }

  /** Whether its probes compare ticks, or did so until after the last one. */
  get needsTick(): boolean {
    return this.clock.id === 'tick' || this.#windows.hasChecked || this.#wasChecked
  }

  /** Whether there are sites that are to be tick-checked because an earlier run learned it. */
  get hasLearned(): boolean {
    return Atomics.load(this.#memory.control, CONTROL.learned) !== this.#learned
  }

  /** Takes the chunks that are full. */
  takePublished(): void {
    this.#locked(() => {
      this.#drain.takePublished()
      this.#events.take('many')
      this.#writeMoves()
    })
  }

  /**
   * Takes what has been lying in the current chunk since the last visit, so that a kill loses little;
   * of a thread that stands still, also which calls are open.
   */
  takeSettled(): void {
    const { control } = this.#memory
    const published = Atomics.load(control, CONTROL.published)
    const cursor = control[CURSOR]
    const depth = control[DEPTH]
    const standsStill = published === this.#lastPublished && cursor === this.#lastCursor && depth === this.#lastDepth
    this.#locked(() => {
      this.#drain.takePublished()
      this.#drain.takeCurrent(this.#lastPublished, this.#lastCursor)
      this.#events.take()
      this.#collections.take()
      if (standsStill && depth > 0 && !this.#writtenOpen) {
        this.#attempt(() => {
          this.#spool.writeRecords(this.#stack.openCalls())
        })
      }
    })
    this.#writtenOpen = standsStill
    this.#lastPublished = published
    this.#lastCursor = cursor
    this.#lastDepth = depth
  }

  /** Tells the thread the time. */
  setTime(ticks: Ticks): void {
    tell(this.#memory, ticks)
    this.#wasChecked = this.#windows.hasChecked
  }

  /** Tick-checks what an earlier run learned to. */
  startLearned(atTicks: Ticks): void {
    // Read first: what is learned meanwhile is found now or next time.
    this.#learned = Atomics.load(this.#memory.control, CONTROL.learned)
    const sites = learnedSites(this.#memory)
    for (const site of sites) this.#windows.setMode(site, CHECKED)
    this.#report(
      sites.map((site) => ({
        site,
        to: 'checked',
        atTicks,
        calls: 0,
        meanNs: 0,
        reason: LEARNED_REASON,
        isLearned: true,
      })),
    )
  }

  /** One window of the budget has passed. */
  decide(passedNs: Nanoseconds, atTicks: Ticks): void {
    const busyNs = this.#busyNs(passedNs)
    const { sites, idle } = this.#windows.take()
    if (this.budget === undefined) return
    const moves = this.budget.decide({ busyNs, sites, idle })
    for (const move of moves) this.#windows.setMode(move.site, move.isTimed ? CHECKED : TIMED)
    this.#report(
      moves.map(({ site, isTimed, calls, totalNs, reason }) => ({
        site,
        to: isTimed ? 'checked' : 'timed',
        atTicks,
        calls,
        meanNs: calls === 0 ? 0 : totalNs / calls,
        reason,
      })),
    )
  }

  /** Lets the thread record, or no longer; false when it is just writing. */
  agree(wanted: 'started' | 'stopped', now: () => Ticks): boolean {
    return this.#locked(() => {
      const change = switchRecording(this.#memory, wanted, now)
      this.#attempt(() => {
        if (change !== undefined) this.#spool.writeSwitches([change])
      })
    })
  }

  writeClockPair(pair: { readonly ticks: Ticks; readonly monotonicNs: Nanoseconds }): void {
    this.#locked(() => {
      this.#attempt(() => {
        this.#spool.writeClock([pair])
      })
    })
  }

  /** Writes what stands in shared memory only, so that a kill does not take it. */
  writeCounts(): void {
    this.#locked(() => {
      this.#attempt(() => {
        writeUnrecorded(this.#memory, this.#spool)
      })
    })
  }

  /** The process is about to end, whatever the thread is doing. */
  end(atTicks: Ticks, facts: ProcessFacts): void {
    this.#takeLast(atTicks, facts, true)
  }

  /** The thread has ended, or the process is about to, without a word from it. */
  abandon(atTicks: Ticks, facts: ProcessFacts): void {
    this.#takeLast(atTicks, facts, this.#isAtRest)
  }

  /** Writes all that is left; `isComplete` when nothing more can come. */
  #takeLast(atTicks: Ticks, facts: ProcessFacts, isComplete: boolean): void {
    const cpuNs = this.#cpu.read()
    this.#lock.acquire(() => this.#isTold && this.#cpu.read() === undefined)
    this.#drain.takeUpTo(this.#memory.control[CURSOR])
    this.#events.take()
    this.#collections.take()
    this.#attempt(() => {
      const dropped = [...this.#drain.takeLost(), ...this.#events.takeLost(), ...this.#collections.takeLost()]
      if (dropped.length > 0) this.#spool.writeDrops(dropped)
    })
    this.#attempt(() => {
      this.#spool.writeRecords(this.#stack.openCalls())
      if (isStopped(this.#memory)) this.#spool.writeSwitches([{ to: 'ended', atTicks }])
    })
    this.#writeMoves()
    this.#attempt(() => {
      writeUnrecorded(this.#memory, this.#spool)
    })
    this.#attempt(() => {
      if (isComplete) this.#spool.writeEnd(endOf(facts, cpuNs))
    })
    this.#lock.release()
    this.close()
  }

  /** Whether it was terminated, or writes nothing: no call is open, or the system says that it has been waiting for a while. */
  get #isAtRest(): boolean {
    const cpuNs = this.#cpu.read()
    if (this.#isTold && cpuNs === undefined) return true
    return this.#memory.control[DEPTH] === 0 || (this.#hasRested && cpuNs === this.#lastBusyNs)
  }

  close(): void {
    this.#cpu.close()
    this.#spool.close()
  }

  #busyNs(passedNs: Nanoseconds): Nanoseconds {
    const busyNs = this.#cpu.read()
    const before = this.#lastBusyNs
    this.#lastBusyNs = busyNs
    this.#hasRested = busyNs !== undefined && busyNs === before
    return busyNs === undefined || before === undefined ? passedNs : busyNs - before
  }

  #report(moves: readonly ModeMove[]): void {
    this.#unwrittenMoves.push(...moves)
    this.#locked(() => {
      this.#writeMoves()
    })
  }

  #writeMoves(): void {
    const moves = this.#unwrittenMoves
    if (moves.length === 0) return
    this.#unwrittenMoves = []
    this.#attempt(() => {
      this.#spool.writeMoves(moves)
    })
  }

  /** Not now is soon enough, when the thread itself is writing. */
  #locked(work: () => void): boolean {
    if (!this.#lock.tryAcquire()) return false
    try {
      work()
    } finally {
      this.#lock.release()
    }
    return true
  }

  /** What a full disk does not take is lost, and nothing else. */
  #attempt(write: () => void): void {
    try {
      write()
    } catch {
      // Counts come again, records are counted by the drain.
    }
  }
}

function endOf({ costs, tickPeriodNs, latestTickNs }: ProcessFacts, cpuNs: Nanoseconds | undefined): ThreadEnd {
  return {
    overheadNs: costs?.timedNs ?? 0,
    overheadInsideNs: costs?.insideNs ?? 0,
    checkNs: costs?.checkedNs ?? 0,
    tickNs: tickPeriodNs,
    latestTickNs,
    ...(cpuNs === undefined ? {} : { cpuNs }),
  }
}

const LEARNED_REASON = 'learned in an earlier run'
