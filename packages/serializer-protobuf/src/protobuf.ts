import { TracerError, type Trace, type TraceSerializer } from '@tracer/core'
import { isPacketStream } from './detect.js'
import { partOfFile } from './part-of-file.js'
import { readTrace } from './read-trace.js'
import { writeTrace } from './write-trace.js'

/** How {@link protobuf} writes. */
export interface ProtobufOptions {
  /** Whether slices and instants keep their arguments; true by default. */
  readonly args?: boolean
}

/**
 * Perfetto's packet stream, for Perfetto's own viewer and its trace processor.
 *
 * @throws TracerError `INVALID_OPTION` for an option it does not have.
 */
export function protobuf(options: ProtobufOptions = {}): TraceSerializer {
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'args') throw new TracerError('INVALID_OPTION', `protobuf() has no option "${name}". It has: args.`)
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TracerError('INVALID_OPTION', `protobuf() option "args" is ${String(value)}. Give true or false.`)
    }
  }
  const withArgs = options.args ?? true
  return {
    id: 'protobuf',
    extensions: ['.pftrace', '.perfetto-trace'],
    serialize: (trace) => writeTrace(trace, withArgs),
    omits: (trace) => (withArgs ? [] : omittedArgs(trace)),
    detect: isPacketStream,
    deserialize: readTrace,
    partOf: partOfFile,
  }
}

function omittedArgs(trace: Trace): string[] {
  let count = 0
  for (const track of trace.tracks) {
    if (track.kind !== 'counter') count += track.slices.args.size
    if (track.kind === 'thread') count += track.instants.args.size
  }
  return count === 0 ? [] : [`arguments of ${count.toLocaleString('en-US')} slices and instants`]
}
