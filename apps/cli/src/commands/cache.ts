import { bytes, counted } from '@tracer/text-format'
import { CliError } from '../cli-error.js'
import type { Io, Outcome } from '../io.js'

/**
 * `tracer cache clear`: removes the instrumented texts that are kept for later runs.
 * @throws CliError with code `WRONG_USAGE`.
 */
export async function clearTransformCache(action: string, io: Io): Promise<Outcome> {
  if (action !== 'clear') {
    throw new CliError('WRONG_USAGE', `'tracer cache' cannot '${action}'.`, 'Usage: tracer cache clear')
  }
  const { clearCache } = await import('@tracer/loader')
  const removed = clearCache(io.env)
  io.stdout.write(`Removed ${counted(removed.files, 'file')} (${bytes(removed.bytes)}).\n`)
  return { exitCode: 0 }
}
