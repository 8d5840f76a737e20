import { TracerError } from '@tracer/core'

/** The error for a file that this package cannot read; `cause` says what stands where. */
export function notATrace(cause: string): TracerError {
  const advice = 'Give a file of Perfetto packets, as Tracer, Perfetto and Chrome write it.'
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`)
}
