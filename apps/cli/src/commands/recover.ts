import { resolve } from 'node:path'
import { CliError } from '../cli-error.js'
import type { Io, Outcome } from '../io.js'
import type { RecoverOptions } from '../options/recover-options.js'
import { prepareOutput } from '../formats/output-file.js'
import { writerFor } from '../formats/writer.js'
import { saveSession } from '../save-session.js'
import { isSessionFolder } from '../session-folder.js'
import { NO_LIMITS } from '../summary/run-result.js'

/** `tracer recover`: saves a session that a failed save, or a tracer that was killed, left behind. */
export async function recoverSession(options: RecoverOptions, name: string, io: Io): Promise<Outcome> {
  const writer = await writerFor(options, io.cwd)
  const folder = resolve(io.cwd, name)
  if (!isSessionFolder(folder)) {
    throw new CliError(
      'NOT_A_SESSION',
      `'${name}' holds no recording.`,
      'A failed save names the folder: tracer-XXXXXX in the folder for temporary files.',
    )
  }
  const output = prepareOutput(options.output, io.cwd)
  const summary = options.quiet ? 'none' : options.summary
  await saveSession({ folder, writer, output, summary, limits: NO_LIMITS }, io)
  return { exitCode: 0 }
}
