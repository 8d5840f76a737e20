import { takeHead, type ReadTrace } from '@tracer/core'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { CliError, systemCode } from '../cli-error.js'
import { nearest } from '../nearest.js'
import { readableFormats, readerFor } from './input-format.js'
import { ownSerializer } from './own-serializer.js'

/** A trace that was read from a file, and what the file is. */
export interface TraceFile extends ReadTrace {
  /** Name of its format. */
  readonly format: string
  /** Size as it lies on the disk; 0 for a pipe. */
  readonly bytes: number
}

/**
 * Reads a trace file of any known format, told by its content; the serializer of one's own that
 * is named `own` is asked first.
 * @throws CliError with code `FILE_NOT_READABLE`, `NOT_A_TRACE` or `SERIALIZER_NOT_USABLE`.
 */
export async function readTraceFile(file: string, cwd: string, own?: string): Promise<TraceFile> {
  const serializer = own === undefined ? undefined : await ownSerializer(own, cwd)
  const path = resolve(cwd, file)
  const bytes = await sizeOf(path, file)
  const stream = createReadStream(path)
  try {
    const { decompressed } = await import('@tracer/serializer-gzip')
    const unpacked = decompressed(stream)
    const { head, whole } = await takeHead(unpacked)
    const reader = await readerFor(head, serializer)
    if (reader === undefined) throw notATrace(file)
    const { trace, warnings } = await reader.deserialize(whole)
    const format = unpacked.compression === undefined ? reader.title : `${reader.title}, ${unpacked.compression}`
    return { trace, warnings: [...unpacked.warnings, ...warnings], format, bytes }
  } catch (error) {
    if (error instanceof CliError) throw error
    const code = systemCode(error)
    // By its code: a serializer of one's own brings an error class of its own.
    if (error instanceof Error && code === 'NOT_A_TRACE') throw notATrace(file, error)
    if (code === undefined) throw error
    throw notReadable(file, error)
  } finally {
    stream.destroy()
  }
}

/** Size of a file as it lies on the disk. @throws CliError with code `FILE_NOT_READABLE` when there is none. */
export async function sizeOf(path: string, file: string): Promise<number> {
  const found = await stat(path).catch(async (error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw notReadable(file, error)
    const names = await readdir(dirname(path)).catch(() => [])
    const meant = nearest(basename(path), names)
    throw new CliError(
      'FILE_NOT_READABLE',
      `There is no file '${file}'.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
      `A trace is made by 'tracer -o ${file} <file>', which also runs the program.`,
    )
  })
  if (found.isDirectory()) {
    throw new CliError(
      'FILE_NOT_READABLE',
      `'${file}' is a folder, not a trace file.`,
      `If it is the recording of a run whose saving failed: tracer recover ${file}`,
    )
  }
  return found.size
}

function notReadable(file: string, error: unknown): CliError {
  return new CliError(
    'FILE_NOT_READABLE',
    `'${file}' cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    'Check that the file may be read by you.',
    { cause: error },
  )
}

function notATrace(file: string, cause?: Error): CliError {
  const reason = cause === undefined ? '' : ` ${cause.message}`
  return new CliError(
    'NOT_A_TRACE',
    `'${file}' is not a trace.${reason}`,
    `What can be read: ${readableFormats()}.\nA serializer of your own: --serializer <package or file>`,
    { cause },
  )
}
