import type { TraceSerializer } from '@tracer/core'

/** A file format: what chooses it, and how to get what writes and reads it when it is needed. */
export interface Format {
  /** As a person would call it: `Trace Event JSON`. */
  readonly title: string
  /** Endings of file names that choose it, with the dot; the first is the one to suggest. */
  readonly extensions: readonly string[]
  readonly isReadable: boolean
  load(options: FormatOptions): Promise<TraceSerializer>
}

/** What the command line says of how to write. */
export interface FormatOptions {
  readonly jsonFlavor?: JsonFlavor | undefined
}

export const JSON_FLAVORS = ['perfetto', 'speedscope', 'chrome'] as const
export type JsonFlavor = (typeof JSON_FLAVORS)[number]

/** The formats that come with the command; the first one that knows a file by its content reads it. */
export const KNOWN_FORMATS: readonly Format[] = [
  {
    title: 'Trace Event JSON',
    extensions: ['.json'],
    isReadable: true,
    load: async () => (await import('@tracer/serializer-json')).json(),
  },
]
