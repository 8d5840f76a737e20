import type { TraceSerializer } from '@tracer/core'
import type { JsonFlavor } from './known-formats.js'
import { formatFor } from './output-format.js'
import { ownSerializer } from './own-serializer.js'
import { viewerPage } from './viewer-page.js'

/** What the command line says of a file to write. */
export interface OutputOptions {
  readonly output: string
  /** A serializer of one's own, by package or path. */
  readonly serializer: string | undefined
  readonly jsonFlavor: JsonFlavor | undefined
}

/** How to get what writes a file; it is loaded when it is needed. */
export interface Writer {
  load(): Promise<TraceSerializer>
}

/**
 * What writes the output: the serializer that was named, else that of the name's ending. A named one is
 * loaded at once, so that what is wrong with it shows before the program runs.
 * @throws CliError with code `UNKNOWN_FORMAT` or `SERIALIZER_NOT_USABLE`.
 */
export async function writerFor({ output, serializer, jsonFlavor }: OutputOptions, cwd: string): Promise<Writer> {
  if (serializer !== undefined) {
    const own = await ownSerializer(serializer, cwd)
    return { load: () => Promise.resolve(own) }
  }
  const format = formatFor(output)
  return { load: () => format.load({ jsonFlavor, viewerPage }) }
}
