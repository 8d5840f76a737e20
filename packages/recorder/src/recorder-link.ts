import { BroadcastChannel, getEnvironmentData, setEnvironmentData, Worker } from 'node:worker_threads'
import { EndingSignals } from './ending-signals.js'
import { ProcessFacts } from './process-facts.js'
import type { RecorderThreadData } from './recorder-loop.js'
import { channelName, type Registration } from './registration.js'

// Taken now: a traced program may put others in their place, and so do those who record what it does with them.
const { add, notify, wait } = Atomics
const OwnWorker = Worker
const OwnChannel = BroadcastChannel

/** How a thread talks to the recorder of its process. */
export class RecorderLink {
  readonly facts: ProcessFacts
  readonly endings: EndingSignals
  readonly #shared: SharedWithThreads

  private constructor(shared: SharedWithThreads) {
    this.#shared = shared
    this.facts = new ProcessFacts(shared.facts)
    this.endings = new EndingSignals(shared.endings)
  }

  /** For the main thread of a process, which also starts the recorder. */
  static create(isStopped = false): RecorderLink {
    const shared: SharedWithThreads = {
      signals: new Int32Array(new SharedArrayBuffer(SIGNAL_CELLS * Int32Array.BYTES_PER_ELEMENT)),
      facts: new ProcessFacts().shared,
      endings: new EndingSignals().shared,
    }
    if (isStopped) shared.signals[SIGNAL.switches] = 1
    setEnvironmentData(ENVIRONMENT_KEY, shared)
    return new RecorderLink(shared)
  }

  /** That of the main thread, for the others; undefined when there is none. */
  static find(): RecorderLink | undefined {
    const shared = getEnvironmentData(ENVIRONMENT_KEY) as SharedWithThreads | undefined
    return shared === undefined ? undefined : new RecorderLink(shared)
  }

  /** Starts the recorder's thread, which runs `script`. The program runs on without it when that fails. */
  start(script: string, data: NewRecorderThread): Worker | undefined {
    Atomics.store(this.#shared.signals, SIGNAL.started, 1)
    try {
      // Neither the preloads of the program, nor its output streams, which would be opened for it.
      const options = { env: {}, execArgv: [], stdout: true, stderr: true, workerData: { ...data, ...this.#shared } }
      const worker = withoutNextTicks(() => new OwnWorker(script, options))
      worker.unref()
      worker.on('error', () => undefined)
      return worker
    } catch {
      // There is nobody to wait for.
      Atomics.store(this.#shared.signals, SIGNAL.listens, 1)
      return undefined
    }
  }

  /** Introduces a thread other than the main one, once the recorder listens: what is said before is heard by nobody. */
  register(registration: Registration): void {
    const { signals } = this.#shared
    // Without a recorder the thread writes for itself.
    if (Atomics.load(signals, SIGNAL.started) === 0) return
    wait(signals, SIGNAL.listens, 0, FIRST_WORDS_MS)
    add(signals, SIGNAL.introduced, 1)
    const channel = new OwnChannel(channelName(process.pid))
    channel.postMessage(registration)
    channel.close()
    this.wake()
  }

  /** What is wanted of all threads. */
  get wanted(): 'started' | 'stopped' {
    return wantedBy(this.#shared.signals)
  }

  /** Wants it of all threads, and waits until the recorder has told the others. */
  want(wanted: 'started' | 'stopped', switchOwn: () => void): void {
    const { signals } = this.#shared
    const seen = Atomics.load(signals, SIGNAL.switches)
    if (this.wanted !== wanted) Atomics.compareExchange(signals, SIGNAL.switches, seen, seen + 1)
    switchOwn()
    if (Atomics.load(signals, SIGNAL.otherThreads) === 0) return
    this.wake()
    for (let waitedMs = 0; waitedMs < SWITCH_MS; waitedMs += SWITCH_STEP_MS) {
      const told = Atomics.load(signals, SIGNAL.told)
      if (told >= Atomics.load(signals, SIGNAL.switches)) return
      wait(signals, SIGNAL.told, told, SWITCH_STEP_MS)
    }
  }

  /** There is something to do. */
  wake(): void {
    add(this.#shared.signals, SIGNAL.wake, 1)
    notify(this.#shared.signals, SIGNAL.wake)
  }

  /** Whether there are other threads, those included of which the recorder has yet to hear. */
  get #hasOthers(): boolean {
    const { signals } = this.#shared
    if (Atomics.load(signals, SIGNAL.introduced) !== Atomics.load(signals, SIGNAL.heard)) return true
    return Atomics.load(signals, SIGNAL.otherThreads) > 0
  }

  /** The process ends: waits, for a moment at most, until the threads that never said so are on disk. */
  stop(): void {
    Atomics.store(this.#shared.signals, SIGNAL.stop, 1)
    this.wake()
    if (!this.#hasOthers) return
    wait(this.#shared.signals, SIGNAL.stopped, 0, LAST_WORDS_MS)
  }
}

/** Whether recording is wanted, by the cells of {@link SIGNAL}. */
export function wantedBy(signals: Int32Array): 'started' | 'stopped' {
  return (Atomics.load(signals, SIGNAL.switches) & 1) === 1 ? 'stopped' : 'started'
}

/**
 * Node.js announces a new worker to the process with the next tick, where the program would see
 * it, also in a replaced `process.nextTick`. Nothing else of a worker waits for that.
 */
function withoutNextTicks<Result>(work: () => Result): Result {
  const own = Object.getOwnPropertyDescriptor(process, 'nextTick')
  if (own?.configurable !== true) return work()
  Object.defineProperty(process, 'nextTick', { ...HIDDEN, value: () => undefined })
  try {
    return work()
  } finally {
    Object.defineProperty(process, 'nextTick', own)
  }
}

const HIDDEN = { configurable: true, enumerable: true, writable: true }

/** What the recorder's thread is told by the main one. */
export type NewRecorderThread = Omit<RecorderThreadData, keyof SharedWithThreads>

/** What all threads of a process see of the recorder. */
export interface SharedWithThreads {
  /** Cells of {@link SIGNAL}. */
  readonly signals: Int32Array
  readonly facts: Float64Array
  /** Of {@link EndingSignals}. */
  readonly endings: Int32Array
}

export const SIGNAL = {
  /** Counts up. */
  wake: 0,
  /** 1 when the process ends. */
  stop: 1,
  /** 1 when the recorder has ended. */
  stopped: 2,
  /** Threads that the recorder tracks besides the main one. */
  otherThreads: 3,
  /** 1 when the recorder hears threads that introduce themselves. */
  listens: 4,
  /** 1 when there is a recorder, or will be. */
  started: 5,
  /** How often recording was stopped or started: odd while it is stopped. */
  switches: 6,
  /** How many of these the recorder has told all threads. */
  told: 7,
  /** How many threads have introduced themselves, and how many of these the recorder has heard. */
  introduced: 8,
  heard: 9,
} as const

const SIGNAL_CELLS = 10
/** A recorder that starts at the same time as the thread is ready long before. */
const FIRST_WORDS_MS = 1000
const LAST_WORDS_MS = 1000
/** So long a thread waits for the others to stop or start. */
const SWITCH_MS = 500
const SWITCH_STEP_MS = 20
const ENVIRONMENT_KEY = '@tracer/recorder'
