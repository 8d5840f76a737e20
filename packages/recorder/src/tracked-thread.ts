import type { Nanoseconds, Ticks } from '@tracer/core'
import { SpoolWriter } from '@tracer/spool'
import type { Budget, Move } from './budget.js'
import { CallStack } from './call-stack.js'
import { CpuTime } from './cpu-time.js'
import { tell } from './moment.js'
import type { Registration } from './registration.js'
import { SharedLock } from './shared-lock.js'
import { SiteWindows } from './site-window.js'
import { ThreadDrain } from './thread-drain.js'
import { countsOf } from './unrecorded-counts.js'
import { CHECKED, CONTROL, CURSOR, DEPTH, TIMED, ThreadState, type ThreadMemory } from './thread-memory.js'

/** One thread as the recorder sees it. */
export class TrackedThread {
  readonly clock: Registration['clock']
  readonly #memory: ThreadMemory
  readonly #spool: SpoolWriter
  readonly #lock: SharedLock
  readonly #drain: ThreadDrain
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
  /** Whether the system tells how long the thread was on a core. */
  readonly #isTold: boolean

  /**
   * What the thread does is added up for a budget only, now or later.
   *
   * @throws what the file system throws when the spool cannot be opened.
   */
  constructor({ memory, spool, clock, osThread }: Registration, hasBudget: boolean, budget: Budget | undefined) {
    this.clock = clock
    this.#memory = memory
    this.#spool = new SpoolWriter(spool)
    this.#lock = new SharedLock(memory)
    this.#windows = new SiteWindows(memory, clock.nsPerTick)
    this.#drain = new ThreadDrain(memory, this.#spool, hasBudget ? this.#windows.observe : undefined)
    this.#stack = new CallStack(memory)
    this.#cpu = new CpuTime(osThread)
    this.budget = budget
    this.#lastBusyNs = this.#cpu.read()
    this.#isTold = this.#lastBusyNs !== undefined
    Atomics.compareExchange(memory.control, CONTROL.state, ThreadState.own, ThreadState.adopted)
  }

  get isFinished(): boolean {
    return Atomics.load(this.#memory.control, CONTROL.state) === ThreadState.finished
  }

  /** Whether it was terminated, where the system tells. */
  get isGone(): boolean {
    return this.#isTold && this.#lastBusyNs === undefined
  }

  /** Whether its probes compare ticks. */
  get needsTick(): boolean {
    return this.clock.id === 'tick' || this.#windows.hasChecked
  }

  /** Takes the chunks that are full. */
  takePublished(): void {
    this.#locked(() => {
      this.#drain.takePublished()
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
  }

  /** One window of the budget has passed. */
  decide(passedNs: Nanoseconds, atTicks: Ticks): void {
    const busyNs = this.#busyNs(passedNs)
    const sites = this.#windows.take()
    if (this.budget === undefined || sites.length === 0) return
    const moves = this.budget.decide({ busyNs, sites })
    for (const move of moves) this.#windows.setMode(move.site, move.isTimed ? CHECKED : TIMED)
    if (moves.length > 0) this.#report(moves, atTicks)
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
    const counts = countsOf(this.#memory)
    if (counts.length === 0) return
    this.#locked(() => {
      this.#attempt(() => {
        this.#spool.writeCounts(counts)
      })
    })
  }

  /** The thread has ended, or the process is about to, without a word from it. */
  abandon(): void {
    this.#lock.acquire()
    this.#drain.takeUpTo(this.#memory.control[CURSOR])
    this.#attempt(() => {
      this.#spool.writeRecords(this.#stack.openCalls())
    })
    this.#lock.release()
    this.writeCounts()
    this.close()
  }

  close(): void {
    this.#cpu.close()
    this.#spool.close()
  }

  #busyNs(passedNs: Nanoseconds): Nanoseconds {
    const busyNs = this.#cpu.read()
    const before = this.#lastBusyNs
    this.#lastBusyNs = busyNs
    return busyNs === undefined || before === undefined ? passedNs : busyNs - before
  }

  #report(moves: readonly Move[], atTicks: Ticks): void {
    this.#locked(() => {
      this.#attempt(() => {
        this.#spool.writeMoves(
          moves.map(({ site, isTimed, calls, totalNs, reason }) => ({
            site,
            to: isTimed ? 'checked' : 'timed',
            atTicks,
            calls,
            meanNs: totalNs / calls,
            reason,
          })),
        )
      })
    })
  }

  /** Not now is soon enough, when the thread itself is writing. */
  #locked(work: () => void): void {
    if (!this.#lock.tryAcquire()) return
    try {
      work()
    } finally {
      this.#lock.release()
    }
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
