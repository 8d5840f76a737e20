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
  /** Gives the page that shows a trace which is inside it; undefined for the plain one. */
  readonly viewerPage?: (() => Promise<string | undefined>) | undefined
}

export const JSON_FLAVORS = ['perfetto', 'speedscope', 'chrome'] as const
export type JsonFlavor = (typeof JSON_FLAVORS)[number]

/**
 * The formats that come with the command. The first one that knows a file by its content reads it: those
 * with a mark of their own stand before JSON of any kind.
 */
export const KNOWN_FORMATS: readonly Format[] = [
  {
    title: 'Perfetto trace',
    extensions: ['.pftrace', '.perfetto-trace'],
    isReadable: true,
    load: async () => (await import('@tracer/serializer-protobuf')).protobuf(),
  },
  {
    title: 'speedscope profile',
    extensions: ['.speedscope.json'],
    isReadable: true,
    load: async () => (await import('@tracer/serializer-speedscope')).speedscope(),
  },
  {
    title: 'V8 CPU profile',
    extensions: ['.cpuprofile'],
    isReadable: true,
    load: async () => (await import('@tracer/serializer-cpuprofile')).cpuprofile(),
  },
  {
    title: 'Firefox profile',
    extensions: ['.firefox.json'],
    isReadable: false,
    load: async () => (await import('@tracer/serializer-firefox')).firefox(),
  },
  {
    title: 'pprof profile',
    extensions: ['.pb.gz', '.pprof'],
    isReadable: false,
    load: async () => (await import('@tracer/serializer-pprof')).pprof(),
  },
  {
    title: 'HTML page',
    extensions: ['.html', '.htm'],
    isReadable: true,
    load: async ({ viewerPage }) => {
      const [{ html }, page] = await Promise.all([import('@tracer/serializer-html'), viewerPage?.()])
      return html(page === undefined ? {} : { page })
    },
  },
  {
    title: 'Trace Event JSON',
    extensions: ['.json'],
    isReadable: true,
    load: async ({ jsonFlavor }) =>
      (await import('@tracer/serializer-json')).json(jsonFlavor === undefined ? {} : { flavor: jsonFlavor }),
  },
  {
    title: 'collapsed stacks',
    extensions: ['.collapsedstack.txt', '.collapsed', '.folded'],
    isReadable: true,
    load: async () => (await import('@tracer/serializer-collapsed')).collapsed(),
  },
]
