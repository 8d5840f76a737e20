import { portableClock, type Clock, type Ticks } from '@tracer/core'
import { spoolFileName, SpoolWriter, SPOOL_VERSION, type CollectionSource, type NewModuleReport } from '@tracer/spool'
import { join } from 'node:path'
import { isMainThread, threadId } from 'node:worker_threads'
import { calibrate, type ProbeCosts } from './calibration.js'
import { CallStack } from './call-stack.js'
import { Causes, type Execution, type ResourceHooks } from './causes.js'
import { isDrifting } from './clock-choice.js'
import { CollectionDrain } from './collection-drain.js'
import { collectionSource } from './collection-watch.js'
import { CpuTime, osThread } from './cpu-time.js'
import { EventDrain } from './event-drain.js'
import { EventLog } from './event-log.js'
import { LoopWatch } from './loop-watch.js'
import { createProbes, type Probes } from './probes.js'
import type { ProcessFacts } from './process-facts.js'
import type { RecorderLink } from './recorder-link.js'
import { isStopped, switchRecording } from './recording-switch.js'
import { RecordRing } from './record-ring.js'
import type { Registration } from './registration.js'
import { SharedLock } from './shared-lock.js'
import { ThreadDrain } from './thread-drain.js'
import { CONTROL, CURSOR, ThreadState, type ThreadMemory } from './thread-memory.js'
import { writeUnrecorded } from './unrecorded-counts.js'

// Taken now: a traced program may put another in its place.
const { load } = Atomics

/** How a thread is recorded. */
export interface ThreadRecorderOptions {
  readonly maxDepth: number
  readonly minDurationNs: number
  /** Whether the thread writes for itself rather than drop a record. */
  readonly isExact: boolean
  readonly budgetPercent: number | undefined
  /** Says what Node.js calls back for at present, where it is to be recorded what set slices going. */
  readonly execution?: Execution | undefined
  /** Whether garbage collections are recorded; with the file of the native clock, which tells of them, where there is one. */
  readonly collections?: { readonly nativeAddon: string | undefined } | undefined
  /** What a person would call the process. */
  readonly processName: string
  /** What the program calls the thread. */
  readonly threadName?: string
  /** How the one that started this process knows it; undefined when nobody did, and on other threads. */
  readonly spawn?: { readonly key: string; readonly isDetached: boolean } | undefined
  /** Does work while what the program has put in place of built-ins is put away. */
  readonly undisturbed: <Result>(work: () => Result) => Result
}

/**
 * Records one thread: its probes write to a ring, which the recorder of the process takes to the
 * thread's spool; as long as there is none, the thread does so itself. Nothing in here may throw
 * into the program: when the disk fails, recording goes on counting what is lost.
 */
export class ThreadRecorder {
  readonly probes: Probes
  /** What the thread tells besides its calls. */
  readonly events: EventLog
  /** Has to be told of resources, where it is recorded what set slices going. */
  readonly resources: ResourceHooks | undefined
  /** Names the thread among all of the run. */
  readonly space = `${process.pid}-${threadId}-${uniqueSuffix()}`
  readonly #closeAbove: (depth: number) => void
  readonly #memory: ThreadMemory
  readonly #clock: Clock
  readonly #options: ThreadRecorderOptions
  readonly #facts: ProcessFacts
  readonly #ring: RecordRing
  readonly #stack: CallStack
  readonly #loop: LoopWatch
  readonly #lock: SharedLock
  readonly #drain: ThreadDrain
  readonly #eventDrain: EventDrain
  readonly #collectionDrain: CollectionDrain
  readonly #collections: CollectionSource | undefined
  readonly #spoolPath: string
  readonly #spool: SpoolWriter | undefined
  readonly #filtered = new Map<string, number>()
  #link: RecorderLink | undefined
  #isFinished = false

  constructor(folder: string, clock: Clock, memory: ThreadMemory, facts: ProcessFacts, options: ThreadRecorderOptions) {
    this.#memory = memory
    this.#clock = clock
    this.#options = options
    this.#facts = facts
    this.#spoolPath = join(folder, spoolFileName(this.space))
    this.#spool = openSpool(this.#spoolPath)
    this.#stack = new CallStack(memory)
    this.#lock = new SharedLock(memory)
    this.#drain = new ThreadDrain(memory, this.#spool)
    this.#eventDrain = new EventDrain(memory, this.#spool)
    this.#collectionDrain = new CollectionDrain(memory, this.#spool)
    const { collections } = options
    this.#collections = collections && collectionSource(memory, clock, collections.nativeAddon)
    this.events = new EventLog(memory, clock.now, {
      onHalfFull: () => {
        this.#onHalfFull()
      },
      onFull: () => {
        if (!this.#isAdopted || this.#options.isExact) this.#takeEvents()
      },
      take: () => {
        this.#takeEvents()
      },
    })
    this.#ring = new RecordRing(memory, {
      onPublished: () => {
        this.#onPublished()
      },
      onFull: (duration) => this.#onFull(duration),
    })
    this.#loop = new LoopWatch(this.events, clock.nsPerTick)
    const { maxDepth, minDurationNs } = options
    const limits = { maxDepth, minDuration: minDurationNs / clock.nsPerTick }
    const { execution } = options
    const causes = execution && new Causes(memory, clock.now, this.events, execution)
    this.resources = causes
    const { probes, closeAbove } = createProbes(this.#ring, memory, clock, limits, facts, this.#loop, causes)
    this.probes = probes
    this.#closeAbove = closeAbove
    this.#write((spool) => {
      spool.writeThread(this.#header())
    })
  }

  /** What the recorder has to know of the thread. */
  get registration(): Registration {
    const { id, nsPerTick, originNs, originEpochMs } = this.#clock
    return {
      memory: this.#memory,
      spool: this.#spoolPath,
      clock: { id, nsPerTick, originNs, originEpochMs },
      osThread: osThread(),
      leavesOut: this.#options.maxDepth < Infinity || this.#options.minDurationNs > 0,
    }
  }

  /** From now on the recorder may take the records. */
  leaveTo(link: RecorderLink): void {
    this.#link = link
    this.#agreeWith(link)
  }

  /** Whether calls are recorded at present. */
  get isRecording(): boolean {
    return !isStopped(this.#memory)
  }

  /** Starts or stops recording on all threads of the process; false when there is nobody to tell them. */
  want(wanted: 'started' | 'stopped'): boolean {
    const link = this.#link
    if (link === undefined) return false
    this.#options.undisturbed(() => {
      link.want(wanted, () => {
        this.#agreeWith(link)
      })
    })
    return true
  }

  #agreeWith(link: RecorderLink): void {
    this.#lock.acquire()
    const change = switchRecording(this.#memory, link.wanted, () => this.#clock.now())
    this.#attempt((spool) => {
      if (change !== undefined) spool.writeSwitches([change])
    })
    this.#lock.release()
  }

  /** Filtered modules, of which there are thousands, are counted and written at the end. */
  reportModule(report: NewModuleReport): void {
    if (report.outcome === 'filtered') {
      this.#filtered.set(report.reason, (this.#filtered.get(report.reason) ?? 0) + report.count)
      return
    }
    this.#write((spool) => {
      spool.writeModule(report)
    })
  }

  /** Number of open calls. */
  get depth(): number {
    return this.#stack.depth
  }

  /** Ends the open calls beyond the first `depth`. */
  closeAbove(depth: number): void {
    this.#closeAbove(depth)
  }

  /**
   * The thread is about to end: writes everything, open calls too. What `exit` listeners of the
   * program still do is recorded and written when this is called again. `exitCode` is that of the process, where
   * it is known.
   */
  finish(exitCode?: unknown): void {
    this.#options.undisturbed(() => {
      this.#finish(exitCode)
    })
  }

  #finish(exitCode: unknown): void {
    const isFirst = !this.#isFinished
    this.#isFinished = true
    const costs = isFirst ? this.#costs() : undefined
    this.#loop.finish(this.#stack.outermostStart)
    this.#lock.acquire()
    Atomics.store(this.#memory.control, CONTROL.state, ThreadState.finished)
    this.#drain.takeUpTo(this.#memory.control[CURSOR])
    this.#eventDrain.take()
    this.#collectionDrain.take()
    this.#attempt((spool) => {
      if (isFirst) spool.writeRecords(this.#stack.openCalls())
    })
    this.#attempt((spool) => {
      for (const [reason, count] of this.#filtered) spool.writeModule({ outcome: 'filtered', reason, count })
      this.#filtered.clear()
    })
    this.#attempt((spool) => {
      if (isDrifting(this.#clock)) spool.writeClock([this.#clock.samplePair()])
    })
    this.#attempt((spool) => {
      writeUnrecorded(this.#memory, spool)
    })
    this.#attempt((spool) => {
      const dropped = [
        ...this.#ring.takeDropped(),
        ...this.#drain.takeLost(),
        ...this.#eventDrain.takeLost(),
        ...this.#collectionDrain.takeLost(),
      ]
      if (dropped.length > 0) spool.writeDrops(dropped)
    })
    this.#attempt((spool) => {
      if (isFirst && !this.isRecording) spool.writeSwitches([{ to: 'ended', atTicks: this.#clock.now() }])
    })
    this.#attempt((spool) => {
      if (costs === undefined) return
      const { tickPeriodNs, latestTickNs } = this.#facts
      const cpuNs = new CpuTime(osThread()).read()
      spool.writeEnd({
        overheadNs: costs.timedNs,
        overheadInsideNs: costs.insideNs,
        checkNs: costs.checkedNs,
        tickNs: tickPeriodNs,
        latestTickNs,
        ...(cpuNs === undefined ? {} : { cpuNs }),
        ...(isMainThread && exitCode !== undefined && { exitCode: Number(exitCode) }),
      })
    })
    this.#lock.release()
    if (isFirst && isMainThread) this.#link?.stop()
  }

  /** Of so few records that nobody could see the difference, they are not worth the milliseconds of measuring. */
  #costs(): ProbeCosts {
    if (this.#facts.costs !== undefined) return this.#facts.costs
    const isShort = this.#memory.control[CURSOR] < SHORT_RUN_RECORDS
    return isShort ? NO_COSTS : calibrate(timeOf(this.#clock), this.#clock.id, FEW_BATCHES)
  }

  /** Hot by the chunk, and so with nothing that the program may have replaced: to put that away takes longer than all the rest. */
  #onPublished(): void {
    if (!this.#isAdopted) this.#takePublished()
    else if (this.#ring.isHalfFull) this.#link?.wake()
  }

  /** Without a wait for records of short calls: those are only counted then. Long ones are always recorded. */
  #onFull(duration: Ticks): boolean {
    const isLong = duration * this.#clock.nsPerTick >= 2 * this.#facts.tickPeriodNs
    if (this.#isAdopted && !this.#options.isExact && !isLong) return false
    this.#takePublished()
    return true
  }

  #onHalfFull(): void {
    if (this.#isAdopted) this.#link?.wake()
    else this.#takeEvents()
  }

  #takePublished(): void {
    this.#take(() => {
      this.#drain.takePublished()
    })
  }

  #takeEvents(): void {
    this.#take(() => {
      this.#eventDrain.take()
    })
  }

  #take(take: () => void): void {
    this.#options.undisturbed(() => {
      this.#lock.acquire()
      try {
        take()
      } finally {
        this.#lock.release()
      }
    })
  }

  get #isAdopted(): boolean {
    return load(this.#memory.control, CONTROL.state) === ThreadState.adopted
  }

  #write(write: (spool: SpoolWriter) => void): void {
    this.#lock.acquire()
    this.#attempt(write)
    this.#lock.release()
  }

  #attempt(write: (spool: SpoolWriter) => void): void {
    try {
      if (this.#spool !== undefined) write(this.#spool)
    } catch {
      // A disk that fails is the recorder's misfortune, not the program's.
    }
  }

  #header(): Parameters<SpoolWriter['writeThread']>[0] {
    const { id, nsPerTick, originNs, originEpochMs } = this.#clock
    const {
      budgetPercent,
      spawn,
      processName,
      threadName = isMainThread ? 'main' : `worker ${threadId}`,
    } = this.#options
    return {
      version: SPOOL_VERSION,
      pid: process.pid,
      threadId,
      threadName,
      processName,
      commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      clock: { id, nsPerTick, originNs, originEpochMs },
      ...(spawn !== undefined && { spawnKey: spawn.key, ...(spawn.isDetached && { isDetached: true }) }),
      ...(budgetPercent === undefined ? {} : { budgetPercent }),
      ...(this.#collections !== undefined && { collections: this.#collections }),
    }
  }
}

const SHORT_RUN_RECORDS = 100

/** Zeros: unknown. */
const NO_COSTS: ProbeCosts = { timedNs: 0, insideNs: 0, checkedNs: 0 }

/** As many as a short program can wait for: a millisecond. */
const FEW_BATCHES = 4

/** What can be measured by: the tick stands still. */
function timeOf(clock: Clock): Clock {
  return clock.id === 'tick' ? portableClock() : clock
}

function openSpool(path: string): SpoolWriter | undefined {
  try {
    return new SpoolWriter(path)
  } catch {
    return undefined
  }
}

/** Process ids are used again; a session is not so large that this number is. */
function uniqueSuffix(): string {
  return process.hrtime.bigint().toString(36)
}
