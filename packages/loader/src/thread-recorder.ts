import { ACTIVATION_MARKER, EventRing, type Clock, type RecordColumns, type SiteId, type Ticks } from '@tracer/core'
import { spoolFileName, SpoolWriter, SPOOL_VERSION, type NewModuleReport } from '@tracer/spool'
import { basename, join } from 'node:path'
import { isMainThread, threadId } from 'node:worker_threads'
import { CallStack } from './call-stack.js'
import { createProbes, type Probes } from './probes.js'
import { withOwnBuiltins } from './own-builtins.js'
import type { RecordOptions } from './record-options.js'

/**
 * Records one thread: its probes write to a ring, each full chunk of the ring goes to the
 * thread's spool. Nothing in here may throw into the program: when the disk fails, recording
 * goes on counting what is lost.
 */
export class ThreadRecorder {
  readonly probes: Probes
  readonly #closeAbove: (depth: number) => void
  /** Names the thread among all of the run. */
  readonly space: string
  readonly #clock: Clock
  readonly #ring: EventRing
  readonly #stack = new CallStack()
  readonly #spool: SpoolWriter | undefined
  readonly #filtered = new Map<string, number>()
  #lost = 0
  #lostFrom: Ticks = 0
  #isFinished = false

  constructor(folder: string, clock: Clock, options: RecordOptions) {
    this.space = `${process.pid}-${threadId}-${uniqueSuffix()}`
    this.#clock = clock
    this.#spool = openSpool(join(folder, spoolFileName(this.space)))
    this.#ring = new EventRing({
      capacity: 2 * CHUNK_LENGTH,
      chunkLength: CHUNK_LENGTH,
      onFull: { kind: 'drain', drain: (records) => withOwnBuiltins(() => this.#drain(records)) },
    })
    const threadProbes = createProbes(this.#ring, this.#stack, clock, {
      maxDepth: options.maxDepth ?? Infinity,
      minDuration: (options.minDurationNs ?? 0) / clock.nsPerTick,
    })
    this.probes = threadProbes.probes
    this.#closeAbove = threadProbes.closeAbove
    this.#attempt(() => {
      this.#spool?.writeThread({
        version: SPOOL_VERSION,
        pid: process.pid,
        threadId,
        threadName: isMainThread ? 'main' : `worker ${threadId}`,
        processName: basename(process.argv[1] ?? process.execPath),
        commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
        clock: {
          id: clock.id,
          nsPerTick: clock.nsPerTick,
          originNs: clock.originNs,
          originEpochMs: clock.originEpochMs,
        },
      })
    })
  }

  /** Filtered modules, of which there are thousands, are counted and written at the end. */
  reportModule(report: NewModuleReport): void {
    if (report.outcome === 'filtered') {
      this.#filtered.set(report.reason, (this.#filtered.get(report.reason) ?? 0) + report.count)
      return
    }
    this.#attempt(() => this.#spool?.writeModule(report))
  }

  /** Number of open calls. */
  get depth(): number {
    return this.#stack.depth
  }

  /** Ends the open calls beyond the first `depth`. */
  closeAbove(depth: number): void {
    this.#closeAbove(depth)
  }

  /** Writes what the ring holds; recording goes on. */
  flush(): void {
    this.#ring.flush()
  }

  /**
   * The thread is about to end: writes everything, open calls too. What `exit` listeners of the
   * program still do is recorded and written by {@link flush} at once.
   */
  finish(): void {
    withOwnBuiltins(() => this.#finish())
  }

  #finish(): void {
    this.#ring.flush()
    if (this.#isFinished) return
    this.#isFinished = true
    const open = this.#stack.openCalls()
    this.#attempt(() => {
      if (open.length > 0) this.#spool?.writeRecords(open)
      for (const [reason, count] of this.#filtered) this.#spool?.writeModule({ outcome: 'filtered', reason, count })
      const lost = this.#lost + this.#ring.dropped
      this.#spool?.writeEnd({ lost, lostFrom: this.#lostFrom, overheadNs: this.#calibrate() })
    })
  }

  /**
   * Cost of one probe pair: the fastest of several batches, at the end, on the probes that the
   * program has used, so that they are as warm as it made them. Leaves the ring empty.
   */
  #calibrate(): number {
    const { enter, exit } = this.probes
    const clock = this.#clock
    let fastest = Infinity
    for (let batch = 0; batch < CALIBRATION_BATCHES; batch++) {
      const before = clock.now()
      for (let call = 0; call < CALIBRATION_CALLS; call++) exit(CALIBRATION_SITE, enter(CALIBRATION_SITE))
      fastest = Math.min(fastest, clock.now() - before)
      this.#ring.clear()
    }
    return (fastest * clock.nsPerTick) / CALIBRATION_CALLS
  }

  #drain(records: RecordColumns): void {
    const isWritten = this.#attempt(() => this.#spool?.writeRecords(records))
    if (!isWritten) this.#countLost(records)
  }

  #countLost({ length, site, start }: RecordColumns): void {
    for (let i = 0; i < length; i++) {
      if (site[i] === ACTIVATION_MARKER) continue
      if (this.#lost === 0) this.#lostFrom = start[i]
      this.#lost++
    }
  }

  #attempt(write: () => void): boolean {
    if (this.#spool === undefined) return false
    try {
      write()
      return true
    } catch {
      return false
    }
  }
}

/** 12 batches of 1,000 pairs take 1 ms with optimised probes; a batch fits into one chunk. */
const CALIBRATION_BATCHES = 12
const CALIBRATION_CALLS = 1000
// Never leaves the ring.
const CALIBRATION_SITE = 1 as SiteId

/** 320 KB of records a write; a second chunk takes over when the first is full where there is no stack to write it. */
const CHUNK_LENGTH = 16_384

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
