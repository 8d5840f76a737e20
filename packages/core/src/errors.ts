/** What went wrong, for programs: stable across releases, unlike the message. */
export type TracerErrorCode = 'INVALID_OPTION' | 'NOT_A_TRACE' | 'SINK_FAILED'

/** The one error class of `@tracer/core`. The message names the operation, the values and the next step. */
export class TracerError extends Error {
  /** Stable across releases. */
  readonly code: TracerErrorCode

  constructor(code: TracerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TracerError'
    this.code = code
  }
}
