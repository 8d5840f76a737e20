import type { CliError } from './cli-error.js'
import type { Io } from './io.js'

/** Says what went wrong and what to do now. */
export function printError(error: CliError, io: Io): void {
  io.stderr.write(`tracer: ${error.message}\n${error.nextStep}\n`)
}
