import type { Clock } from './clock.js'
import { OpenSpans, type OpenSpan } from './open-spans.js'
import type { Recording } from './recording.js'
import type { Ticks } from './units.js'

/** A span that its caller ends: with `using`, or with `end`. */
export interface Span extends Disposable {
  /** Ends the span; only the first call counts. */
  end(): void
}

/** What a span is while nothing is recorded. */
export const NO_SPAN: Span = Object.freeze({
  end(): void {
    return
  },
  [Symbol.dispose](): void {
    return
  },
})

/** Takes the times of spans and decides, by how they nest, what each becomes in the recording. */
export class SpanRecorder {
  readonly #recording: Recording
  readonly #clock: Clock
  readonly #open = new OpenSpans()

  constructor(recording: Recording, clock: Clock) {
    this.#recording = recording
    this.#clock = clock
  }

  /** The spans that have begun and not ended. */
  get open(): OpenSpans {
    return this.#open
  }

  /** Hot: a span around a call; around what a promise stands for, when `fn` returns one. */
  call(name: string, fn: () => unknown, args: string | undefined): unknown {
    const span: OpenSpan = { name, args, start: this.#clock.now() }
    this.#open.open(span)
    // `finally`, because an exception that is caught and thrown again is reported from here.
    try {
      const result = fn()
      if (!(result instanceof Promise)) return result
      this.#open.detach(span)
      return this.#follow(result, span)
    } finally {
      this.#endCall(span)
    }
  }

  /** A span that is ended by its caller. */
  begin(name: string, args: string | undefined): Span {
    const span = new CallersSpan(this, name, args, this.#clock.now())
    this.#open.open(span)
    return span
  }

  /** Ends a span wherever it stands; nothing when it has ended. */
  end(span: OpenSpan): void {
    const now = this.#clock.now()
    const place = this.#open.close(span)
    if (place === 'nested') this.#recording.addSpan(span, now)
    if (place === 'detached') this.#recording.addAsyncSpan(span, now)
  }

  /** Ends all spans now and says that they did not end by themselves. */
  cutOff(): void {
    this.#recording.addUnfinished(this.#open, this.#clock.now())
    this.#open.clear()
  }

  #endCall(span: OpenSpan): void {
    const now = this.#clock.now()
    if (this.#open.closeCall(span)) this.#recording.addSpan(span, now)
  }

  #follow(promise: Promise<unknown>, span: OpenSpan): Promise<unknown> {
    return promise.then(
      (value) => {
        this.end(span)
        return value
      },
      // Thrown on, so that a rejection that nobody handles is still reported as such.
      (error: unknown) => {
        this.end(span)
        throw error
      },
    )
  }
}

class CallersSpan implements OpenSpan, Span {
  readonly name: string
  readonly args: string | undefined
  readonly start: Ticks
  readonly #recorder: SpanRecorder

  constructor(recorder: SpanRecorder, name: string, args: string | undefined, start: Ticks) {
    this.#recorder = recorder
    this.name = name
    this.args = args
    this.start = start
  }

  end(): void {
    this.#recorder.end(this)
  }

  [Symbol.dispose](): void {
    this.#recorder.end(this)
  }
}
