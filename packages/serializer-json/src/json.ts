import { TracerError, type TraceSerializer } from '@tracer/core'
import { isTraceEventJson } from './detect.js'
import { readTrace } from './read-trace.js'
import { writeTrace } from './write-trace.js'

/** How {@link json} writes. */
export interface JsonOptions {
  /**
   * Whether slices and instants keep their arguments; true by default. speedscope takes calls with
   * different arguments for different functions: without them, it adds them up.
   */
  readonly args?: boolean
}

/**
 * Trace Event JSON, for Perfetto, Chrome, speedscope, the Firefox Profiler, and for programs that
 * read JSON. What it writes it reads back unchanged, to the nanosecond; it also reads VizTracer's
 * and Chrome's files.
 *
 * @throws TracerError `INVALID_OPTION` for an option it does not have.
 */
export function json(options: JsonOptions = {}): TraceSerializer {
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'args') throw new TracerError('INVALID_OPTION', `json() has no option "${name}". It has: args.`)
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TracerError('INVALID_OPTION', `json() option "args" is ${String(value)}. Give true or false.`)
    }
  }
  const withArgs = options.args ?? true
  return {
    id: 'json',
    extensions: ['.json'],
    serialize: (trace) => writeTrace(trace, withArgs),
    detect: isTraceEventJson,
    deserialize: readTrace,
  }
}
