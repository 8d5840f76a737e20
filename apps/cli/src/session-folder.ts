import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CliError } from './cli-error.js'

/**
 * Makes the folder into which all processes of a run record.
 * @throws CliError with code `OUTPUT_NOT_WRITABLE`.
 */
export async function makeSessionFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'tracer-'))
  } catch (error) {
    throw new CliError(
      'OUTPUT_NOT_WRITABLE',
      `There is no room to record in '${tmpdir()}': ${error instanceof Error ? error.message : String(error)}.`,
      'Name another folder for temporary files: TMPDIR=<folder> tracer ...',
      { cause: error },
    )
  }
}

/** Removes a session that is saved. A program that runs on may still write there: that is no failure of the run. */
export async function removeSessionFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {})
}

/** Whether a folder holds a recording: what recording threads write ends in one of two ways. */
export async function isSessionFolder(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  return names.some((name) => name.endsWith('.spool') || name.endsWith('.modules'))
}
