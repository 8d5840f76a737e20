import { TracerError } from '@tracer/core'

/** The error for a file that this package cannot read; `cause` says what stands where. */
export function notATrace(cause: string, options?: ErrorOptions): TracerError {
  const advice = 'Give a Trace Event JSON file, as Tracer, VizTracer and Chrome write it.'
  return new TracerError('NOT_A_TRACE', `Cannot read the trace: ${cause}. ${advice}`, options)
}
