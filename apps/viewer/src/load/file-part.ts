import { HEAD_BYTES, type BytePart, type TraceSerializer } from '@tracer/core'
import { readableFormats } from './formats.js'
import type { StoredFile } from './stored-file.js'

const STEP_BYTES = 4 * 1024 * 1024

/** Whether a part of the file may begin anywhere: of one that is packed, or of another format, only at the beginning. */
export async function isSeekable(file: StoredFile): Promise<boolean> {
  return (await formatOf(file))?.partOf !== undefined
}

/** A part of a file as a file of its own. */
export async function* piecesOfPart(file: StoredFile, part: BytePart): AsyncGenerator<Uint8Array, void, undefined> {
  await file.close()
  const pieces = (await formatOf(file))?.partOf?.(file, part)
  if (pieces !== undefined) yield* pieces
  else for (let at = 0; at < part.to; at += STEP_BYTES) yield await file.read(at, Math.min(part.to, at + STEP_BYTES))
}

/** The format of a file that is not packed. */
async function formatOf(file: StoredFile): Promise<TraceSerializer | undefined> {
  const head = await file.read(0, HEAD_BYTES)
  for await (const { serializer } of readableFormats()) if (serializer.detect?.(head) === true) return serializer
  return undefined
}
