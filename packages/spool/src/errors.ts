/** The one error class of `@tracer/spool`. */
export class SpoolError extends Error {
  /** For programs: stable, unlike the message. */
  readonly code: 'NO_SESSION'

  constructor(code: 'NO_SESSION', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SpoolError'
    this.code = code
  }
}
