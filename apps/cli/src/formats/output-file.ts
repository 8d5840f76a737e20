import { closeSync, mkdirSync, openSync, realpathSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CliError, systemCode } from '../cli-error.js'

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
export function prepareOutput(name: string, cwd: string): OutputFile {
  try {
    mkdirSync(dirname(resolve(cwd, name)), { recursive: true })
    // A link to a file elsewhere stays one: what it points to is replaced.
    const path = realPath(resolve(cwd, name))
    const existing = statSync(path, { throwIfNoEntry: false })
    if (existing?.isDirectory() === true) {
      throw new CliError(
        'OUTPUT_NOT_WRITABLE',
        `The output '${name}' is a folder.`,
        `Name a file in it: -o ${join(name, 'trace.pftrace')}`,
      )
    }
    const output = { name, path, isSpecial: existing !== undefined && !existing.isFile() }
    if (!output.isSpecial) tryToWrite(output)
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

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

function tryToWrite(output: OutputFile): void {
  const attempt = partialPath(output)
  closeSync(openSync(attempt, 'w'))
  rmSync(attempt)
}

/** Two runs may save to the same name at once: each has its own partial file, and the last one stays. */
export function partialPath(output: OutputFile): string {
  return `${output.path}.${process.pid}-${process.hrtime.bigint().toString(36)}.part`
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

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error)
  const known = code === undefined ? undefined : REASONS[code]
  if (known !== undefined) return `${known} (${code})`
  return error instanceof Error ? error.message : String(error)
}
