import type { Trace, TraceSerializer } from '@tracer/core'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { CliError } from '../cli-error.js'
import { partialPath, reasonOf, type OutputFile } from './output-file.js'

/**
 * Writes a trace; the file appears under its name when it is whole. Returns its size in bytes.
 * @throws CliError with code `SAVE_FAILED`; `recovery` is the next step it names.
 */
export async function saveTrace(
  trace: Trace,
  serializer: TraceSerializer,
  output: OutputFile,
  { signal, recovery }: { readonly signal: AbortSignal; readonly recovery: string },
): Promise<number> {
  const partial = output.isSpecial ? output.path : partialPath(output)
  try {
    const size = await writePieces(serializer.serialize(trace), partial, signal)
    if (!output.isSpecial) await rename(partial, output.path)
    return size
  } catch (error) {
    if (!output.isSpecial) await rm(partial, { force: true }).catch(() => {})
    const reason = signal.aborted ? 'it was interrupted' : reasonOf(error)
    throw new CliError('SAVE_FAILED', `The trace could not be saved to '${output.name}': ${reason}.`, recovery, {
      cause: error,
    })
  }
}

async function writePieces(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  const file = await open(path, 'w')
  try {
    let size = 0
    // Awaiting each write is what keeps a trace of gigabytes from piling up in memory.
    for await (const piece of pieces) {
      signal.throwIfAborted()
      await writeWhole(file, piece)
      size += piece.length
    }
    return size
  } finally {
    await file.close()
  }
}

async function writeWhole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let offset = 0; offset < piece.length;) {
    const { bytesWritten } = await file.write(piece, offset)
    offset += bytesWritten
  }
}
