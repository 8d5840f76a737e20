import { CliError } from '../cli-error.js'
import type { TraceFile } from '../formats/read-trace.js'
import type { Io } from '../io.js'
import { printable } from '../text/cell.js'

/** A file that was read to be combined with others, and what it is called among them. */
export type InputFile<Read extends TraceFile> = Read & { readonly file: string; readonly label: string }

/**
 * Reads the files, one after the other, and says on stderr what is wrong with them. `lost` is how many are no traces.
 * @throws CliError when none can be read, or one is not there.
 */
export async function readInputs<Read extends TraceFile>(
  files: readonly string[],
  labels: readonly string[],
  read: (file: string) => Promise<Read>,
  io: Io,
): Promise<{ readonly inputs: readonly InputFile<Read>[]; readonly lost: number }> {
  const inputs: InputFile<Read>[] = []
  const errors: CliError[] = []
  for (const [index, file] of files.entries()) {
    try {
      const found = await read(file)
      for (const warning of found.warnings) io.stderr.write(`tracer: ${printable(`${file}: ${warning}`)}\n`)
      inputs.push({ ...found, file, label: labels[index] })
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'NOT_A_TRACE') throw error
      errors.push(error)
    }
  }
  if (inputs.length === 0) throw errors[0]
  for (const error of errors) io.stderr.write(`tracer: ${printable(error.message)} It was left out.\n`)
  return { inputs, lost: errors.length }
}
