import type { TraceSerializer } from '@tracer/core'
import { protobuf } from '@tracer/serializer-protobuf'

/** A format that the page reads, as a person would call it. */
export interface Format {
  readonly title: string
  readonly serializer: TraceSerializer
}

/** What most files are: ready at once, while the others are fetched when a file is not in this one. */
const OWN_FORMAT: Format = { title: 'Perfetto trace', serializer: protobuf() }

/** The first one that knows a file by its content reads it. Each is asked for only when none before it was the one. */
export async function* readableFormats(): AsyncGenerator<Format, void, undefined> {
  yield OWN_FORMAT
  const { OTHER_FORMATS } = await import('./other-formats.js')
  yield* OTHER_FORMATS
}
