import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { CliError } from './cli-error.js'

/**
 * Makes the folder into which all processes of a run record.
 * @throws CliError with code `OUTPUT_NOT_WRITABLE`.
 */
export function makeSessionFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'tracer-'))
  } catch (error) {
    throw new CliError(
      'OUTPUT_NOT_WRITABLE',
      `There is no room to record in '${tmpdir()}': ${error instanceof Error ? error.message : String(error)}.`,
      'Name another folder for temporary files: TMPDIR=<folder> tracer ...',
      { cause: error },
    )
  }
}

/**
 * Says in the session folder on which machine it is and in which boot of it: a session can be recovered after the
 * next one. Done while the program runs.
 */
export async function noteMachine(folder: string): Promise<void> {
  const { writeMachine } = await import('@tracer/spool')
  try {
    writeMachine(folder, { hostName: hostname(), bootId: bootId() })
  } catch {
    // Then the trace does not say it.
  }
}

/** Empty where there is none: anywhere but on Linux. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

/** Removes a session that is saved. A program that runs on may still write there: that is no failure of the run. */
export function removeSessionFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // It lies in the folder for temporary files, which is cleared some day.
  }
}

/** Whether a folder holds a recording: what recording threads write ends in one of two ways. */
export function isSessionFolder(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.spool') || name.endsWith('.modules'))
  } catch {
    return false
  }
}
