/** What went wrong, for programs. */
export type LoaderErrorCode = 'INVALID_OPTIONS'

/** The one error class of `@tracer/loader`. */
export class LoaderError extends Error {
  /** For programs: stable, unlike the message. */
  readonly code: LoaderErrorCode

  constructor(code: LoaderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LoaderError'
    this.code = code
  }
}
