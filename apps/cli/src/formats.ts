import type { TraceSerializer } from '@tracer/core'
import { CliError } from './cli-error.js'

/** A file format: what chooses it, and how to get what writes and reads it when it is needed. */
export interface Format {
  readonly extensions: readonly string[]
  load(): Promise<TraceSerializer>
}

const FORMATS: readonly Format[] = [
  {
    extensions: ['.json'],
    load: async () => (await import('@tracer/serializer-json')).json(),
  },
]

/**
 * The format of a file that is to be written, by the ending of its name.
 * @throws CliError with code `UNKNOWN_FORMAT`, which names the endings there are.
 */
export function formatFor(file: string): Format {
  const format = FORMATS.find(({ extensions }) => extensions.some((extension) => file.endsWith(extension)))
  if (format !== undefined) return format
  const known = FORMATS.flatMap(({ extensions }) => extensions).join(', ')
  throw new CliError(
    'UNKNOWN_FORMAT',
    `No format is known for '${file}'.`,
    `The ending of the name chooses it; there is: ${known}`,
  )
}

/** What reads a file that begins with `head`, or undefined when nothing does. */
export async function readerFor(head: Uint8Array): Promise<TraceSerializer | undefined> {
  for (const format of FORMATS) {
    const serializer = await format.load()
    if (serializer.deserialize !== undefined && serializer.detect?.(head) === true) return serializer
  }
  return undefined
}
