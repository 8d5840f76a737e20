import type { Trace } from '@tracer/core'
import { protobuf } from '@tracer/serializer-protobuf'

const TURN_MS = 30

/** The trace as Perfetto's packets. The page is asked for its turn now and then, so that it stays usable. */
export async function traceBytes(trace: Trace): Promise<Blob> {
  const pieces: BlobPart[] = []
  let turnEndsAt = performance.now() + TURN_MS
  for await (const piece of protobuf().serialize(trace)) {
    pieces.push(new Uint8Array(piece))
    if (performance.now() < turnEndsAt) continue
    await new Promise((resolve) => setTimeout(resolve))
    turnEndsAt = performance.now() + TURN_MS
  }
  return new Blob(pieces)
}
