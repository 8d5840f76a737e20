import type { ReadTrace, TraceSerializer } from '@tracer/core'
import { KNOWN_FORMATS, type Format } from './known-formats.js'

/** What can read a file, and how a person would call its format. */
export interface Reader {
  readonly title: string
  deserialize(source: AsyncIterable<Uint8Array>): Promise<ReadTrace>
}

/**
 * What reads a file that begins with `head`, or undefined when nothing does. A serializer of one's own is
 * asked first.
 */
export async function readerFor(head: Uint8Array, own: TraceSerializer | undefined): Promise<Reader | undefined> {
  const ownReader = own === undefined ? undefined : readerOf(own, own.id, head)
  if (ownReader !== undefined) return ownReader
  for (const format of KNOWN_FORMATS) {
    const reader = readerOf(await format.load({}), format.title, head)
    if (reader !== undefined) return reader
  }
  return undefined
}

/** The formats that can be read, in words. */
export function readableFormats(formats: readonly Format[] = KNOWN_FORMATS): string {
  return formats
    .filter(({ isReadable }) => isReadable)
    .map(({ title }) => title)
    .join(', ')
}

function readerOf(serializer: TraceSerializer, title: string, head: Uint8Array): Reader | undefined {
  if (serializer.deserialize === undefined || serializer.detect?.(head) !== true) return undefined
  return { title, deserialize: serializer.deserialize.bind(serializer) }
}

/** Whether a file is called like one that can be read, packed or not. */
export function isReadableName(name: string): boolean {
  const plain = name.toLowerCase().replace(/\.(gz|zst)$/, '')
  return KNOWN_FORMATS.some(
    ({ isReadable, extensions }) => isReadable && extensions.some((ending) => plain.endsWith(ending)),
  )
}
