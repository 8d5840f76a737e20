import type { TraceSerializer, TraceSink } from './contracts.js'
import { TracerError } from './errors.js'
import type { Trace } from './trace.js'

/**
 * Writes a trace to a sink, a piece at a time, and closes it. What the serializer throws passes
 * through; either way the sink is aborted, or closed when it cannot be aborted.
 *
 * @throws TracerError with code `SINK_FAILED`; its cause is what the sink threw.
 */
export async function saveTrace(trace: Trace, sink: TraceSink, serializer: TraceSerializer): Promise<void> {
  try {
    for await (const piece of serializer.serialize(trace)) {
      await orSinkFailed('write', async () => sink.write(piece))
    }
  } catch (error) {
    await giveUp(sink, error)
    throw error
  }
  await orSinkFailed('close', async () => sink.close?.())
}

async function orSinkFailed(operation: string, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TracerError(
      'SINK_FAILED',
      `save: the sink failed to ${operation} (${reason}). The recording is intact: save it again to a sink that works.`,
      { cause },
    )
  }
}

/** The first failure is the one to report; a second one of the same sink says nothing new. */
async function giveUp(sink: TraceSink, cause: unknown): Promise<void> {
  try {
    await (sink.abort === undefined ? sink.close?.() : sink.abort(cause))
  } catch {
    return
  }
}
