import type { TraceSerializer } from '@tracer/core'
import { collapsed } from '@tracer/serializer-collapsed'
import { cpuprofile } from '@tracer/serializer-cpuprofile'
import { html } from '@tracer/serializer-html'
import { json } from '@tracer/serializer-json'
import { protobuf } from '@tracer/serializer-protobuf'
import { speedscope } from '@tracer/serializer-speedscope'

/** A format that the page reads, as a person would call it. */
export interface Format {
  readonly title: string
  readonly serializer: TraceSerializer
}

/**
 * The first one that knows a file by its content reads it: those with a mark of their own stand before
 * JSON of any kind.
 */
export const READABLE_FORMATS: readonly Format[] = [
  { title: 'Perfetto trace', serializer: protobuf() },
  { title: 'speedscope profile', serializer: speedscope() },
  { title: 'V8 CPU profile', serializer: cpuprofile() },
  { title: 'HTML page', serializer: html() },
  { title: 'Trace Event JSON', serializer: json() },
  { title: 'collapsed stacks', serializer: collapsed() },
]
