import { TracerError, type TraceSerializer } from '@tracer/core'
import { isTraceEventJson } from './detect.js'
import { FLAVOR_NAMES, isFlavor, omissions, rulesOf, type JsonFlavor } from './flavors.js'
import { partOfFile } from './part-of-file.js'
import { readTrace } from './read-trace.js'
import { writeTrace } from './write-trace.js'

/** How {@link json} writes. */
export interface JsonOptions {
  /**
   * Whether slices and instants keep their arguments; true by default. speedscope takes calls with
   * different arguments for different functions: without them, it adds them up.
   */
  readonly args?: boolean
  /** The program that the file is for, where it can do better by one than by all. */
  readonly flavor?: JsonFlavor
}

/**
 * Trace Event JSON, for Perfetto, Chrome, speedscope, the Firefox Profiler, and for programs that
 * read JSON. What it writes it reads back unchanged, to the nanosecond; it also reads VizTracer's
 * and Chrome's files.
 *
 * @throws TracerError `INVALID_OPTION` for an option it does not have.
 */
export function json(options: JsonOptions = {}): TraceSerializer {
  for (const [name, value] of Object.entries(options)) check(name, value)
  const rules = rulesOf(options.flavor, options.args)
  return {
    id: 'json',
    extensions: ['.json'],
    serialize: (trace) => writeTrace(trace, rules),
    omits: (trace) => omissions(trace, rules),
    detect: isTraceEventJson,
    deserialize: readTrace,
    partOf: partOfFile,
  }
}

function check(name: string, value: unknown): void {
  if (name !== 'args' && name !== 'flavor') {
    throw new TracerError('INVALID_OPTION', `json() has no option "${name}". It has: args, flavor.`)
  }
  if (value === undefined || (name === 'args' ? typeof value === 'boolean' : isFlavor(value))) return
  const expected = name === 'args' ? 'true or false' : FLAVOR_NAMES.join(', ')
  const given = typeof value === 'string' ? value : JSON.stringify(value)
  throw new TracerError('INVALID_OPTION', `json() option "${name}" is ${given}. Give ${expected}.`)
}
