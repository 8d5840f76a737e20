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
  return savePieces(serializer.serialize(trace), output, { signal, recovery, what: 'trace' })
}

/**
 * Writes a file, which appears under its name when it is whole. Returns its size in bytes.
 * @throws CliError with code `SAVE_FAILED`; `what` it says could not be saved.
 */
export async function savePieces(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  output: OutputFile,
  { signal, recovery, what }: { readonly signal: AbortSignal; readonly recovery: string; readonly what: string },
): Promise<number> {
  const partial = output.isSpecial ? output.path : partialPath(output)
  try {
    const size = await writePieces(pieces, partial, signal)
    if (!output.isSpecial) await rename(partial, output.path)
    return size
  } catch (error) {
    if (!output.isSpecial) await rm(partial, { force: true }).catch(() => {})
    const reason = signal.aborted ? 'it was interrupted' : reasonOf(error)
    throw new CliError('SAVE_FAILED', `The ${what} could not be saved to '${output.name}': ${reason}.`, recovery, {
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
  let write: Promise<void> = Promise.resolve()
  try {
    let size = 0
    let batch = new Batch()
    for await (const piece of pieces) {
      signal.throwIfAborted()
      size += piece.length
      batch.add(piece)
      if (batch.bytes < BATCH_BYTES) continue
      // One batch at a time is on its way: a trace of gigabytes does not pile up in memory.
      await write
      write = writeWhole(file, batch)
      // Whoever awaits it next is told; it may fail before that.
      write.catch(() => {})
      batch = new Batch()
    }
    await write
    await writeWhole(file, batch)
    return size
  } finally {
    await write.catch(() => {})
    await file.close()
  }
}

/** So many that a write, which another thread does meanwhile, takes longer than to hand it over. */
const BATCH_BYTES = 1024 * 1024

/** Pieces of a file that go to the disk together. */
class Batch {
  readonly pieces: Uint8Array[] = []
  bytes = 0

  add(piece: Uint8Array): void {
    this.pieces.push(piece)
    this.bytes += piece.length
  }
}

/** A write that was cut short goes on where it stopped. */
async function writeWhole(file: FileHandle, { pieces }: Batch): Promise<void> {
  let rest: readonly Uint8Array[] = pieces
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest)
    rest = piecesAfter(rest, bytesWritten)
  }
}

/** What follows the first `bytes` bytes of some pieces. */
function piecesAfter(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let end = 0
  const first = pieces.findIndex(({ length }) => (end += length) > bytes)
  return first === -1 ? [] : [pieces[first].subarray(bytes - end), ...pieces.slice(first + 1)]
}
