import { TracerError, omissions, type Trace, type TraceSerializer } from '@tracer/core'
import { gzipped } from './gzipped.js'
import { profilePieces } from './profile-pieces.js'

/** How {@link pprof} writes. */
export interface PprofOptions {
  /** Times as they were recorded; without it, what the probes cost is taken away, as in reports. */
  readonly raw?: boolean
}

/**
 * Profiles of pprof, gzipped as its tools want them: the calls of each path, and the time spent
 * there. It does not read them.
 *
 * @throws TracerError `INVALID_OPTION` for an option it does not have.
 */
export function pprof(options: PprofOptions = {}): TraceSerializer {
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'raw') throw new TracerError('INVALID_OPTION', `pprof() has no option "${name}". It has: raw.`)
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TracerError('INVALID_OPTION', `pprof() option "raw" is ${String(value)}. Give true or false.`)
    }
  }
  return {
    id: 'pprof',
    extensions: ['.pb.gz', '.pprof'],
    serialize: (trace) => gzipped(profilePieces(trace, options.raw === true)),
    omits: leftOut,
  }
}

function leftOut(trace: Trace): string[] {
  return ['when each call was', ...omissions(trace)]
}
