import type { Clock } from './clock.js'
import type { EventFilter, TraceSerializer, TraceSink } from './contracts.js'
import { filterTrace } from './filter-trace.js'
import { jsonArgs } from './json-args.js'
import { PORTABLE_PLATFORM, type Platform } from './platform.js'
import { recordingTrace } from './recording-trace.js'
import { Recording } from './recording.js'
import { saveTrace } from './save-trace.js'
import { NO_SPAN, SpanRecorder, type Span } from './span-recorder.js'
import { tracerSettings, type TracerOptions } from './tracer-options.js'
import type { Trace } from './trace.js'
import type { Ticks } from './units.js'

/**
 * Records spans, instants and counters of one thread in memory, to be read as a {@link Trace}.
 *
 * Methods of the life cycle may be called in any state and do nothing when there is nothing to do.
 * While it is not recording, the others return at once. An event never changes the program: what
 * functions return and throw passes through, and arguments are read without running their getters.
 */
export class Tracer {
  /** What the runtime tells; a subclass may know more. */
  protected readonly platform: Platform = PORTABLE_PLATFORM
  readonly #clock: Clock
  readonly #name: string
  readonly #recording: Recording
  readonly #spans: SpanRecorder
  #state: TracerState = 'idle'
  #isRecording = false
  /** When the first record since the last clear could have been written. */
  #since: Ticks | undefined

  /** @throws TracerError with code `INVALID_OPTION` for an unknown option or a value that it cannot have. */
  constructor(options: TracerOptions = {}) {
    const { capacity, overflow, clock, name } = tracerSettings(options)
    this.#clock = clock
    this.#name = name
    this.#recording = new Recording(capacity, { kind: overflow })
    this.#spans = new SpanRecorder(this.#recording, clock)
  }

  /** Whether events are recorded; `paused` differs from `idle` in that open spans are still waited for. */
  get state(): TracerState {
    return this.#state
  }

  /** Records lost since the last clear because the tracer was full; exact. */
  get dropped(): number {
    return this.#recording.dropped
  }

  /** Begins to record, after what is recorded already. */
  start(): void {
    this.#since ??= this.#clock.now()
    this.#setState('recording')
  }

  /** Ends recording; spans that are open end here, marked as unfinished. What was recorded stays until `clear`. */
  stop(): void {
    this.#spans.cutOff()
    this.#setState('idle')
  }

  /** Records no event that begins from now on; open spans are recorded when they end. */
  pause(): void {
    if (this.#state === 'recording') this.#setState('paused')
  }

  /** Goes on after `pause`. */
  resume(): void {
    if (this.#state === 'paused') this.#setState('recording')
  }

  /** Forgets what was recorded, in any state; spans that are open are still recorded when they end. */
  clear(): void {
    this.#recording.clear()
    this.#since = this.#state === 'idle' ? undefined : this.#clock.now()
  }

  /**
   * Calls `fn`, returns what it returns and records a slice, also when it throws. When it returns a
   * promise, the slice lasts until that settles and may overlap others; what comes back then is a
   * promise with the same outcome. `args` are kept as they are now.
   */
  span<Result>(name: string, fn: () => Result, args?: object): Result
  /**
   * Begins a slice that lasts until it is disposed of, by `using _ = tracer.span(…)` or by `end()`.
   * One that ends before a span that began inside it is recorded as asynchronous.
   */
  span(name: string, args?: object): Span
  span(name: string, fnOrArgs?: (() => unknown) | object, args?: object): unknown {
    if (isFunction(fnOrArgs)) {
      return this.#isRecording ? this.#spans.call(name, fnOrArgs, this.#json(args)) : fnOrArgs()
    }
    return this.#isRecording ? this.#spans.begin(name, this.#json(fnOrArgs)) : NO_SPAN
  }

  /** Records a moment. */
  instant(name: string, args?: object): void {
    if (!this.#isRecording) return
    this.#recording.addInstant(name, this.#clock.now(), this.#json(args))
  }

  /** Records the values of one or more series at one moment; values that are no finite numbers are left out. */
  counter(name: string, values: Readonly<Record<string, number>>): void {
    if (!this.#isRecording) return
    const now = this.#clock.now()
    for (const series of Object.keys(values)) {
      const value: unknown = Object.getOwnPropertyDescriptor(values, series)?.value
      if (typeof value === 'number' && Number.isFinite(value)) {
        this.#recording.addSample(name, series, now, value)
      }
    }
  }

  /**
   * What is recorded so far, as an immutable copy; spans that are open end now, marked as unfinished.
   * May be called in any state.
   */
  snapshot(options: SnapshotOptions = {}): Trace {
    const now = this.#clock.now()
    const { process, thread } = this.platform.origin()
    const trace = recordingTrace(this.#recording.read(), {
      clock: this.#clock,
      process: { ...process, name: this.#name || process.name },
      thread,
      since: this.#since ?? now,
      now,
      open: this.#spans.open,
    })
    return options.filter === undefined ? trace : filterTrace(trace, options.filter)
  }

  /**
   * Writes a snapshot of this moment to `sink` and closes it.
   *
   * @throws TracerError with code `SINK_FAILED`; errors of the serializer pass through.
   */
  async save(sink: TraceSink, serializer: TraceSerializer): Promise<void> {
    await saveTrace(this.snapshot(), sink, serializer)
  }

  #json(args: object | undefined): string | undefined {
    return args === undefined ? undefined : jsonArgs(args, this.platform.isProxy)
  }

  #setState(state: TracerState): void {
    this.#state = state
    this.#isRecording = state === 'recording'
  }
}

/** Where a {@link Tracer} stands. */
export type TracerState = 'idle' | 'recording' | 'paused'

/** What of a recording a snapshot shows. */
export interface SnapshotOptions {
  /** Slices stay that all of these keep. */
  readonly filter?: EventFilter | readonly EventFilter[]
}

function isFunction(value: unknown): value is () => unknown {
  return typeof value === 'function'
}
