/** What went wrong, for programs and tests: stable, unlike the message. */
export type CliErrorCode =
  | 'WRONG_USAGE'
  | 'CLOCK_UNAVAILABLE'
  | 'TARGET_NOT_FOUND'
  | 'TARGET_NOT_STARTED'
  | 'OUTPUT_NOT_WRITABLE'
  | 'UNKNOWN_FORMAT'
  | 'SERIALIZER_NOT_USABLE'
  | 'NOT_A_TRACE'
  | 'NOT_A_SESSION'
  | 'FILE_NOT_READABLE'
  | 'NOT_INSTRUMENTED'
  | 'PORT_NOT_FREE'
  | 'PAGE_NOT_FOUND'
  | 'SAVE_FAILED'

/** Exit code for everything the person at the terminal can put right before running again. */
const EXIT_USAGE = 2
/** Exit code when the program ran well and its recording could not be saved. */
const EXIT_SAVE_FAILED = 1

/** The one error class of the command: a sentence for stderr, the next step, and the exit code. */
export class CliError extends Error {
  readonly code: CliErrorCode
  /** What to do now, as a sentence or a few lines. */
  readonly nextStep: string
  readonly exitCode: number

  constructor(code: CliErrorCode, message: string, nextStep: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.nextStep = nextStep
    this.exitCode = code === 'SAVE_FAILED' ? EXIT_SAVE_FAILED : EXIT_USAGE
  }
}

/** The `code` of a system error, such as `ENOENT`; undefined for any other thrown value. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
