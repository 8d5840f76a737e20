import type { Trace, TraceSerializer } from '@tracer/core'
import { randomUUID } from 'node:crypto'
import { mkdir, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { CliError, systemCode } from './cli-error.js'

/** A place to save to that was tried before the program ran. */
export interface OutputFile {
  /** As the person wrote it. */
  readonly name: string
  readonly path: string
  /** Whether it is a device or a pipe, which is written into and never replaced. */
  readonly isSpecial: boolean
}

/**
 * Makes the folders of an output file and tries to write there, so that a run of an hour does not
 * end without a place for its trace.
 * @throws CliError with code `OUTPUT_NOT_WRITABLE`.
 */
export async function prepareOutput(name: string, cwd: string): Promise<OutputFile> {
  try {
    await mkdir(dirname(resolve(cwd, name)), { recursive: true })
    // A link to a file elsewhere stays one: what it points to is replaced.
    const path = await realpath(resolve(cwd, name)).catch(() => resolve(cwd, name))
    const existing = await stat(path).catch(() => undefined)
    if (existing?.isDirectory() === true) {
      throw new CliError(
        'OUTPUT_NOT_WRITABLE',
        `The output '${name}' is a folder.`,
        `Name a file in it: -o ${join(name, 'trace.json')}`,
      )
    }
    const output = { name, path, isSpecial: existing !== undefined && !existing.isFile() }
    if (!output.isSpecial) await tryToWrite(output)
    return output
  } catch (error) {
    if (systemCode(error) === undefined || error instanceof CliError) throw error
    throw new CliError(
      'OUTPUT_NOT_WRITABLE',
      `The output '${name}' cannot be written: ${reasonOf(error)}. Nothing was run.`,
      `Choose another place: -o <file>`,
      { cause: error },
    )
  }
}

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

async function tryToWrite(output: OutputFile): Promise<void> {
  const attempt = partialPath(output)
  await (await open(attempt, 'w')).close()
  await rm(attempt)
}

// Two runs may save to the same name at once: each has its own partial file, and the last one stays.
function partialPath(output: OutputFile): string {
  return `${output.path}.${randomUUID().slice(0, 8)}.part`
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota of disk space is used up',
  EACCES: 'you have no permission to write there',
  EPERM: 'you have no permission to write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'its folder does not exist and cannot be made',
  EEXIST: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'the name is too long',
  EFBIG: 'the file is larger than this file system or your limits allow',
  EIO: 'the disk reports an error',
}

function reasonOf(error: unknown): string {
  const code = systemCode(error)
  const known = code === undefined ? undefined : REASONS[code]
  if (known !== undefined) return `${known} (${code})`
  return error instanceof Error ? error.message : String(error)
}
