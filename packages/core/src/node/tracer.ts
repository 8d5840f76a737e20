import { fileURLToPath } from 'node:url'
import type { TraceSerializer, TraceSink } from '../contracts.js'
import type { TracerOptions } from '../tracer-options.js'
import { Tracer as PortableTracer } from '../tracer.js'
import { fileSink } from './file-sink.js'
import { monotonicClock } from './monotonic-clock.js'
import { NODE_PLATFORM } from './platform.js'

/**
 * The tracer for Node: it saves to files, knows its process and thread, leaves proxies alone, and
 * by default takes its times from {@link monotonicClock}.
 */
export class Tracer extends PortableTracer {
  protected override readonly platform = NODE_PLATFORM

  constructor(options: TracerOptions = {}) {
    super({ clock: monotonicClock(), ...options })
  }

  /**
   * Writes a snapshot of this moment to a file, or to any sink.
   *
   * @throws TracerError with code `SINK_FAILED`; errors of the serializer pass through.
   */
  override async save(target: string | URL | TraceSink, serializer: TraceSerializer): Promise<void> {
    await super.save(toSink(target), serializer)
  }
}

function toSink(target: string | URL | TraceSink): TraceSink {
  if (typeof target === 'string') return fileSink(target)
  return target instanceof URL ? fileSink(fileURLToPath(target)) : target
}
